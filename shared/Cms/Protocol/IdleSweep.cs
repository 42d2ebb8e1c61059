// Ends accepted flows on which nothing happens, so that nobody keeps others out by saying nothing.
// Invariants: a flow is ended after one to two periods without a whole frame or progress in its bulk; flows whose owner lets them rest are left alone;
// without flows to watch there is no deadline.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Watches the accepted flows of a pool.</summary>
internal sealed class IdleSweep : ITimed
{
    private const int PeriodMilliseconds = 15000;

    private readonly Channel[] _channels;
    private readonly Timeouts _timeouts;
    private readonly int _timeout;

    internal IdleSweep(Channel[] channels, Timeouts timeouts)
    {
        _channels = channels;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
    }

    /// <summary>A flow was accepted.</summary>
    internal void Watch()
    {
        if (!_timeouts.IsSet(_timeout))
        {
            _timeouts.Set(_timeout, PeriodMilliseconds);
        }
    }

    public void OnTimeout()
    {
        bool watching = false;
        for (int i = 0; i < _channels.Length; i++)
        {
            Channel channel = _channels[i];
            if (!channel.IsOpen || !channel.IsAccepted || channel.MayRest)
            {
                continue;
            }

            if (channel.WasBusy)
            {
                channel.WasBusy = false;
                watching = true;
            }
            else
            {
                channel.Break(Error.Unreachable);
            }
        }

        if (watching)
        {
            Watch();
        }
    }
}
