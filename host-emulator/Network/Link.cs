// A board's cable to the virtual switch: whether it is up, when what is sent on it arrives, and what has passed.
// Invariant: all randomness of a link is its own stream of the seed, so one board's traffic does not change another's luck.
namespace Tern.HostEmulator;

internal sealed class Link(LinkModel model, NetworkModel network, SeededRandom random)
{
    private const int HeaderBytes = 58;             // Ethernet, IPv4 and TCP

    private long _freeAt;

    /// <summary>Whether the cable is plugged in.</summary>
    internal bool IsPlugged { get; set; } = true;

    /// <summary>Whether the board can use it.</summary>
    internal bool IsUp { get; set; }

    /// <summary>Boards of different partitions cannot reach each other.</summary>
    internal int Partition { get; set; }

    internal LinkStatistics Statistics { get; } = new();

    /// <summary>When a message arrives that is sent now, or as soon as the link is free; a lost one comes later.</summary>
    internal long ArrivalAt(VirtualSockets to, int bytes, long now)
    {
        if (to.Link == this)
        {
            return now + network.LoopbackNanoseconds;
        }

        long arrival = WayTo(to.Link, bytes, now);
        if (random.Chance(model.LossPerMillion))
        {
            Statistics.SegmentsRepeated++;
            arrival += network.RetransmitNanoseconds;
        }

        return arrival;
    }

    /// <summary>When a datagram arrives; −1 when it is lost.</summary>
    internal long DatagramArrivalAt(VirtualSockets to, int bytes, long now)
    {
        if (to.Link == this)
        {
            return now + network.LoopbackNanoseconds;
        }

        long arrival = WayTo(to.Link, bytes, now);
        return random.Chance(model.LossPerMillion) ? -1 : arrival;
    }

    /// <summary>The length of the next piece of a stream: as often full as of any length.</summary>
    internal int NextSegmentBytes() =>
        random.Below(2) == 0 ? network.SegmentBytes : 1 + (int)random.Below(network.SegmentBytes);

    /// <summary>How long the link takes to come up.</summary>
    internal long NextLinkUpDelay() => random.Below(network.LinkUpNanoseconds + 1);

    private long WayTo(Link other, int bytes, long now)
    {
        long begin = Math.Max(now, _freeAt);
        long sending = model.BitsPerSecond == 0 ? 0 : (bytes + HeaderBytes) * 8L * 1_000_000_000 / model.BitsPerSecond;
        _freeAt = begin + sending;
        long jitter = (model.JitterNanoseconds + other.Model.JitterNanoseconds) / 2;
        return _freeAt + ((model.LatencyNanoseconds + other.Model.LatencyNanoseconds) / 2) + random.Below(jitter + 1);
    }

    private LinkModel Model => model;
}
