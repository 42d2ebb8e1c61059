// The checkpoints of this board, by their offsets.
namespace Tern.Cms;

/// <summary>A fixed table of slots.</summary>
internal sealed class SlotTable
{
    /// <summary>Most checkpoints of one board.</summary>
    internal const int Capacity = CommitTable.Capacity;

    /// <summary>Of a slot that nobody has had.</summary>
    private const int NoOffset = -1;

    private readonly Slot[] _slots = new Slot[Capacity];

    internal SlotTable()
    {
        for (int i = 0; i < Capacity; i++)
        {
            _slots[i] = new Slot();
            _slots[i].Checkpoint.Offset = NoOffset;
        }
    }

    internal Slot this[int index] => _slots[index];

    internal Slot? Find(int offset)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_slots[i].IsUsed && _slots[i].Checkpoint.Offset == offset)
            {
                return _slots[i];
            }
        }

        return null;
    }

    /// <summary>Finds a slot, or begins a new one: nobody's, without an epoch.</summary>
    /// <returns>The slot; <c>null</c> when the table is full.</returns>
    internal Slot? FindOrAdd(int offset)
    {
        Slot? slot = Find(offset);
        if (slot != null)
        {
            return slot;
        }

        // That which had this offset last, so that what is known of it is not forgotten; one that still owes an answer is no other's.
        for (int i = 0; i < Capacity; i++)
        {
            bool isOwn = _slots[i].Checkpoint.Offset == offset;
            if (!_slots[i].IsUsed && (isOwn || (slot == null && !_slots[i].HasDeparted)))
            {
                slot = _slots[i];
            }
        }

        return slot == null ? null : Begin(slot, offset);
    }

    private static Slot Begin(Slot slot, int offset)
    {
        slot.IsUsed = true;
        slot.IsMigrating = false;
        slot.Succeed();
        if (slot.Checkpoint.Offset != offset)
        {
            slot.EarlierEpoch = 0;
        }

        slot.Checkpoint = default;
        slot.Checkpoint.Offset = offset;
        return slot;
    }
}
