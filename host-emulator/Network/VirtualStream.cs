// A stream between two boards, or a board and itself: two pipes, two ends, and the patience of both.
// Invariants: bytes arrive in order, each once; an end is told once that the stream is over: when it has read the last
// byte if the peer closed, at once if the stream broke. As an event it is its timeout: nobody answered the connection,
// or the way to the peer was cut for too long.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class VirtualStream : WorldEvent
{
    private readonly VirtualNetwork _network;
    private readonly StreamPipe _there;
    private readonly StreamPipe _back;
    private readonly int _clientPort;
    private readonly int _serverPort;
    private StreamEnd? _server;
    private bool _stalled;
    private bool _over;

    internal VirtualStream(VirtualNetwork network, VirtualSockets client, int clientHandle, int clientPort, VirtualSockets server, int serverPort)
    {
        _network = network;
        Number = network.NextStreamNumber();
        Client = new StreamEnd(this, client, clientHandle);
        _clientPort = clientPort;
        _serverPort = serverPort;
        _there = new StreamPipe(this, client, server, network.Model);
        _back = new StreamPipe(this, server, client, network.Model);
    }

    internal World World => _network.World;

    /// <summary>Orders streams as they were begun.</summary>
    internal long Number { get; }

    internal StreamEnd Client { get; }

    /// <summary>Whether a board has an end of it, held or not.</summary>
    internal bool IsKnownTo(VirtualSockets board) => _there.From == board || _server is not null;

    /// <summary>Begins to connect.</summary>
    internal void Open(long now)
    {
        World.Schedule(this, now + _network.Model.ConnectTimeoutNanoseconds);
        _there.Send(PacketKind.Open, 0, now);
        OnPathChanged();
    }

    /// <summary>Takes bytes to send. What is written to a peer that has closed is taken and thrown away, as by TCP.</summary>
    internal int Write(StreamEnd end, byte[] buffer, int offset, int length)
    {
        int taken = end.PeerEnded || _over ? length
            : end.IsOpen ? PipeFrom(end).Write(buffer, offset, length)
            : 0;
        end.IsBlocked = taken < length;
        return taken;
    }

    internal int Read(StreamEnd end, byte[] buffer, int offset, int length)
    {
        (int read, int credit) = PipeTo(end).Read(buffer, offset, length);
        if (credit > 0 && !_over)
        {
            PipeFrom(end).Send(PacketKind.Credit, credit, end.Owner.HostNow);
        }

        TellIfEnded(end);
        return read;
    }

    internal int UnreadAt(StreamEnd end) => PipeTo(end).Unread;

    /// <summary>The board lets go of its end; what it wrote is still delivered to a peer that holds its own.</summary>
    internal void Close(StreamEnd end)
    {
        end.IsHeld = false;
        if (_over)
        {
            return;
        }

        if (Peer(end) is { IsHeld: true })
        {
            PipeFrom(end).Send(PacketKind.End, 0, end.Owner.HostNow);
        }
        else
        {
            Finish();
        }
    }

    /// <summary>The stream is gone for both: no way for too long, or one board has forgotten it.</summary>
    internal void Break()
    {
        if (_over)
        {
            return;
        }

        Finish();
        BreakEnd(Client);
        if (_server is not null)
        {
            BreakEnd(_server);
        }
    }

    /// <summary>A link, a partition or a power switch has changed: stalls or resumes, and waits only so long.</summary>
    internal void OnPathChanged()
    {
        bool cut = !VirtualNetwork.Reaches(_there.From, _there.To);
        if (_over || cut == _stalled)
        {
            return;
        }

        _stalled = cut;
        if (cut)
        {
            _there.Stall();
            _back.Stall();
            if (!IsScheduled)
            {
                World.Schedule(this, World.Now + _network.Model.StreamTimeoutNanoseconds);
            }

            return;
        }

        if (Client.IsOpen)
        {
            World.Cancel(this);
        }

        _there.Resume();
        _back.Resume();
    }

    internal void Deliver(StreamPipe pipe, Packet packet)
    {
        if (packet.Kind == PacketKind.Open)
        {
            Accept();
            return;
        }

        StreamEnd end = pipe == _there ? _server! : Client;
        switch (packet.Kind)
        {
            case PacketKind.Accept:
                World.Cancel(this);
                end.IsOpen = true;
                end.Owner.Link.Statistics.ConnectionsOpened++;
                Tell(end, SocketEvent.Connected);
                TellIfWritable(end);
                break;
            case PacketKind.Data:
                pipe.AddArrived(packet.Bytes);
                end.Owner.Link.Statistics.StreamBytesReceived += packet.Bytes;
                if (!end.ReadableIsQueued)
                {
                    end.ReadableIsQueued = Tell(end, SocketEvent.Readable);
                }

                break;
            case PacketKind.Credit:
                PipeFrom(end).AddCredit(packet.Bytes);
                TellIfWritable(end);
                break;
            case PacketKind.End:
                end.PeerEnded = true;
                TellIfWritable(end);
                TellIfEnded(end);
                break;
            default:
                Finish();
                Tell(end, SocketEvent.Closed);
                break;
        }
    }

    protected internal override void Fire() => Break();

    private void Accept()
    {
        _server = _there.To.Accept(this, _there.From, _clientPort, _serverPort);
        _back.Send(_server is null ? PacketKind.Reset : PacketKind.Accept, 0, World.Now);
    }

    private void Finish()
    {
        _over = true;
        _there.Drop();
        _back.Drop();
        World.Cancel(this);
        _there.From.Forget(this);
        _there.To.Forget(this);
    }

    private static void BreakEnd(StreamEnd end)
    {
        if (!end.PeerEnded && Tell(end, SocketEvent.Closed))
        {
            end.Owner.Link.Statistics.StreamsBroken++;
        }
    }

    private void TellIfWritable(StreamEnd end)
    {
        if (end.IsBlocked && end.IsOpen && (end.PeerEnded || PipeFrom(end).Credit > 0))
        {
            end.IsBlocked = false;
            Tell(end, SocketEvent.Writable);
        }
    }

    private void TellIfEnded(StreamEnd end)
    {
        if (end.PeerEnded && PipeTo(end).Unread == 0)
        {
            Tell(end, SocketEvent.Closed);
        }
    }

    private static bool Tell(StreamEnd end, SocketEvent what)
    {
        if (!end.IsHeld || end.ClosedIsQueued)
        {
            return false;
        }

        end.ClosedIsQueued = what == SocketEvent.Closed;
        end.Owner.Tell(what, end.Handle);
        return true;
    }

    private StreamEnd? Peer(StreamEnd end) => end == Client ? _server : Client;

    private StreamPipe PipeFrom(StreamEnd end) => end == Client ? _there : _back;

    private StreamPipe PipeTo(StreamEnd end) => end == Client ? _back : _there;
}
