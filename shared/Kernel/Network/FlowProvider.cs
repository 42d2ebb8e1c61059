// The provider's side of a session's flows: core's Nic service, nic_router, and a driver towards nic_router's Uplink.
// Invariants: what the user wrote is judged before it is used; a session whose memory breaks the rules is ended with a
// named error. The user can write this side's words, too, so whatever must be true is kept elsewhere by the provider.
namespace Tern.Kernel;

/// <summary>What a flow wants of its provider.</summary>
public enum FlowAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The user wants it opened: answer with <see cref="FlowProvider.Begin"/>, <see cref="FlowProvider.Open"/> or <see cref="FlowProvider.End"/>.</summary>
    Start,

    /// <summary>It is pending or open: move its bytes.</summary>
    Carry,

    /// <summary>The user has closed it: move the bytes that it wrote, then <see cref="FlowProvider.End"/>.</summary>
    Finish,

    /// <summary>The user has let go of it: <see cref="FlowProvider.Free"/> it, after ending it if it is open.</summary>
    Release,

    /// <summary>The memory breaks the rules: end the session.</summary>
    Violation,
}

/// <summary>A provider's view on the flows of a session.</summary>
/// <param name="table">The shared memory.</param>
public readonly struct FlowProvider(FlowTable table)
{
    /// <summary>Why the session is over; None while it is well.</summary>
    public Error Fault => (Error)table.Header(HeaderWord.Fault);

    /// <summary>Tells the user the state of the link and its addresses.</summary>
    public void PublishLink(bool up, int address, int netmask, int gateway, long mac)
    {
        table.SetHeader(HeaderWord.Link, up ? 1 : 0);
        table.SetHeader(HeaderWord.Address, address);
        table.SetHeader(HeaderWord.Netmask, netmask);
        table.SetHeader(HeaderWord.Gateway, gateway);
        table.SetHeader(HeaderWord.MacLow, (int)mac);
        table.SetHeader(HeaderWord.MacHigh, (int)(mac >> 32));
        table.SetHeader(HeaderWord.LinkVersion, table.Header(HeaderWord.LinkVersion) + 1);
    }

    /// <summary>Ends the session: its user gets a Fault event.</summary>
    public void EndSession(Error reason) => table.SetHeader(HeaderWord.Fault, (int)reason);

    /// <summary>What a flow wants now.</summary>
    public FlowAction Judge(int flow)
    {
        FlowCommand command = Command(flow);
        if (command is < FlowCommand.None or > FlowCommand.Close)
        {
            return FlowAction.Violation;
        }

        bool mayLetGo = table.IsUsers(flow) ? command == FlowCommand.None : IsReleased(flow);
        switch (State(flow))
        {
            case FlowState.Free:
                return table.IsUsers(flow) && command is not FlowCommand.None and not FlowCommand.Close
                    ? FlowAction.Start
                    : FlowAction.None;
            case FlowState.Pending:
            case FlowState.Open:
                return mayLetGo ? FlowAction.Release : command == FlowCommand.Close ? FlowAction.Finish : FlowAction.Carry;
            case FlowState.Closed:
            case FlowState.Refused:
                return mayLetGo ? FlowAction.Release : FlowAction.None;
            default:
                return FlowAction.Violation;
        }
    }

    /// <summary>What the user wants of a flow: possibly no valid command.</summary>
    public FlowCommand Command(int flow) => (FlowCommand)table.Get(flow, SlotWord.Command);

    /// <summary>What the flow was said to be.</summary>
    public FlowState State(int flow) => (FlowState)table.Get(flow, SlotWord.State);

    /// <summary>Where the user wants to connect to.</summary>
    public int Address(int flow) => table.Get(flow, SlotWord.Address);

    /// <summary>The port that the user wants to connect to, listen on or bind: possibly none that exists.</summary>
    public int Port(int flow) => table.Get(flow, SlotWord.Port);

    /// <summary>The flow is being opened.</summary>
    public void Begin(int flow) => SetState(flow, FlowState.Pending);

    /// <summary>The flow is open.</summary>
    public void Open(int flow) => SetState(flow, FlowState.Open);

    /// <summary>Opens a flow for a stream that a listener got.</summary>
    /// <returns>The flow; 0 when no number is free.</returns>
    public int Accept(int address, int port, int localPort)
    {
        for (int flow = (table.Flows / 2) + 1; table.IsFlow(flow); flow++)
        {
            if (State(flow) == FlowState.Free && Command(flow) == FlowCommand.None)
            {
                table.Set(flow, SlotWord.PeerAddress, address);
                table.Set(flow, SlotWord.PeerPort, port);
                table.Set(flow, SlotWord.LocalPort, localPort);
                table.Set(flow, SlotWord.Generation, table.Get(flow, SlotWord.Released) + 1);
                Open(flow);
                return flow;
            }
        }

        return 0;
    }

    /// <summary>The flow has ended or could not be opened. What is in its ring can still be read.</summary>
    public void End(int flow, Error reason)
    {
        bool wasOpen = State(flow) == FlowState.Open;
        table.Set(flow, SlotWord.Reason, (int)reason);
        SetState(flow, wasOpen ? FlowState.Closed : FlowState.Refused);
    }

    /// <summary>Frees the number of a flow that its user has let go of.</summary>
    public void Free(int flow)
    {
        table.Set(flow, SlotWord.OutTail, 0);
        table.Set(flow, SlotWord.InHead, 0);
        table.Set(flow, SlotWord.ProviderWantsRoom, 0);
        table.Set(flow, SlotWord.Reason, 0);
        SetState(flow, FlowState.Free);
    }

    /// <summary>Whether the user waits for room in what it writes.</summary>
    public bool UserWantsRoom(int flow) => table.Get(flow, SlotWord.UserWantsRoom) != 0;

    /// <summary>Notes whether this side waits for room in what it writes: the user then signals when it has read.</summary>
    public void SetWantsRoom(int flow, bool wanted) => table.Set(flow, SlotWord.ProviderWantsRoom, wanted ? 1 : 0);

    /// <summary>Whether this side waits for room.</summary>
    public bool WantsRoom(int flow) => table.Get(flow, SlotWord.ProviderWantsRoom) != 0;

    /// <summary>What the user sends.</summary>
    public ByteRing Out(int flow) => table.Out(flow);

    /// <summary>What the user receives.</summary>
    public ByteRing In(int flow) => table.In(flow);

    private void SetState(int flow, FlowState state)
    {
        table.Set(flow, SlotWord.State, (int)state);
        table.SetUse(HeaderWord.ProviderUses, flow, state != FlowState.Free);
    }

    private bool IsReleased(int flow) => table.Get(flow, SlotWord.Released) == table.Get(flow, SlotWord.Generation);
}
