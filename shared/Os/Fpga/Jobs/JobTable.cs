// The jobs of all sessions, one array a column. A session's jobs are a list in the order in which they were submitted, which is the order in
// which they are done and end.
// Invariants: a row in use is in its session's list, or belongs to nobody (its session has ended) and has steps under way; those
// before the session's NextJob have nothing left to give; an ended job has no step under way.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Jobs.</summary>
internal sealed class JobTable
{
    private readonly int[] _next;
    private int _free;

    internal JobTable(int capacity)
    {
        _next = new int[capacity + 1];
        Session = new int[capacity + 1];
        Number = new int[capacity + 1];
        Operation = new int[capacity + 1];
        First = new int[capacity + 1];
        Second = new int[capacity + 1];
        Offset = new int[capacity + 1];
        Length = new int[capacity + 1];
        Done = new int[capacity + 1];
        Steps = new int[capacity + 1];
        Outcome = new Error[capacity + 1];
        Value = new int[capacity + 1];
        HasEnded = new bool[capacity + 1];
        for (int row = capacity; row > 0; row--)
        {
            _next[row] = _free;
            _free = row;
        }
    }

    /// <summary>The session's record; 0 when nobody waits for the outcome any more.</summary>
    internal int[] Session { get; }

    /// <summary>The number that the client knows it by; 0 for one of the driver's own.</summary>
    internal int[] Number { get; }

    /// <summary>See <see cref="CopyEngineOperation"/>.</summary>
    internal int[] Operation { get; }

    /// <summary>Source, address or first dirty bit: the co-processor's own. A pattern for Fill.</summary>
    internal int[] First { get; }

    /// <summary>The co-processor's own destination; for DirtyRead whether to clear.</summary>
    internal int[] Second { get; }

    /// <summary>Offset in the client's buffer.</summary>
    internal int[] Offset { get; }

    /// <summary>Bytes.</summary>
    internal int[] Length { get; }

    /// <summary>How many of the bytes were given to the co-processor; the length when nothing is left to give.</summary>
    internal int[] Done { get; }

    /// <summary>How many steps the co-processor has of it.</summary>
    internal int[] Steps { get; }

    /// <summary>How it ended, or will.</summary>
    internal Error[] Outcome { get; }

    /// <summary>Its value.</summary>
    internal int[] Value { get; }

    /// <summary>Whether it has ended.</summary>
    internal bool[] HasEnded { get; }

    /// <summary>The session's next job; 0 for none.</summary>
    internal int Next(int row) => _next[row];

    /// <summary>Whether nothing of a job is left to give.</summary>
    internal bool IsGiven(int row) => Done[row] == Length[row];

    /// <summary>Appends a job to a session's list.</summary>
    /// <returns>Its row, to be filled in; 0 when there is none left.</returns>
    internal int Add(Memory memory, int at)
    {
        int row = _free;
        if (row == 0)
        {
            return 0;
        }

        _free = _next[row];
        _next[row] = 0;
        Session[row] = at;
        Number[row] = 0;
        Done[row] = 0;
        Steps[row] = 0;
        Outcome[row] = Error.None;
        Value[row] = 0;
        HasEnded[row] = false;
        var session = new EngineSession(memory, at);
        if (session.LastJob == 0)
        {
            session.FirstJob = row;
        }
        else
        {
            _next[session.LastJob] = row;
        }

        session.LastJob = row;
        session.NextJob = session.NextJob == 0 ? row : session.NextJob;
        session.Jobs++;
        return row;
    }

    /// <summary>Takes a job that has ended off its session's list.</summary>
    internal void Remove(Memory memory, int at, int row)
    {
        var session = new EngineSession(memory, at);
        int before = 0;
        for (int other = session.FirstJob; other != row; other = _next[other])
        {
            before = other;
        }

        if (before == 0)
        {
            session.FirstJob = _next[row];
        }
        else
        {
            _next[before] = _next[row];
        }

        session.LastJob = session.LastJob == row ? before : session.LastJob;
        session.Jobs--;
        Free(row);
    }

    /// <summary>Drops all of a session that ends. Rows that have steps under way are freed with the last of these.</summary>
    internal void Abandon(Memory memory, int at)
    {
        var session = new EngineSession(memory, at);
        int row = session.FirstJob;
        while (row != 0)
        {
            int next = _next[row];
            Session[row] = 0;
            if (Steps[row] == 0)
            {
                Free(row);
            }

            row = next;
        }

        session.FirstJob = 0;
        session.LastJob = 0;
        session.NextJob = 0;
        session.Jobs = 0;
    }

    /// <summary>Frees a row that is in no list.</summary>
    internal void Free(int row)
    {
        _next[row] = _free;
        _free = row;
    }
}
