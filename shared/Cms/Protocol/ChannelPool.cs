// All flows of a program: its listeners, its channels, and which flow is which. Tables are fixed.
// Invariants: a flow belongs to at most one row; whoever takes events calls Pump afterwards, until then no byte moves; when
// channels or sockets run out that is said, once, and once more when they suffice.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>Channels and listeners over one Nic session.</summary>
public sealed class ChannelPool : ITimed
{
    private const int MaxListeners = 16;
    private const int RetryMilliseconds = 250;
    private const long CalmNanoseconds = 5_000_000_000;

    private readonly Env _env;
    private readonly NicConnection _nic;
    private readonly Timeouts _timeouts;
    private readonly int _retry;
    private readonly Channel[] _channels;
    private readonly IdleSweep _idle;
    private readonly Listener[] _listeners = new Listener[MaxListeners];
    private Shortage _channelShortage;
    private long _lackedAt;
    private Shortage _socketShortage;

    /// <summary>A pool without any flow.</summary>
    public ChannelPool(Env env, NicConnection nic, Timeouts timeouts, int capacity)
    {
        _env = env;
        _nic = nic;
        _timeouts = timeouts;
        _retry = timeouts.Add(this);
        _channels = new Channel[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _channels[i] = new Channel(nic);
        }

        for (int i = 0; i < MaxListeners; i++)
        {
            _listeners[i] = new Listener();
        }

        _idle = new IdleSweep(_channels, timeouts);
    }

    /// <summary>Begins to connect. Frames may be sent at once; a refusal comes as the channel's end.</summary>
    /// <returns>The channel; <c>null</c> when none is free.</returns>
    public Channel? Connect(int address, int port, int service, IChannelOwner owner)
    {
        Channel? channel = Find(0);
        int flow = channel == null ? 0 : _nic.Connect(address, port);
        if (flow == 0)
        {
            if (_nic.IsUp)
            {
                Lack(channel == null, port, " has to wait");
            }

            return null;
        }

        channel!.Begin(flow, service, address, false, owner);
        HaveChannels();
        return channel;
    }

    /// <summary>Listens on a port from now on, as soon as the network lets it.</summary>
    /// <returns>Full when too many ports are listened on already.</returns>
    public Error Listen(int port, int service, IListenerOwner owner)
    {
        for (int i = 0; i < MaxListeners; i++)
        {
            Listener listener = _listeners[i];
            if (listener.Owner == null)
            {
                listener.Port = port;
                listener.Service = service;
                listener.Owner = owner;
                listener.Flow = 0;
                Begin(listener);
                return Error.None;
            }
        }

        return Error.Full;
    }

    /// <summary>Takes an event of the session.</summary>
    /// <returns>Whether it was about one of the pool's flows, or the session as a whole.</returns>
    public bool OnEvent(ref NicEvent news)
    {
        switch (news.Kind)
        {
            case NicEventKind.Link:
                ListenAgain();
                return true;
            case NicEventKind.Fault:
                EndAll(news.Error);
                return true;
            case NicEventKind.Accepted:
                return Accept(ref news);
            default:
                return OnListener(ref news) || OnChannel(ref news);
        }
    }

