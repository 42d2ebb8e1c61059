// Between sockets and rings.
// Invariants: a socket is read only as far as its flow's ring has room, and written only with what the ring holds, so the
// network's own flow control reaches from one program to the other and no byte is lost on the way.
namespace Tern.Kernel;

internal sealed partial class NicSessionServer
{
    private void Send(int flow)
    {
        bool done = Kind(flow) == FlowCommand.Bind ? SendDatagrams(flow) : SendBytes(flow);
        if (!done)
        {
            End(Error.BadData);
        }
    }

    private bool SendBytes(int flow)
    {
        ByteRing ring = Flows.Out(flow);
        byte[] buffer = _device.Buffer;
        int offered = ring.Peek(buffer, 0, buffer.Length);
        while (offered > 0)
        {
            int taken = Sockets.Write(_device.Handle(_row[flow]), buffer, 0, offered);
            ring.Skip(taken);
            _news |= taken > 0 && Flows.UserWantsRoom(flow);
            offered = taken == offered ? ring.Peek(buffer, 0, buffer.Length) : 0;
        }

        return ring.Used >= 0;
    }

    private bool SendDatagrams(int flow)
    {
        var ring = new DatagramRing(Flows.Out(flow));
        byte[] buffer = _device.Buffer;
        int length = ring.Read(buffer, 0, buffer.Length, out int address, out int port);
        while (length >= 0)
        {
            Sockets.SendTo(_device.Handle(_row[flow]), address, port, buffer, 0, length);
            length = ring.Read(buffer, 0, buffer.Length, out address, out port);
        }

        return length != DatagramRing.Violated;
    }

    private void Receive(int flow)
    {
        if (Kind(flow) == FlowCommand.Bind)
        {
            ReceiveDatagrams(flow);
        }
        else if (!ReceiveBytes(flow))
        {
            End(Error.BadData);
        }
    }

    private bool ReceiveBytes(int flow)
    {
        ByteRing ring = Flows.In(flow);
        byte[] buffer = _device.Buffer;
        int count = 1;
        while (count > 0)
        {
            int room = ring.Room < buffer.Length ? ring.Room : buffer.Length;
            count = room > 0 ? Sockets.Read(_device.Handle(_row[flow]), buffer, 0, room) : 0;
            ring.Write(buffer, 0, count);
            _news |= count > 0;
            Flows.SetWantsRoom(flow, room == 0);
        }

        return ring.Used >= 0;
    }

    private void ReceiveDatagrams(int flow)
    {
        // A datagram that finds no room is lost, as datagrams are.
        byte[] buffer = _device.Buffer;
        int handle = _device.Handle(_row[flow]);
        int length = Sockets.ReceiveFrom(handle, buffer, 0, buffer.Length);
        while (length >= 0)
        {
            _news |= new DatagramRing(Flows.In(flow)).Write(Sockets.EventAddress, Sockets.EventPort, buffer, 0, length);
            length = Sockets.ReceiveFrom(handle, buffer, 0, buffer.Length);
        }
    }
}
