// The checkpoints of this board, by their offsets.
namespace Tern.Cms;

/// <summary>A fixed table of slots.</summary>
internal sealed class SlotTable
{
    /// <summary>Most checkpoints of one board.</summary>
    internal const int Capacity = CommitTable.Capacity;

    private readonly Slot[] _slots = new Slot[Capacity];

    internal SlotTable()
    {
        for (int i = 0; i < Capacity; i++)
        {
            _slots[i] = new Slot();
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
        for (int i = 0; i < Capacity && slot == null; i++)
        {
            slot = _slots[i].IsUsed ? null : Begin(_slots[i], offset);
        }

        return slot;
    }

    private static Slot Begin(Slot slot, int offset)
    {
        slot.IsUsed = true;
        slot.Checkpoint = default;
        slot.Checkpoint.Offset = offset;
        slot.Phase = CommitPhase.None;
        slot.IsMigrating = slot.IsStopped = false;
        slot.CommitRequest = slot.MigrationRequest = 0;
        return slot;
    }
}
