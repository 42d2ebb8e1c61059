// Which of core's sessions have been signalled, first come first served. A session that closes is taken out of the middle.
// Invariant: a session stands in the list at most once, and its links lead both ways.
namespace Tern.Kernel;

/// <summary>A list through two columns over the sessions' numbers.</summary>
internal sealed class SignalledSessions
{
    private const int End = -1;
    private const int Absent = -2;

    private readonly int[] _next;
    private readonly int[] _previous;
    private int _first = End;

    internal SignalledSessions(int capacity)
    {
        _next = new int[capacity];
        _previous = new int[capacity];
        for (int session = 0; session < capacity; session++)
        {
            _next[session] = Absent;
        }
    }

    internal bool Any => _first >= 0;

    /// <summary>The session that was signalled last; −1 for none.</summary>
    internal int Last { get; private set; } = End;

    /// <summary>Adds a session, if it is not there yet.</summary>
    internal void Add(int session)
    {
        if (_next[session] != Absent)
        {
            return;
        }

        _next[session] = End;
        _previous[session] = Last;
        if (Last < 0)
        {
            _first = session;
        }
        else
        {
            _next[Last] = session;
        }

        Last = session;
    }

    /// <summary>Takes the session that was signalled first; −1 when there is none.</summary>
    internal int Take()
    {
        int session = _first;
        if (session >= 0)
        {
            Remove(session);
        }

        return session;
    }

    /// <summary>Takes a session out, if it is there.</summary>
    internal void Remove(int session)
    {
        int next = _next[session];
        int previous = _previous[session];
        if (next == Absent)
        {
            return;
        }

        _next[session] = Absent;
        _first = previous < 0 ? next : _first;
        Last = next < 0 ? previous : Last;
        if (previous >= 0)
        {
            _next[previous] = next;
        }

        if (next >= 0)
        {
            _previous[next] = previous;
        }
    }

    /// <summary>Whether the list holds each session that has a link, and no other. For the audit.</summary>
    internal bool IsSound()
    {
        int linked = 0;
        for (int session = 0; session < _next.Length; session++)
        {
            linked += _next[session] != Absent ? 1 : 0;
        }

        int previous = End;
        for (int session = _first; session >= 0; session = _next[session])
        {
            if (linked-- == 0 || _next[session] == Absent || _previous[session] != previous)
            {
                return false;
            }

            previous = session;
        }

        return linked == 0 && Last == previous;
    }
}
