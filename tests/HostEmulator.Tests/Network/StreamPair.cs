// A client and a server on two boards (or one) that send each other bytes and keep everything they are told.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

internal sealed class StreamPair
{
    internal const int Port = 1024;

    internal StreamPair(TestWorld world, byte[] fromClient, byte[] fromServer, LinkModel? link = null, bool loopback = false)
    {
        Server = world.Add(link: link);
        Client = loopback ? Server : world.Add(link: link);
        ClientSide = new StreamUser(Client.Sockets, fromClient);
        ServerSide = new StreamUser(Server.Sockets, fromServer);
        Server.Machine.OnPoll = () => Drain(Server.Sockets);
        Client.Machine.OnPoll = () => Drain(Client.Sockets);
    }

    internal TestBoard Server { get; }

    internal TestBoard Client { get; }

    internal StreamUser ClientSide { get; }

    internal StreamUser ServerSide { get; }

    /// <summary>Listens and connects when both links are up.</summary>
    internal void Connect(TestWorld world)
    {
        world.RunFor(0.01);
        Assert.AreNotEqual(0, Server.Sockets.Listen(Port));
        ClientSide.Handle = Client.Sockets.Connect(Server.Sockets.Address, Port);
        Assert.AreNotEqual(0, ClientSide.Handle);
    }

    private void Drain(VirtualSockets sockets)
    {
        for (SocketEvent e = sockets.Take(); e != SocketEvent.None; e = sockets.Take())
        {
            if (e == SocketEvent.Accepted)
            {
                ServerSide.Handle = sockets.EventHandle;
                ServerSide.On(e);
            }
            else if (e != SocketEvent.Link)
            {
                StreamUser user = sockets == Client.Sockets && sockets.EventHandle == ClientSide.Handle ? ClientSide : ServerSide;
                Assert.AreEqual(user.Handle, sockets.EventHandle, "an event about a handle that nobody has");
                user.On(e);
            }
        }
    }
}
