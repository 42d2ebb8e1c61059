// The user's side of a session's flows: it opens, writes, reads and closes them and learns what happened to them.
// All it remembers is in the shared memory, so a component that uses it needs no fields: only where the memory is.
// Invariant: a flow's number belongs to the user from Listen, Connect, Bind or the Accepted event until it closes the flow
// itself or gets Refused or Closed for it. Whoever changes something triggers the provider's signal context afterwards.
namespace Tern.Kernel;

/// <summary>A user's view on the flows of a session.</summary>
/// <param name="table">The shared memory.</param>
public readonly partial struct FlowUser(FlowTable table)
{
    /// <summary>Whether the link is up.</summary>
    public bool IsUp => table.Header(HeaderWord.Link) == 1 && table.Header(HeaderWord.Lost) == 0;

    /// <summary>The session's IPv4 address in host byte order.</summary>
    public int Address => table.Header(HeaderWord.Address);

    /// <summary>The netmask in host byte order.</summary>
    public int Netmask => table.Header(HeaderWord.Netmask);

    /// <summary>The gateway in host byte order; 0 for none.</summary>
    public int Gateway => table.Header(HeaderWord.Gateway);

    /// <summary>The MAC address in the low 48 bits.</summary>
    public long Mac => (uint)table.Header(HeaderWord.MacLow) | ((long)(table.Header(HeaderWord.MacHigh) & 0xffff) << 32);

    /// <summary>Why the session is over; None while it is well.</summary>
    public Error Fault => (Error)table.Header(HeaderWord.Fault);

    /// <summary>Begins to take streams on a port; Connected or Refused follows.</summary>
    /// <returns>The flow; 0 when none is free.</returns>
    public int Listen(int port) => Begin(FlowCommand.Listen, 0, port);

    /// <summary>Begins to open a stream; Connected or Refused follows. What is written before that is sent then.</summary>
    /// <returns>The flow; 0 when none is free.</returns>
    public int Connect(int address, int port) => Begin(FlowCommand.Connect, address, port);

    /// <summary>Begins to use a datagram port; Connected or Refused follows.</summary>
    /// <returns>The flow; 0 when none is free.</returns>
    public int Bind(int port) => Begin(FlowCommand.Bind, 0, port);

    /// <summary>Gives bytes to a stream.</summary>
    /// <returns>How many it took; fewer than offered means: a Writable event will come.</returns>
    public int Write(int flow, byte[] source, int offset, int length)
        => CanWrite(flow) ? Wrote(flow, table.Out(flow).Write(source, offset, length), length) : 0;

    /// <summary>Gives bytes of the same address space to a stream.</summary>
    /// <returns>How many it took; fewer than offered means: a Writable event will come.</returns>
    public int Write(int flow, int address, int length)
        => CanWrite(flow) ? Wrote(flow, table.Out(flow).Write(address, length), length) : 0;

    /// <summary>How many bytes of a stream wait to be read.</summary>
    public int Available(int flow)
    {
        int used = IsMine(flow) ? table.In(flow).Used : 0;
        return used > 0 ? used : 0;
    }

    /// <summary>Takes bytes of a stream.</summary>
    /// <returns>How many there were.</returns>
    public int Read(int flow, byte[] target, int offset, int length)
        => IsMine(flow) ? table.In(flow).Read(target, offset, length) : 0;

    /// <summary>Takes bytes of a stream to elsewhere in the same address space.</summary>
    /// <returns>How many there were.</returns>
    public int Read(int flow, int address, int length) => IsMine(flow) ? table.In(flow).Read(address, length) : 0;

    /// <summary>Sends a datagram from a bound port.</summary>
    /// <returns><c>false</c> when it is too long or there is no room: it is lost.</returns>
    public bool SendTo(int flow, int address, int port, byte[] source, int offset, int length)
        => CanWrite(flow) && new DatagramRing(table.Out(flow)).Write(address, port, source, offset, length);

    /// <summary>Takes a datagram that came to a bound port.</summary>
    /// <returns>Its length, cut to the room there is; −1 when there is none.</returns>
    public int ReceiveFrom(int flow, byte[] target, int offset, int room, out int address, out int port)
    {
        address = 0;
        port = 0;
        return IsMine(flow) ? new DatagramRing(table.In(flow)).Read(target, offset, room, out address, out port) : -1;
    }

    /// <summary>Ends a flow. What was written is still delivered, what comes is dropped; no event follows.</summary>
    public void Close(int flow)
    {
        if (IsLost(flow))
        {
            Forget(flow);
            return;
        }

        if (!IsMine(flow))
        {
            return;
        }

        if (State(flow) is FlowState.Closed or FlowState.Refused)
        {
            Release(flow);
        }
        else
        {
            table.Set(flow, SlotWord.Command, (int)FlowCommand.Close);
        }
    }

    /// <summary>Ends the session: its provider finds out with the next signal.</summary>
    public void EndSession(Error reason) => table.SetHeader(HeaderWord.Fault, (int)reason);

    /// <summary>Which flows the user has, flow n as bit n − 1: what it loses when the session cannot be kept.</summary>
    public long Held()
    {
        long held = 0;
        for (int flow = 1; table.IsFlow(flow); flow++)
        {
            held |= IsMine(flow) || IsLost(flow) ? 1L << (flow - 1) : 0;
        }

        return held;
    }

    /// <summary>
    /// Prepares the user of a session that was opened anew in the place of one that it still believes to have: it will learn that
    /// the link was down, that these flows have ended, and that the link is up. Then trigger its signal context.
    /// </summary>
    /// <param name="flows">What <see cref="Held"/> told of the earlier session; numbers that this one does not have are left out.</param>
    public void Lose(long flows)
    {
        for (int flow = 1; table.IsFlow(flow); flow++)
        {
            if ((flows & (1L << (flow - 1))) != 0)
            {
                table.Set(flow, SlotWord.Seen, SlotWord.SeenLost);
                table.SetUse(HeaderWord.UserUses, flow, true);
            }
        }

        table.SetHeader(HeaderWord.Lost, 2);
    }

    /// <summary>What a flow sends, for whoever moves its bytes elsewhere.</summary>
    public ByteRing Out(int flow) => table.Out(flow);

    /// <summary>What a flow receives, for whoever moves its bytes elsewhere.</summary>
    public ByteRing In(int flow) => table.In(flow);

    /// <summary>Notes whether this side waits for room in what it writes: a Writable event then comes.</summary>
    public void SetWantsRoom(int flow, bool wanted) => table.Set(flow, SlotWord.UserWantsRoom, wanted ? 1 : 0);

    /// <summary>Whether the provider waits for this side to read: trigger its signal context after reading.</summary>
    public bool IsAwaited(int flow) => table.IsFlow(flow) && table.Get(flow, SlotWord.ProviderWantsRoom) != 0;

    /// <summary>Whether the flow's stream has ended and all of it was read: its Closed event is due.</summary>
    public bool IsFinished(int flow) => IsMine(flow) && State(flow) == FlowState.Closed && table.In(flow).Used == 0;

    private FlowCommand Command(int flow) => (FlowCommand)table.Get(flow, SlotWord.Command);

    private FlowState State(int flow) => (FlowState)table.Get(flow, SlotWord.State);

    /// <summary>Whether the user has a flow and has not closed it.</summary>
    private bool IsMine(int flow)
        => table.IsFlow(flow) && Fault == Error.None && Command(flow) != FlowCommand.Close
            && (table.IsUsers(flow) ? Command(flow) != FlowCommand.None : IsAccepted(flow));

    /// <summary>The user knows that a flow was lost.</summary>
    private void Forget(int flow)
    {
        table.Set(flow, SlotWord.Seen, 0);
        table.SetUse(HeaderWord.UserUses, flow, Command(flow) != FlowCommand.None);
    }

    private bool IsLost(int flow) => table.IsFlow(flow) && table.Get(flow, SlotWord.Seen) == SlotWord.SeenLost;

    private bool IsAccepted(int flow)
        => State(flow) != FlowState.Free && table.Get(flow, SlotWord.Released) != table.Get(flow, SlotWord.Generation);

    private bool CanWrite(int flow) => IsMine(flow) && State(flow) <= FlowState.Open;

    private int Wrote(int flow, int taken, int offered)
    {
        if (taken < offered)
        {
            table.Set(flow, SlotWord.UserWantsRoom, 1);
        }

        return taken;
    }

    private int Begin(FlowCommand command, int address, int port)
    {
        if (Fault != Error.None)
        {
            return 0;
        }

        for (int flow = 1; table.IsUsers(flow); flow++)
        {
            if (Command(flow) == FlowCommand.None && State(flow) == FlowState.Free && !IsLost(flow))
            {
                table.Set(flow, SlotWord.Address, address);
                table.Set(flow, SlotWord.Port, port);
                table.Set(flow, SlotWord.Command, (int)command);
                table.SetUse(HeaderWord.UserUses, flow, true);
                return flow;
            }
        }

        return 0;
    }

    /// <summary>Lets go of an ended flow. The provider sees that and frees the number.</summary>
    private void Release(int flow)
    {
        table.Set(flow, SlotWord.Seen, 0);
        table.Set(flow, SlotWord.OutHead, 0);
        table.Set(flow, SlotWord.InTail, 0);
        table.Set(flow, SlotWord.UserWantsRoom, 0);
        table.Set(flow, SlotWord.Command, (int)FlowCommand.None);
        table.SetUse(HeaderWord.UserUses, flow, false);
        if (!table.IsUsers(flow))
        {
            table.Set(flow, SlotWord.Released, table.Get(flow, SlotWord.Generation));
        }
    }
}
