// A datagram under way; it arrives once, or never.
namespace Tern.HostEmulator;

internal sealed class Datagram(VirtualSockets to, int fromAddress, int fromPort, int toPort, byte[] content) : WorldEvent
{
    internal int FromAddress => fromAddress;

    internal int FromPort => fromPort;

    internal int ToPort => toPort;

    internal byte[] Content => content;

    protected internal override void Fire() => to.Receive(this);
}
