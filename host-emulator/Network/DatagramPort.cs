// A bound datagram port and what waits at it. More than fits is dropped, as on a small board.
namespace Tern.HostEmulator;

internal sealed class DatagramPort(int handle, int port, int room)
{
    private readonly Queue<Datagram> _waiting = new();

    internal int Handle => handle;

    internal int Port => port;

    internal bool ReadableIsQueued { get; set; }

    internal bool IsEmpty => _waiting.Count == 0;

    internal bool TryAdd(Datagram datagram)
    {
        if (_waiting.Count == room)
        {
            return false;
        }

        _waiting.Enqueue(datagram);
        return true;
    }

    internal Datagram? Take() => _waiting.TryDequeue(out Datagram? datagram) ? datagram : null;
}
