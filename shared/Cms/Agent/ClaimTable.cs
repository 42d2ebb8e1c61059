// What became of the claims that were offered to this board, so that asking again changes nothing (never two).
// Invariants: of a claim only the newest attempt can be under way; an attempt that was answered NotFound stays refused;
// what is being restored is never pushed out of the table.
namespace Tern.Cms;

/// <summary>The state of a claim at this board.</summary>
internal enum ClaimState
{
    /// <summary>Never heard of, or pushed out since.</summary>
    Unknown,

    /// <summary>Not restored, by this attempt or an earlier one.</summary>
    Refused,

    /// <summary>The image is here, the component does not run yet.</summary>
    Restoring,

    /// <summary>It runs, or ran, here.</summary>
    Restored,
}

/// <summary>A fixed table of claims.</summary>
internal sealed class ClaimTable
{
    private const int Capacity = 16;

    private readonly long[] _mac = new long[Capacity];
    private readonly int[] _offset = new int[Capacity];
    private readonly int[] _claim = new int[Capacity];
    private readonly int[] _attempt = new int[Capacity];
    private readonly int[] _place = new int[Capacity];
    private readonly ClaimState[] _state = new ClaimState[Capacity];
    private int _next;

    /// <summary>Looks a claim up.</summary>
    internal ClaimState Find(in Checkpoint checkpoint, out int attempt, out int place)
    {
        int row = Row(in checkpoint);
        attempt = row < 0 ? 0 : _attempt[row];
        place = row < 0 ? -1 : _place[row];
        return row < 0 ? ClaimState.Unknown : _state[row];
    }

    /// <summary>Notes what became of a claim.</summary>
    internal void Set(in Checkpoint checkpoint, int attempt, ClaimState state, int place)
    {
        int row = Row(in checkpoint);
        row = row < 0 ? Take() : row;
        _mac[row] = checkpoint.Mac;
        _offset[row] = checkpoint.Offset;
        _claim[row] = checkpoint.Claim;
        _attempt[row] = attempt > _attempt[row] ? attempt : _attempt[row];
        _state[row] = state;
        _place[row] = place;
    }

    private int Row(in Checkpoint checkpoint)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_state[i] != ClaimState.Unknown && _claim[i] == checkpoint.Claim && checkpoint.Is(_mac[i], _offset[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The oldest row that nobody can still depend on. Restorations are far fewer than rows, so there is one.</summary>
    private int Take()
    {
        do
        {
            _next = (_next + 1) % Capacity;
        }
        while (_state[_next] == ClaimState.Restoring);

        _attempt[_next] = 0;
        return _next;
    }
}
