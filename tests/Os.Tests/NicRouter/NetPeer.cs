// A component with a network, as a test directs it: the test gives it orders, its timer carries them out.
using System.Collections;
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>What a peer is to do in its next handler.</summary>
internal delegate void NetOrder(NetPeer peer);

/// <summary>Notes every event and reads everything, unless it is told not to.</summary>
internal sealed class NetPeer : PinnedProgram
{
    /// <summary>Where a peer may keep bytes, and its longest message.</summary>
    internal const int Room = 65536;

    private const int NicLabel = 1;
    private const int OrderLabel = 2;

    private readonly byte[] _piece = new byte[1500];
    private readonly Queue _orders = new Queue();
    private NicEvent _news;

    internal NicConnection Nic { get; private set; } = null!;

    internal Env Env { get; private set; } = null!;

    /// <summary>The address to ask for.</summary>
    internal int Address;

    /// <summary>Whether to leave in the ring what comes.</summary>
    internal bool IsLazy;

    /// <summary>The events, one a line.</summary>
    internal string Events { get; private set; } = "";

    /// <summary>The last flow that was opened or accepted.</summary>
    internal int Flow;

    /// <summary>What was read, of all flows in the order of reading.</summary>
    internal readonly byte[] Received = new byte[Room];

    internal int ReceivedCount { get; private set; }

    /// <summary>What is still to be written to <see cref="Flow"/>.</summary>
    internal byte[] ToSend = [];

    internal int Sent { get; private set; }

    internal bool CloseWhenSent;

    public override void Construct(Env env)
    {
        Env = env;
        Nic = new NicConnection(env, NicLabel, NicLabel);
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(OrderLabel));
        timer.TriggerPeriodic(1000);
        Nic.Open("", Address, 0, 0);
    }

    public override void OnReply(Env env, int label, Error error, Message answer) => Nic.OnReply(label, error, answer);

    public override void OnSignal(Env env, int label, int count)
    {
        if (!Nic.OnSignal(label))
        {
            while (_orders.Count > 0)
            {
                ((NetOrder)_orders.Dequeue()!)(this);
            }

            Send();
            return;
        }

        while (Nic.Next(ref _news))
        {
            Note();
        }
    }

    internal void Order(NetOrder order) => _orders.Enqueue(order);

    internal bool Saw(string text) => Events.Contains(text);

    /// <summary>Reads all that waits.</summary>
    internal void Read(int flow)
    {
        int count = Nic.Read(flow, Received, ReceivedCount, Room - ReceivedCount);
        while (count > 0)
        {
            ReceivedCount += count;
            count = Nic.Read(flow, Received, ReceivedCount, Room - ReceivedCount);
        }
    }

    private void Send()
    {
        if (Sent < ToSend.Length)
        {
            Sent += Nic.Write(Flow, ToSend, Sent, ToSend.Length - Sent);
        }

        if (CloseWhenSent && Sent == ToSend.Length)
        {
            CloseWhenSent = false;
            Nic.Close(Flow);
        }
    }

    private void Note()
    {
        string text = _news.Kind switch
        {
            NicEventKind.Link => "link " + (Nic.IsUp ? Ip4.Format(Nic.Address) : "down"),
            NicEventKind.Connected => "connected",
            NicEventKind.Refused => "refused " + Errors.Name(_news.Error),
            NicEventKind.Accepted => "accepted " + Ip4.Format(_news.Address) + " on " + _news.LocalPort,
            NicEventKind.Closed => "closed " + Errors.Name(_news.Error),
            NicEventKind.Fault => "fault " + Errors.Name(_news.Error),
            _ => "",
        };
        if (text.Length > 0)
        {
            Events += text + "\n";
        }

        switch (_news.Kind)
        {
            case NicEventKind.Connected:
            case NicEventKind.Accepted:
                Flow = _news.Flow;
                break;
            case NicEventKind.Data when !IsLazy:
                Read(_news.Flow);
                break;
            case NicEventKind.Datagram:
                TakeDatagram();
                break;
            case NicEventKind.Writable:
                Send();
                break;
            default:
                break;
        }
    }

    private void TakeDatagram()
    {
        int length = Nic.ReceiveFrom(_news.Flow, _piece, 0, _piece.Length, out int address, out int port);
        while (length >= 0)
        {
            Events += "datagram " + length + " from " + Ip4.Format(address) + ":" + port + "\n";
            length = Nic.ReceiveFrom(_news.Flow, _piece, 0, _piece.Length, out address, out port);
        }
    }
}
