// What cable and power do to a board's sockets.
// Invariants: a stream whose way is cut waits, for so long; a board that lost power has forgotten its streams, and their
// peers learn it when the board answers again or when their patience ends.
using Tern.Kernel;

namespace Tern.HostEmulator;

public sealed partial class VirtualSockets
{
    /// <summary>Plugs the cable in or pulls it. Streams survive a cut that is shorter than their timeout.</summary>
    public void SetCable(bool plugged)
    {
        Link.IsPlugged = plugged;
        if (plugged)
        {
            BringUp();
        }
        else
        {
            SetUp(false);
        }
    }

    internal void OnPathsChanged()
    {
        foreach (VirtualStream stream in _streams.Values.ToArray())
        {
            stream.OnPathChanged();
        }
    }

    internal void OnPowerOn()
    {
        IsPowered = true;
        BringUp();
    }

    internal void OnPowerOff()
    {
        IsPowered = false;
        _network.World.Cancel(_linkComesUp);
        foreach (StreamEnd end in _ends.Values)
        {
            end.IsHeld = false;
        }

        _orphans.AddRange(_streams.Values.Where(stream => stream.IsKnownTo(this)));
        _ends.Clear();
        _listenerOfPort.Clear();
        _datagrams.Clear();
        SetUp(false);
        OnPathsChanged();               // also streams to itself, which need no link
        _notices.Clear();
    }

    private void BringUp()
    {
        if (IsPowered && Link.IsPlugged && !Link.IsUp)
        {
            _network.World.Schedule(_linkComesUp, _network.World.Now + Link.NextLinkUpDelay());
        }
    }

    private void SetUp(bool up)
    {
        if (!up)
        {
            _network.World.Cancel(_linkComesUp);
        }

        if (Link.IsUp == up)
        {
            return;
        }

        Link.IsUp = up;
        Queue(new SocketNotice(SocketEvent.Link));
        foreach (VirtualStream orphan in up ? _orphans : [])
        {
            orphan.Break();             // the board answers again, and knows nothing of it
        }

        _orphans.RemoveAll(_ => up);
        OnPathsChanged();
    }

    private void Remember(VirtualStream stream) => _streams.TryAdd(stream.Number, stream);
}
