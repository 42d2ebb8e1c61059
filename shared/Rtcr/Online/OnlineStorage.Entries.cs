// What an entry of the online storage is: whose session, domain or memory, who made it, and who needs it.
// Invariant: asking changes nothing; a leader that has ended is only looked up anew.
using Tern.Kernel;

namespace Tern.Rtcr;

internal sealed partial class OnlineStorage
{
    /// <summary>Whether an entry is a session, whose calls RTCR passes on.</summary>
    internal bool IsSession(int entry)
        => _kind[entry] == ObjectKind.Session || _kind[entry] == ObjectKind.InitialSession || _kind[entry] == ObjectKind.Native;

    /// <summary>Whether an entry is a session whose state a restore brings back: also one that the target has closed, while what it
    /// got by it lives on.</summary>
    internal bool HasState(int entry) => IsSession(entry) || _kind[entry] == ObjectKind.ClosedSession;

    /// <summary>The entry of the native interface that came beside a PD session; −1 for none.</summary>
    internal int NativeOf(int session)
    {
        for (int entry = session + 1; entry < Count; entry++)
        {
            if (_kind[entry] == ObjectKind.Native && _origin[entry] == _origin[session])
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Whether an entry is a PD session.</summary>
    internal bool IsPd(int entry)
        => (_kind[entry] == ObjectKind.Session || _kind[entry] == ObjectKind.InitialSession) && _name[entry] == "PD";

    /// <summary>The first entry that was made by the same call as this one.</summary>
    internal int Leader(int entry)
    {
        CallRecord origin = _origin[entry]!;
        if (_origin[origin.Leader] != origin)
        {
            // It has ended; those that came with it have not.
            origin.Leader = FindLeader(entry);
        }

        return origin.Leader;
    }

    private int FindLeader(int entry)
    {
        int leader = 0;
        while (_kind[leader] == ObjectKind.Free || _origin[leader] != _origin[entry])
        {
            leader++;
        }

        return leader;
    }

    /// <summary>Whether an entry is a gate to the target itself.</summary>
    internal bool IsOwnGate(int entry, ObjectType type)
        => type == ObjectType.Gate && _kind[entry] == ObjectKind.Made && _kind[_origin[entry]!.Session] == ObjectKind.InitialSession;

    /// <summary>Whether a remembered call names an entry.</summary>
    internal bool IsMentioned(int entry)
    {
        bool isMentioned = false;
        for (int i = 0; i < Calls.Length; i++)
        {
            isMentioned |= Calls[i].Session >= 0 && Calls[i].Mentions(entry);
        }

        for (int other = 0; other < Count; other++)
        {
            isMentioned |= _kind[other] != ObjectKind.Free && _origin[other] != null && _origin[other]!.Mentions(entry);
        }

        return isMentioned;
    }

    /// <summary>Whether an entry is memory whose contents belong to the target: RAM, not a module nor somebody else's buffer.</summary>
    internal bool HasContent(int entry, ObjectType type) => _kind[entry] == ObjectKind.ConfigDataspace || IsRam(entry, type);

    /// <summary>Whether an entry is memory that one of the target's domains owns.</summary>
    internal bool IsRam(int entry, ObjectType type) => _kind[entry] switch
    {
        ObjectKind.InitialMemory => true,
        ObjectKind.Made => type == ObjectType.Dataspace && IsPd(_origin[entry]!.Session),
        _ => false,
    };
}
