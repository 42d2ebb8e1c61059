// A pinned program's network and clock together: the Nic session by configuration, channels over it, deadlines.
// Invariant: a session that fails is opened again, so nothing but the configuration decides whether there is a network.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>What manager and NAS have in common.</summary>
internal sealed class Network : ITimed
{
    private const int ReopenMilliseconds = 1000;

    private readonly NicConnection _nic;
    private readonly int _reopen;
    private NetworkConfig _config;

    /// <summary>Makes the tables; nothing is opened but the Timer session.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="label">The first of two labels, for signals and answers, that are the network's own.</param>
    /// <param name="config">The address.</param>
    /// <param name="channels">Most flows with frames.</param>
    /// <param name="flows">Most flows of the session.</param>
    /// <param name="owners">Most owners of deadlines beside the network's own.</param>
    internal Network(Env env, int label, NetworkConfig config, int channels, int flows, int owners)
    {
        _config = config;
        _nic = new NicConnection(env, label, label);
        _nic.Resize(flows, FlowTable.DefaultRingSize);
        Timeouts = new Timeouts(env, label + 1, owners + 3);
        Pool = new ChannelPool(env, _nic, Timeouts, channels);
        _reopen = Timeouts.Add(this);
    }

    internal Timeouts Timeouts { get; }

    internal ChannelPool Pool { get; }

    internal int Address => _nic.Address != 0 ? _nic.Address : _config.Address;

    internal long Mac => _nic.Mac;

    internal void Open()
    {
        if (_nic.Open("", _config.Address, _config.Netmask, _config.Gateway) != Error.None)
        {
            Timeouts.Set(_reopen, ReopenMilliseconds);
        }
    }

    /// <summary>Takes a signal of the session or the timer, and whatever follows from it.</summary>
    internal bool OnSignal(int label)
    {
        if (!_nic.OnSignal(label))
        {
            return Timeouts.OnSignal(label);
        }

        NicEvent news = default;
        while (_nic.Next(ref news))
        {
            Pool.OnEvent(ref news);
            if (news.Kind == NicEventKind.Fault)
            {
                Timeouts.Set(_reopen, ReopenMilliseconds);
            }
        }

        return true;
    }

    /// <summary>Takes an answer of the session.</summary>
    internal bool OnReply(int label, Error error, Message answer)
    {
        if (!_nic.OnReply(label, error, answer))
        {
            return false;
        }

        if (!_nic.IsReady && _nic.Error != Error.None)
        {
            Timeouts.Set(_reopen, ReopenMilliseconds);
        }

        return true;
    }

    public void OnTimeout() => Open();
}
