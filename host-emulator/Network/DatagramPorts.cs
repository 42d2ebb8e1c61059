// A board's bound datagram ports: sending, broadcasting, receiving. Datagrams may get lost and may overtake each other.
namespace Tern.HostEmulator;

internal sealed class DatagramPorts(VirtualNetwork network, VirtualSockets owner)
{
    private readonly Dictionary<int, DatagramPort> _byHandle = [];
    private readonly Dictionary<int, DatagramPort> _byPort = [];

    internal int Count => _byHandle.Count;

    internal bool IsTaken(int port) => _byPort.ContainsKey(port);

    internal void Add(int handle, int port)
    {
        var bound = new DatagramPort(handle, port, network.Model.DatagramQueue);
        _byHandle.Add(handle, bound);
        _byPort.Add(port, bound);
    }

    internal bool Remove(int handle) => _byHandle.Remove(handle, out DatagramPort? port) && _byPort.Remove(port.Port);

    internal void Clear()
    {
        _byHandle.Clear();
        _byPort.Clear();
    }

    /// <summary>Sends to one board, or to all of the subnet.</summary>
    /// <returns><c>false</c> when nothing could leave the board.</returns>
    internal bool Send(int handle, int address, int port, ReadOnlySpan<byte> content)
    {
        if (!_byHandle.TryGetValue(handle, out DatagramPort? from) || content.Length > network.Model.DatagramBytes)
        {
            return false;
        }

        VirtualSockets? to = owner.Target(address);
        if (to != owner && (!owner.Link.IsUp || !(owner.Identity.IsBroadcast(address) || owner.Identity.HasRoute(address))))
        {
            return false;
        }

        owner.Statistics.DatagramsSent++;
        byte[] copy = content.ToArray();
        if (to is not null)
        {
            Dispatch(to, from.Port, port, copy);
        }
        else if (owner.Identity.IsBroadcast(address))
        {
            foreach (VirtualSockets hearer in network.HearersOf(owner))
            {
                Dispatch(hearer, from.Port, port, copy);
            }
        }

        return true;
    }

    internal void Receive(Datagram datagram)
    {
        if (!_byPort.TryGetValue(datagram.ToPort, out DatagramPort? port) || !port.TryAdd(datagram))
        {
            owner.Statistics.DatagramsLost++;
            return;
        }

        owner.Statistics.DatagramsReceived++;
        if (!port.ReadableIsQueued)
        {
            port.ReadableIsQueued = true;
            owner.Tell(Kernel.SocketEvent.Readable, port.Handle);
        }
    }

    internal Datagram? Take(int handle) =>
        _byHandle.TryGetValue(handle, out DatagramPort? port) ? port.Take() : null;

    /// <summary>A notice about a handle was taken.</summary>
    /// <returns>Whether there is still something to read.</returns>
    internal bool TakeNotice(int handle)
    {
        if (!_byHandle.TryGetValue(handle, out DatagramPort? port))
        {
            return false;
        }

        port.ReadableIsQueued = false;
        return !port.IsEmpty;
    }

    private void Dispatch(VirtualSockets to, int fromPort, int toPort, byte[] content)
    {
        long arrival = VirtualNetwork.Reaches(owner, to) ? owner.Link.DatagramArrivalAt(to, content.Length, owner.HostNow) : -1;
        if (arrival < 0)
        {
            to.Statistics.DatagramsLost++;
            return;
        }

        network.World.Schedule(new Datagram(to, owner.Identity.Address, fromPort, toPort, content), arrival);
    }
}
