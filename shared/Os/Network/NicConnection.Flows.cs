// The flows of a NicConnection: what FlowUser does, with the signal to the other side after each change.
using Tern.Kernel;

namespace Tern.Os;

public sealed partial class NicConnection
{
    /// <summary>Tells the next event. After each of the connection's signals, take them until there is none.</summary>
    /// <remarks>Logs when the interface goes up or down. After a Fault event the session is closed and can be opened again.</remarks>
    /// <returns><c>false</c> when there is none left.</returns>
    public bool Next(ref NicEvent news)
    {
        if (!IsReady || !Flows.Next(ref _cursor, ref news))
        {
            _cursor = 0;
            return false;
        }

        switch (news.Kind)
        {
            case NicEventKind.Link:
                LogLink();
                break;
            case NicEventKind.Fault:
                Failed(news.Error);
                break;
            case NicEventKind.Refused:
            case NicEventKind.Closed:
                Tell();
                break;
            default:
                break;
        }

        return true;
    }

    /// <summary>Begins to take streams on a port; a Connected or Refused event follows, then Accepted ones.</summary>
    /// <returns>The flow; 0 when none is free or there is no session.</returns>
    public int Listen(int port) => IsReady ? Began(Flows.Listen(port)) : 0;

    /// <summary>Begins to open a stream; a Connected or Refused event follows. What is written before is sent then.</summary>
    /// <returns>The flow; 0 when none is free or there is no session.</returns>
    public int Connect(int address, int port) => IsReady ? Began(Flows.Connect(address, port)) : 0;

    /// <summary>Begins to use a datagram port; a Connected or Refused event follows.</summary>
    /// <returns>The flow; 0 when none is free or there is no session.</returns>
    public int Bind(int port) => IsReady ? Began(Flows.Bind(port)) : 0;

    /// <summary>Gives bytes to a stream.</summary>
    /// <returns>How many it took; fewer than offered means: a Writable event will come.</returns>
    public int Write(int flow, byte[] source, int offset, int length)
        => IsReady ? Changed(Flows.Write(flow, source, offset, length)) : 0;

    /// <summary>Gives bytes of the component's memory to a stream.</summary>
    /// <returns>How many it took; fewer than offered means: a Writable event will come.</returns>
    public int Write(int flow, int address, int length) => IsReady ? Changed(Flows.Write(flow, address, length)) : 0;

    /// <summary>How many bytes of a stream wait to be read.</summary>
    public int Available(int flow) => IsReady ? Flows.Available(flow) : 0;

    /// <summary>Takes bytes of a stream.</summary>
    /// <returns>How many there were.</returns>
    public int Read(int flow, byte[] target, int offset, int length)
        => IsReady ? HaveRead(flow, Flows.Read(flow, target, offset, length)) : 0;

    /// <summary>Takes bytes of a stream to the component's memory.</summary>
    /// <returns>How many there were.</returns>
    public int Read(int flow, int address, int length)
        => IsReady ? HaveRead(flow, Flows.Read(flow, address, length)) : 0;

    /// <summary>Sends a datagram from a bound port.</summary>
    /// <returns><c>false</c> when it is too long or there is no room: it is lost.</returns>
    public bool SendTo(int flow, int address, int port, byte[] source, int offset, int length)
        => IsReady && Flows.SendTo(flow, address, port, source, offset, length) && Tell();

    /// <summary>Takes a datagram that came to a bound port.</summary>
    /// <returns>Its length, cut to the room there is; −1 when there is none.</returns>
    public int ReceiveFrom(int flow, byte[] target, int offset, int room, out int address, out int port)
    {
        address = 0;
        port = 0;
        int length = IsReady ? Flows.ReceiveFrom(flow, target, offset, room, out address, out port) : -1;
        if (length >= 0 && Flows.IsAwaited(flow))
        {
            Tell();
        }

        return length;
    }

    /// <summary>Ends a flow. What was written is still delivered, what comes is dropped; no event follows.</summary>
    public void Close(int flow)
    {
        if (IsReady)
        {
            Flows.Close(flow);
            Tell();
        }
    }

    private int Began(int flow)
    {
        if (flow != 0)
        {
            Tell();
        }

        return flow;
    }

    private int Changed(int count)
    {
        if (count > 0)
        {
            Tell();
        }

        return count;
    }

    private int HaveRead(int flow, int count)
    {
        if (count > 0 && Flows.IsAwaited(flow))
        {
            Tell();
        }

        if (count > 0 && Flows.IsFinished(flow))
        {
            // Its last bytes were read outside of a walk over the events: the Closed event is still due.
            _env.Submit(_signal);
        }

        return count;
    }

    /// <summary>Signals the other side.</summary>
    internal bool Tell() => _env.Submit(_serverSignal) == Error.None;

    private void LogLink()
    {
        bool up = IsUp;
        if (up && !IsQuiet)
        {
            _env.Log("Nic interface up address=" + Ip4.Format(Address)
                + " netmask=" + Ip4.Format(Netmask) + " gateway=" + Ip4.Format(Gateway));
        }
        else if (_saidUp && !IsQuiet)
        {
            _env.Log("Nic interface down");
        }

        _saidUp = up;
    }
}
