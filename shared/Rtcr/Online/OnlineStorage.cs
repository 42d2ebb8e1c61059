// Online storage: RTCR's live record of all that one target can name, and of the calls that gave it its state.
// Invariants: every capability that the target ever got through RTCR has an entry while it lives; an entry's creator
// stands before it, so making them again in order works; entries keep their numbers for life, also across a restore.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>One target's objects and remembered calls.</summary>
internal sealed partial class OnlineStorage
{
    private readonly ObjectKind[] _kind;
    private readonly int[] _selector;
    private readonly int[] _real;
    private readonly BadgeIndex _badge;
    private readonly CallRecord?[] _origin;
    private readonly int[] _result;
    private readonly ServiceDescription?[] _service;
    private readonly string[] _name;
    private readonly int[] _number;

    internal OnlineStorage(int objects, int calls)
    {
        _kind = new ObjectKind[objects];
        _selector = new int[objects];
        _real = new int[objects];
        _badge = new BadgeIndex(objects);
        _origin = new CallRecord?[objects];
        _result = new int[objects];
        _service = new ServiceDescription?[objects];
        _name = new string[objects];
        _number = new int[objects];
        Calls = new CallRecord[calls];
        for (int i = 0; i < calls; i++)
        {
            Calls[i] = new CallRecord();
        }
    }

    /// <summary>Calls to be issued again.</summary>
    internal CallRecord[] Calls { get; }

    /// <summary>Who is told of entries that end; what others have of them must end with them.</summary>
    internal IStorageWatcher? Watcher { get; set; }

    /// <summary>Most entries.</summary>
    internal int Capacity => _kind.Length;

    /// <summary>One more than the highest entry in use.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether a number is an entry in use.</summary>
    internal bool Has(int entry) => entry >= 0 && entry < Count && _kind[entry] != ObjectKind.Free;

    internal ObjectKind Kind(int entry) => _kind[entry];

    /// <summary>RTCR's selector for what the target names: its own gate for a session, the object itself for anything else.</summary>
    internal int Selector(int entry) => _selector[entry];

    /// <summary>RTCR's selector for the real object.</summary>
    internal int RealOf(int entry) => _real[entry];

    /// <summary>The badge of what the target names.</summary>
    internal int Badge(int entry) => _badge[entry];

    /// <summary>The call that made the object; <c>null</c> for what every component has from the start.</summary>
    internal CallRecord? Origin(int entry) => _origin[entry];

    /// <summary>Which capability of that call's answer the object was.</summary>
    internal int Result(int entry) => _result[entry];

    /// <summary>For a session: its service.</summary>
    internal ServiceDescription Service(int entry) => _service[entry]!;

    /// <summary>Says more of a session's service than its name does.</summary>
    internal void SetService(int entry, ServiceDescription service) => _service[entry] = service;

    /// <summary>For a session: its service's name.</summary>
    internal string Name(int entry) => _name[entry];

    /// <summary>Of a foreign object, the number by which its owner's or this target's images know it; of a session that another
    /// target of the same RTCR serves, 1; otherwise 0.</summary>
    internal int Number(int entry) => _number[entry];

    internal void SetNumber(int entry, int number) => _number[entry] = number;

