// A board's queue of network events, with the details that ISockets tells about the one taken last.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class SocketNotices
{
    private readonly Queue<SocketNotice> _queue = new();

    /// <summary>The one taken last.</summary>
    internal SocketNotice Last { get; private set; }

    internal void Add(SocketNotice notice) => _queue.Enqueue(notice);

    internal bool TryTake(out SocketNotice notice)
    {
        bool taken = _queue.TryDequeue(out notice);
        Last = notice;
        return taken;
    }

    /// <summary>A datagram was received: its sender replaces the details.</summary>
    internal void TellSender(int address, int port) => Last = Last with { Address = address, Port = port };

    internal void Clear()
    {
        _queue.Clear();
        Last = default;
    }
}

internal readonly record struct SocketNotice(SocketEvent Kind, int Handle = 0, int Listener = 0, int Address = 0, int Port = 0);
