// One side of a stream: writes what it has whenever there is room, reads what is there, notes what it is told.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

internal sealed class StreamUser(ISockets sockets, byte[] toSend)
{
    private readonly byte[] _buffer = new byte[700];
    private int _sent;

    internal int Handle { get; set; }

    internal List<byte> Received { get; } = [];

    internal List<SocketEvent> Told { get; } = [];

    /// <summary>Whether to read when there is something.</summary>
    internal bool Reads { get; set; } = true;

    /// <summary>Whether to close after the last byte was taken.</summary>
    internal bool ClosesAtEnd { get; set; }

    internal int Sent => _sent;

    internal void On(SocketEvent e)
    {
        Told.Add(e);
        switch (e)
        {
            case SocketEvent.Readable:
                ReadAll();
                break;
            case SocketEvent.Connected or SocketEvent.Accepted or SocketEvent.Writable:
                WriteAll();
                break;
        }
    }

    internal void ReadAll()
    {
        while (Reads)
        {
            int read = sockets.Read(Handle, _buffer, 3, _buffer.Length - 3);
            if (read == 0)
            {
                return;
            }

            Received.AddRange(_buffer.AsSpan(3, read));
        }
    }

    private void WriteAll()
    {
        while (_sent < toSend.Length)
        {
            int offered = Math.Min(toSend.Length - _sent, 1 + (_sent * 7 % 2000));
            int taken = sockets.Write(Handle, toSend, _sent, offered);
            _sent += taken;
            if (taken < offered)
            {
                return;
            }
        }

        if (ClosesAtEnd)
        {
            sockets.Close(Handle);
        }
    }
}