    /// <summary>Takes a free entry; −1 when there is none.</summary>
    /// <param name="kind">What it stands for.</param>
    /// <param name="name">For a session, its service's name; for the rest, for logs.</param>
    /// <param name="service">For a session, its service.</param>
    /// <param name="after">The highest entry that has to be there before this one can be made again; −1 for none.</param>
    internal int Add(ObjectKind kind, string name, ServiceDescription? service, int after)
    {
        for (int entry = after + 1; entry < _kind.Length; entry++)
        {
            if (_kind[entry] == ObjectKind.Free)
            {
                Put(entry, kind, name, service);
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Fills an entry of a given number, when a checkpoint is read back.</summary>
    internal void Put(int entry, ObjectKind kind, string name, ServiceDescription? service)
    {
        _kind[entry] = kind;
        _name[entry] = name;
        _service[entry] = service;
        _selector[entry] = _real[entry] = Selectors.Invalid;
        _badge[entry] = 0;
        _result[entry] = _number[entry] = 0;
        _origin[entry] = null;
        Count = entry < Count ? Count : entry + 1;
    }

    /// <summary>Says which call made an entry's object.</summary>
    internal void SetOrigin(int entry, CallRecord origin, int result)
    {
        _origin[entry] = origin;
        _result[entry] = result;
        origin.Leader = origin.Leader < 0 || entry < origin.Leader ? entry : origin.Leader;
    }

    /// <summary>Joins an entry to live objects.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="selector">What the target names.</param>
    /// <param name="real">The real object; the same as the selector where nothing is intercepted.</param>
    internal void Bind(Env env, int entry, int selector, int real)
    {
        _selector[entry] = selector;
        _real[entry] = real;
        _badge[entry] = env.Badge(selector);
    }

    /// <summary>A foreign object has ended, or is RTCR's no longer.</summary>
    internal void Lose(Env env, int selector)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            if (_kind[entry] == ObjectKind.Foreign && _selector[entry] == selector)
            {
                Bind(env, entry, Selectors.Invalid, Selectors.Invalid);
            }
        }
    }

    /// <summary>The entry of what the target names by a badge; −1 for none.</summary>
    internal int Find(int badge) => _badge.Find(badge);

    /// <summary>The first entry of a kind; −1 for none.</summary>
    internal int Find(ObjectKind kind)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            if (_kind[entry] == kind)
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>The first entry of a kind and a name; −1 for none.</summary>
    internal int Find(ObjectKind kind, string name)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            if (_kind[entry] == kind && _name[entry] == name)
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>The call record of a session and an operation, or a free one if there is none, which the caller fills at once;
    /// <c>null</c> when all are in use. Records stand in the order of session and operation: not when a call was made, but
    /// that it was made is the target's state.</summary>
    internal CallRecord? RecordOf(int session, int opcode)
    {
        int place = 0;
        while (place < Calls.Length && Calls[place].IsBefore(session, opcode))
        {
            place++;
        }

        int last = Calls.Length - 1;
        if (place <= last && Calls[place].Session == session && Calls[place].Opcode == opcode)
        {
            return Calls[place];
        }

        CallRecord free = Calls[last];
        if (free.Session >= 0)
        {
            return null;
        }

        System.Array.Copy(Calls, place, Calls, place + 1, last - place);
        Calls[place] = free;
        return free;
    }

    /// <summary>The highest entry that has to be there before what a call makes can be made again.</summary>
    internal int LastNeeded(CallRecord call)
    {
        int last = call.Highest();
        if (_service[call.Session]!.KeepsOrder != call.Opcode)
        {
            return last;
        }

        for (int entry = last + 1; entry < Count; entry++)
        {
            CallRecord? other = _kind[entry] == ObjectKind.Made ? _origin[entry] : null;
            last = other != null && other.Opcode == call.Opcode && _service[other.Session] != null
                && _service[other.Session]!.KeepsOrder == call.Opcode && other.Objects[0] == call.Objects[0] ? entry : last;
        }

        return last;
    }

    /// <summary>Forgets an object that has ended, and what was made through it.</summary>
    internal void Remove(int entry)
    {
        Watcher?.OnRemoved(this, entry);
        _kind[entry] = ObjectKind.Free;
        _badge[entry] = 0;
        _origin[entry] = null;
        for (int i = 0; i < Calls.Length; i++)
        {
            Calls[i].Forget(entry);
        }

        ForgetCallsOf(entry);
        for (int other = 0; other < Count; other++)
        {
            _origin[other]?.Forget(entry);
        }

        while (Count > 0 && _kind[Count - 1] == ObjectKind.Free)
        {
            Count--;
        }
    }

    /// <summary>Frees the records of a session's calls; those in use stay together and in order.</summary>
    private void ForgetCallsOf(int session)
    {
        int kept = 0;
        for (int i = 0; i < Calls.Length; i++)
        {
            CallRecord record = Calls[i];
            record.Session = record.Session == session ? -1 : record.Session;
            if (record.Session >= 0)
            {
                Calls[i] = Calls[kept];
                Calls[kept++] = record;
            }
        }
    }

    /// <summary>Whether something that the calls of a session made is there.</summary>
    internal bool HasMade(int session)
    {
        for (int entry = session + 1; entry < Count; entry++)
        {
            if (_kind[entry] == ObjectKind.Made && _origin[entry]!.Session == session)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The target has closed a session whose objects live on: nobody names it any more.</summary>
    internal void Conceal(int session)
    {
        Watcher?.OnRemoved(this, session);
        _kind[session] = ObjectKind.ClosedSession;
        _selector[session] = Selectors.Invalid;
        _badge[session] = 0;
    }

    /// <summary>Forgets what the calls of a session made: it ended with the session.</summary>
    internal void RemoveMadeBy(Env env, int session)
    {
        for (int entry = Count - 1; entry > session; entry--)
        {
            if (_kind[entry] == ObjectKind.Made && _origin[entry]!.Session == session)
            {
                env.Release(_selector[entry]);
                Remove(entry);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        for (int entry = 0; entry < Count; entry++)
        {
            _kind[entry] = ObjectKind.Free;
            _badge[entry] = 0;
            _origin[entry] = null;
        }

        for (int i = 0; i < Calls.Length; i++)
        {
            Calls[i].Session = -1;
        }

        Count = 0;
    }
}
