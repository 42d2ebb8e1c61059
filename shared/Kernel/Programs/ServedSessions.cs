// A component's announced services and the session records of their clients, in the component's own memory.
// A server tells its clients apart by these records' addresses, never by a badge, so they survive a restore.
namespace Tern.Kernel;

/// <summary>A view on the lists of services and sessions.</summary>
internal readonly struct ServedSessions(Memory memory)
{
    /// <summary>Bytes before a session's record: next record, service, the selector of its gate, donated RAM and capabilities, one spare word.</summary>
    internal const int Header = 24;

    /// <summary>A service's record: next service, record size, the selector of its root, the number it was announced
    /// with, the selector of the entrypoint that serves it.</summary>
    internal const int ServiceSize = 20;

    internal void AddService(int service, int recordSize, int root, int number, int entrypoint)
    {
        var block = new RuntimeBlock(memory);
        memory.WriteInt32(service, block.FirstService);
        memory.WriteInt32(service + 4, recordSize);
        memory.WriteInt32(service + 8, root);
        memory.WriteInt32(service + 12, number);
        memory.WriteInt32(service + 16, entrypoint);
        block.FirstService = service;
    }

    internal int RecordSize(int service) => memory.ReadInt32(service + 4);

    internal int Entrypoint(int service) => memory.ReadInt32(service + 16);

    /// <summary>Appends a session's record, which begins after its header.</summary>
    internal void Add(int session, int service, int gate)
    {
        var block = new RuntimeBlock(memory);
        memory.WriteInt32(session - Header, 0);
        memory.WriteInt32(session - Header + 4, service);
        memory.WriteInt32(session - Header + 8, gate);
        if (block.LastSession == 0)
        {
            block.FirstSession = session;
        }
        else
        {
            memory.WriteInt32(block.LastSession - Header, session);
        }

        block.LastSession = session;
    }

    internal void Remove(int session)
    {
        var block = new RuntimeBlock(memory);
        int next = Next(session);
        int previous = 0;
        for (int at = block.FirstSession; at != session; at = Next(at))
        {
            previous = at;
        }

        if (previous == 0)
        {
            block.FirstSession = next;
        }
        else
        {
            memory.WriteInt32(previous - Header, next);
        }

        if (next == 0)
        {
            block.LastSession = previous;
        }
    }

    internal int Next(int session) => session == 0 ? new RuntimeBlock(memory).FirstSession : memory.ReadInt32(session - Header);

    internal int Service(int session) => memory.ReadInt32(session - Header + 4);

    internal int Number(int session) => memory.ReadInt32(Service(session) + 12);

    internal int Gate(int session) => memory.ReadInt32(session - Header + 8);

    /// <summary>Adds to what a session's client has donated. A record is zeroed at first.</summary>
    internal void AddDonation(int session, int ram, int caps)
    {
        memory.WriteInt32(session - Header + 12, DonatedRam(session) + ram);
        memory.WriteInt32(session - Header + 16, DonatedCaps(session) + caps);
    }

    internal int DonatedRam(int session) => memory.ReadInt32(session - Header + 12);

    internal int DonatedCaps(int session) => memory.ReadInt32(session - Header + 16);

    internal bool Contains(int session)
    {
        for (int at = Next(0); at != 0; at = Next(at))
        {
            if (at == session)
            {
                return true;
            }
        }

        return false;
    }
}
