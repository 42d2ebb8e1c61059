// A board with a nic_router (and, if wanted, a driver and sockets), and peers that a test directs.
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Os.Tests;

/// <summary>Components behind a router.</summary>
internal sealed class NetBench
{
    internal const string Route =
        "<route><service name=\"Nic\"><child name=\"nic_router\"/></service><service name=\"Uplink\"><child name=\"nic_router\"/></service><any-service><parent/></any-service></route>";

    private const string Driver =
        "<start name=\"drivers\" caps=\"200\"><binary name=\"init\"/><resource name=\"RAM\" quantum=\"400K\"/>"
        + "<route><service name=\"Uplink\"><child name=\"nic_router\"/></service><any-service><parent/></any-service></route>"
        + "<config><parent-provides><service name=\"PD\"/><service name=\"CPU\"/><service name=\"LOG\"/><service name=\"ROM\"/>"
        + "<service name=\"Nic\"/><service name=\"Uplink\"/></parent-provides><default ram=\"300K\" caps=\"100\"/><start name=\"nic_drv\"><route><any-service><parent/></any-service></route></start></config></start>";

    private string _starts = "";

    internal InitBench Board { get; } = new InitBench().With("nic_router", new NicRouter()).With("nic_drv", new NicDriver());

    internal static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8));
        }

        return bytes;
    }

    internal static int Ip(string text)
    {
        Assert.IsTrue(Ip4.TryParse(text, out int address), text);
        return address;
    }

    /// <summary>Adds a component with an address; an empty one means: assigned.</summary>
    internal NetPeer Add(string name, string address)
    {
        var peer = new NetPeer { Address = address.Length == 0 ? 0 : Ip(address) };
        Board.With(name, peer);
        _starts += "<start name=\"" + name + "\">" + Route + "</start>";
        return peer;
    }

    /// <summary>Adds a component of a test's own.</summary>
    internal NetBench With(string name, Program program)
    {
        Board.With(name, program);
        _starts += "<start name=\"" + name + "\" caps=\"3000\">" + Route + "</start>";
        return this;
    }

    /// <summary>Gives the board a network, and the router an uplink to it.</summary>
    internal NetBench On(TestSockets sockets)
    {
        Board.Sockets = sockets;
        _starts += Driver;
        return this;
    }

    internal NetBench Boot(string routerConfig)
    {
        Board.Boot("<config><default ram=\"100K\" caps=\"100\"/>" + _starts
            + "<start name=\"nic_router\" caps=\"300\"><resource name=\"RAM\" quantum=\"1M\"/>"
            + "<provides><service name=\"Nic\"/><service name=\"Uplink\"/></provides>"
            + "<route><any-service><parent/></any-service></route>" + routerConfig + "</start></config>");
        Board.Run(2);
        return this;
    }

    internal void Do(NetPeer peer, NetOrder order)
    {
        peer.Order(order);
        Board.Run(3);
    }
}
