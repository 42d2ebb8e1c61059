// One session of the router: its memory, its signal contexts, and what each of its flows is.
// Nic and Uplink sessions have the same memory with the roles exchanged: on a Nic session the client opens flows and the
// router provides them, on an Uplink session the router opens flows and the driver provides them.
// Invariant: what a flow is, is known from here and never from the shared memory, which a client can write as it likes.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>A client's session.</summary>
internal sealed class RouterSession
{
    private static readonly int[] NoFlows = [];

    internal RouterSession(int index, int record, string label, Domain domain, bool isUplink)
    {
        Index = index;
        Record = record;
        Label = label;
        Domain = domain;
        IsUplink = isUplink;
    }

    /// <summary>The number among the router's sessions, and the label of its signal context.</summary>
    internal int Index { get; }

    /// <summary>The address of the session's record, by which requests name it.</summary>
    internal int Record { get; }

    internal string Label { get; }

    internal Domain Domain { get; }

    internal bool IsUplink { get; }

    /// <summary>The IPv4 address of a Nic session.</summary>
    internal int Address;

    internal int Dataspace;
    internal int Signal;
    internal int ClientSignal;
    internal int MemoryAddress;

    internal FlowTable Table;

    /// <summary>What each flow is: None while it is not open. An accepted stream counts as Connect.</summary>
    internal FlowCommand[] Kind = [];

    /// <summary>The port that each listener or datagram flow has.</summary>
    internal int[] Port = NoFlows;

    /// <summary>The row of each stream among the links; 0 for none.</summary>
    internal int[] Link = NoFlows;

    /// <summary>The other side is to be signalled when the router has done its round.</summary>
    internal bool HasNews;

    /// <summary>There may be more to do for this session than its last round did.</summary>
    internal bool NeedsRound;

    /// <summary>The session broke its rules; its memory is not looked at any more.</summary>
    internal bool IsOver;

    internal bool IsSetUp => MemoryAddress != 0;

    internal bool IsUsable => IsSetUp && !IsOver;

    internal FlowProvider Provider => new FlowProvider(Table);

    internal FlowUser User => new FlowUser(Table);

    /// <summary>What the other side gives to the router.</summary>
    internal ByteRing Source(int flow) => IsUplink ? Table.In(flow) : Table.Out(flow);

    /// <summary>What the router gives to the other side.</summary>
    internal ByteRing Sink(int flow) => IsUplink ? Table.Out(flow) : Table.In(flow);

    internal void SetTable(FlowTable table)
    {
        Table = table;
        Kind = new FlowCommand[table.Flows + 1];
        Port = new int[table.Flows + 1];
        Link = new int[table.Flows + 1];
    }

    /// <summary>Whether the other side waits for room in what it gives to the router.</summary>
    internal bool IsAwaited(int flow) => IsUplink ? User.IsAwaited(flow) : Provider.UserWantsRoom(flow);

    /// <summary>Notes whether the router waits for room in what it gives to the other side.</summary>
    internal void SetWantsRoom(int flow, bool wanted)
    {
        if (IsUplink)
        {
            User.SetWantsRoom(flow, wanted);
        }
        else
        {
            Provider.SetWantsRoom(flow, wanted);
        }
    }

    /// <summary>The flow of a kind on a port; 0 for none.</summary>
    internal int Find(FlowCommand kind, int port)
    {
        for (int flow = 1; flow < Kind.Length; flow++)
        {
            if (Kind[flow] == kind && Port[flow] == port)
            {
                return flow;
            }
        }

        return 0;
    }

    internal void Forget(int flow)
    {
        Kind[flow] = FlowCommand.None;
        Port[flow] = 0;
        Link[flow] = 0;
    }
}
