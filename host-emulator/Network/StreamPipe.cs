// One direction of a stream: bytes and control packets that arrive in the order in which they were sent.
// Invariants: credit + credit under way + bytes under way + bytes unread + bytes read but not yet credited = window;
// a packet that would arrive early waits for those before it; a stalled pipe keeps everything and delivers nothing.
// Credit is given in large pieces only: one for every byte read would let the sender send ever smaller pieces (RFC 1122's
// silly window syndrome).
namespace Tern.HostEmulator;

internal sealed class StreamPipe(VirtualStream stream, VirtualSockets from, VirtualSockets to, NetworkModel model) : WorldEvent
{
    private readonly Queue<Packet> _packets = new();
    private readonly byte[] _ring = new byte[model.WindowBytes];
    private readonly int _creditStep = Math.Max(1, Math.Min(model.SegmentBytes, model.WindowBytes / 2));
    private int _readAt;
    private int _writeAt;
    private int _owed;
    private bool _stalled;

    /// <summary>Bytes that the sender may still write.</summary>
    internal int Credit { get; private set; } = model.WindowBytes;

    /// <summary>Bytes that have arrived and were not yet read.</summary>
    internal int Unread { get; private set; }

    internal VirtualSockets From => from;

    internal VirtualSockets To => to;

    /// <summary>Takes bytes as far as there is credit and sends them in pieces of random length.</summary>
    internal int Write(byte[] buffer, int offset, int length)
    {
        int taken = Math.Min(length, Credit);
        Credit -= taken;
        for (int done = 0; done < taken;)
        {
            int piece = Math.Min(taken - done, from.Link.NextSegmentBytes());
            PutIn(buffer.AsSpan(offset + done, piece));
            Send(PacketKind.Data, piece, from.HostNow);
            from.Link.Statistics.SegmentsSent++;
            done += piece;
        }

        from.Link.Statistics.StreamBytesSent += taken;
        return taken;
    }

    /// <summary>Takes out bytes that have arrived.</summary>
    /// <returns>How many, and how many the sender is now to be credited with.</returns>
    internal (int Read, int Credit) Read(byte[] buffer, int offset, int length)
    {
        int read = Math.Min(length, Unread);
        int toEnd = Math.Min(read, _ring.Length - _readAt);
        _ring.AsSpan(_readAt, toEnd).CopyTo(buffer.AsSpan(offset));
        _ring.AsSpan(0, read - toEnd).CopyTo(buffer.AsSpan(offset + toEnd));
        _readAt = (_readAt + read) % _ring.Length;
        Unread -= read;
        _owed += read;
        int credit = _owed >= _creditStep ? _owed : 0;
        _owed -= credit;
        return (read, credit);
    }

    /// <summary>The receiver told that it has read.</summary>
    internal void AddCredit(int bytes) => Credit += bytes;

    /// <summary>Bytes have arrived; nobody counted them before.</summary>
    internal void AddArrived(int bytes) => Unread += bytes;

    /// <summary>Sends a packet behind all others.</summary>
    internal void Send(PacketKind kind, int bytes, long now)
    {
        _packets.Enqueue(new Packet(kind, bytes, from.Link.ArrivalAt(to, kind == PacketKind.Data ? bytes : 0, now)));
        ScheduleNext();
    }

    /// <summary>The way is cut: what is under way waits.</summary>
    internal void Stall()
    {
        _stalled = true;
        stream.World.Cancel(this);
    }

    /// <summary>The way is back: what waited is sent again.</summary>
    internal void Resume()
    {
        for (int left = _packets.Count; left > 0; left--)
        {
            Packet packet = _packets.Dequeue();
            Send(packet.Kind, packet.Bytes, stream.World.Now);
        }

        _stalled = false;
        ScheduleNext();
    }

    /// <summary>Forgets what is under way.</summary>
    internal void Drop()
    {
        _packets.Clear();
        stream.World.Cancel(this);
    }

    protected internal override void Fire()
    {
        while (!_stalled && _packets.TryPeek(out Packet packet) && packet.Arrival <= stream.World.Now)
        {
            _packets.Dequeue();
            stream.Deliver(this, packet);
        }

        ScheduleNext();
    }

    private void ScheduleNext()
    {
        if (!_stalled && !IsScheduled && _packets.TryPeek(out Packet next))
        {
            stream.World.Schedule(this, next.Arrival);
        }
    }

    private void PutIn(ReadOnlySpan<byte> bytes)
    {
        int toEnd = Math.Min(bytes.Length, _ring.Length - _writeAt);
        bytes[..toEnd].CopyTo(_ring.AsSpan(_writeAt));
        bytes[toEnd..].CopyTo(_ring);
        _writeAt = (_writeAt + bytes.Length) % _ring.Length;
    }
}