    /// <summary>Moves bytes until nothing moves any longer. To be called at the end of each handler.</summary>
    public void Pump()
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int i = 0; i < _channels.Length; i++)
            {
                if (_channels[i].IsDue)
                {
                    _channels[i].Pump();
                    moved = true;
                }
            }
        }
    }

    /// <summary>Tries the ports again that could not be listened on.</summary>
    public void OnTimeout() => ListenAgain();

    private void ListenAgain()
    {
        for (int i = 0; i < MaxListeners; i++)
        {
            if (_listeners[i].Owner != null && _listeners[i].Flow == 0)
            {
                Begin(_listeners[i]);
            }
        }
    }

    private void Begin(Listener listener)
    {
        listener.Flow = _nic.Listen(listener.Port);
        if (listener.Flow == 0)
        {
            _timeouts.Set(_retry, RetryMilliseconds);
        }
    }

    private bool OnListener(ref NicEvent news)
    {
        for (int i = 0; i < MaxListeners; i++)
        {
            if (news.Flow != 0 && _listeners[i].Flow == news.Flow)
            {
                TellListener(_listeners[i], ref news);
                if (news.Kind is NicEventKind.Refused or NicEventKind.Closed)
                {
                    _listeners[i].Flow = 0;
                    _timeouts.Set(_retry, RetryMilliseconds);
                }

                return true;
            }
        }

        return false;
    }

    private bool Accept(ref NicEvent news)
    {
        for (int i = 0; i < MaxListeners; i++)
        {
            Listener listener = _listeners[i];
            if (listener.Owner != null && listener.Port == news.LocalPort)
            {
                Channel? channel = Find(0);
                if (channel == null)
                {
                    Lack(true, listener.Port, " was closed");
                    _nic.Close(news.Flow);
                    return true;
                }

                channel.Begin(news.Flow, listener.Service, news.Address, true, null);
                HaveChannels();
                listener.Owner.OnAccepted(channel, listener.Port);
                if (channel.Owner == null)
                {
                    channel.Close();
                }

                _idle.Watch();

                return true;
            }
        }

        return false;
    }

    private bool OnChannel(ref NicEvent news)
    {
        Channel? channel = news.Flow == 0 ? null : Find(news.Flow);
        if (channel == null)
        {
            return false;
        }

        TellSockets(ref news);
        if (news.Kind is NicEventKind.Refused or NicEventKind.Closed)
        {
            channel.End(news.Error, news.Kind == NicEventKind.Refused);
        }
        else
        {
            // Bytes are taken at once: so the connection's walk goes on to what comes after them.
            channel.Pump();
        }

        return true;
    }

    private void TellListener(Listener listener, ref NicEvent news)
    {
        if (news.Kind == NicEventKind.Refused && listener.Shortage.Begins())
        {
            _env.Log("Warning: port " + listener.Port + " cannot be listened on (" + Errors.Name(news.Error)
                + "): another component has it, or the board has no socket left; trying again");
        }
        else if (news.Kind == NicEventKind.Connected && listener.Shortage.Ends())
        {
            _env.Log("port " + listener.Port + " is listened on now");
        }
    }

    private void TellSockets(ref NicEvent news)
    {
        if (news.Kind == NicEventKind.Refused && (news.Error is Error.TableFull or Error.Full))
        {
            if (_socketShortage.Begins())
            {
                _env.Log("Warning: no stream can be opened (" + Errors.Name(news.Error) + "): the board has no socket left, or its router no flow;"
                    + " trying again. docs/protocol.md tells how many sockets are needed");
            }
        }
        else if (news.Kind == NicEventKind.Connected && _socketShortage.Ends())
        {
            _env.Log("streams can be opened again");
        }
    }

    private void Lack(bool isChannel, int port, string consequence)
    {
        _lackedAt = _timeouts.Now;
        if (_channelShortage.Begins())
        {
            _env.Log((isChannel ? "Warning: all " + _channels.Length + " flows of this component are in use"
                : "Warning: the network session of this component has no flow left to open") + ": a stream to port " + port + consequence);
        }
    }

    /// <summary>It is over when one more could be had, and none has been lacking for a while.</summary>
    private void HaveChannels()
    {
        if (_channelShortage.IsOn && Find(0) != null && _timeouts.Now - _lackedAt >= CalmNanoseconds && _channelShortage.Ends())
        {
            _env.Log("flows suffice again");
        }
    }

    private void EndAll(Error error)
    {
        for (int i = 0; i < MaxListeners; i++)
        {
            _listeners[i].Flow = 0;
        }

        for (int i = 0; i < _channels.Length; i++)
        {
            if (_channels[i].IsOpen)
            {
                _channels[i].End(error, false);
            }
        }
    }

    private Channel? Find(int flow)
    {
        for (int i = 0; i < _channels.Length; i++)
        {
            if (_channels[i].Flow == flow)
            {
                return _channels[i];
            }
        }

        return null;
    }
}
