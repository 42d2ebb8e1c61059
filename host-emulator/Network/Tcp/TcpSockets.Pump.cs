// How the host's sockets become events of a board: which ones are asked about, and what each answer means.
using System.Net;
using System.Net.Sockets;
using Tern.Kernel;

namespace Tern.HostEmulator;

public sealed partial class TcpSockets
{
    internal void OnPowerOn()
    {
        _powered = true;
        Tell(new SocketNotice(SocketEvent.Link));
    }

    internal void OnPowerOff()
    {
        _powered = false;
        foreach (TcpHandle handle in _handles.Values)
        {
            handle.Socket.Close(0);
        }

        _draining.ForEach(draining => draining.Socket.Dispose());
        _draining.Clear();
        _handles.Clear();
        _notices.Clear();
    }

    /// <summary>Adds the sockets about which something is to be told.</summary>
    internal void Collect(List<Socket> readable, List<Socket> writable, List<Socket> failed)
    {
        foreach (TcpHandle handle in _handles.Values)
        {
            if (handle.Role == TcpRole.Connecting && !handle.IsOver)
            {
                writable.Add(handle.Socket);
                failed.Add(handle.Socket);
            }
            else if (handle.WaitsToRead && !handle.IsOver && handle.Role != TcpRole.Connecting)
            {
                readable.Add(handle.Socket);
            }

            if (handle.Role == TcpRole.Stream && handle.WaitsToWrite && !handle.IsOver)
            {
                writable.Add(handle.Socket);
            }
        }

        readable.AddRange(_draining.Select(draining => draining.Socket));
    }

    /// <summary>Queues what happened to the sockets.</summary>
    /// <returns>Whether anything was queued.</returns>
    internal bool Dispatch(List<Socket> readable, List<Socket> writable, List<Socket> failed)
    {
        bool any = false;
        foreach (TcpHandle handle in _handles.Values.ToArray())
        {
            if (handle.Role == TcpRole.Connecting && !handle.IsOver && (failed.Contains(handle.Socket) || writable.Contains(handle.Socket)))
            {
                any = true;
                Connected(handle);
            }
            else if (handle.Role != TcpRole.Connecting)
            {
                any |= DispatchReadable(handle, readable) | DispatchWritable(handle, writable);
            }
        }

        _draining.RemoveAll(draining => IsDrained(draining.Socket, draining.Until, readable));
        return any;
    }

    private bool DispatchReadable(TcpHandle handle, List<Socket> readable)
    {
        if (!handle.WaitsToRead || !readable.Contains(handle.Socket))
        {
            return false;
        }

        if (handle.Role == TcpRole.Listener)
        {
            Accept(handle);
        }
        else
        {
            handle.WaitsToRead = false;
            Tell(new SocketNotice(SocketEvent.Readable, handle.Number));
        }

        return true;
    }

    private bool DispatchWritable(TcpHandle handle, List<Socket> writable)
    {
        if (!handle.WaitsToWrite || !writable.Contains(handle.Socket))
        {
            return false;
        }

        handle.WaitsToWrite = false;
        Tell(new SocketNotice(SocketEvent.Writable, handle.Number));
        return true;
    }

    private bool IsDrained(Socket socket, long until, List<Socket> readable)
    {
        bool ended = readable.Contains(socket)
            && socket.Receive(_scratch, 0, _scratch.Length, SocketFlags.None, out SocketError error) == 0 && error != SocketError.WouldBlock;
        if (!ended && _network.Now <= until)
        {
            return false;
        }

        socket.Dispose();
        return true;
    }

    private void Connected(TcpHandle handle)
    {
        bool failed = (int)handle.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0 || handle.Socket.RemoteEndPoint is null;
        if (failed)
        {
            End(handle);
            return;
        }

        handle.Role = TcpRole.Stream;
        Tell(new SocketNotice(SocketEvent.Connected, handle.Number));
    }

    private void Accept(TcpHandle listener)
    {
        Socket accepted;
        try
        {
            accepted = listener.Socket.Accept();
        }
        catch (SocketException)
        {
            return;                     // it was given up in the meantime
        }

        if (!HasRoom("a stream from another board"))
        {
            accepted.Close(0);
            return;
        }

        int handle = Add(accepted, TcpRole.Stream);
        var peer = (IPEndPoint)accepted.RemoteEndPoint!;
        Tell(new SocketNotice(SocketEvent.Accepted, handle, listener.Number, _network.AddressOf(peer), peer.Port));
    }
}
