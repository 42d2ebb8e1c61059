// A domain of the router: components that share a subnet and the rules for what they may reach.
namespace Tern.Os;

/// <summary>A domain with its rules and counters.</summary>
internal sealed class Domain
{
    private readonly int[] _refused = new int[Refusals.Count];

    internal Domain(string name)
    {
        Name = name;
    }

    internal string Name { get; }

    /// <summary>The router's own address in the domain; 0 without an interface of its own.</summary>
    internal int Interface;

    internal int Prefix;

    /// <summary>Whether its element has a fault that leaves open which clients it is for: it gets none.</summary>
    internal bool IsRefused;

    internal PermitTable Tcp { get; } = new PermitTable();

    internal PermitTable Udp { get; } = new PermitTable();

    internal NatTable TcpNat { get; } = new NatTable();

    internal NatTable UdpNat { get; } = new NatTable();

    internal ForwardTable TcpForward { get; } = new ForwardTable();

    internal ForwardTable UdpForward { get; } = new ForwardTable();

    /// <summary>Whether an address is in the domain's subnet.</summary>
    internal bool Contains(int address)
        => Interface != 0 && ((address ^ Interface) & Ip4.Mask(Prefix)) == 0;

    /// <summary>Whether a component of the domain may have an address.</summary>
    internal bool IsHost(int address)
        => Contains(address) && address != Interface && IsHostPart(address);

    /// <summary>Whether an address is neither the subnet's own nor its broadcast address.</summary>
    internal bool IsHostPart(int address)
        => (address & ~Ip4.Mask(Prefix)) != 0 && (address | Ip4.Mask(Prefix)) != -1;

    /// <summary>Counts something that was not carried.</summary>
    /// <returns>Whether it is the first of its kind.</returns>
    internal bool Refuse(Refusal refusal) => ++_refused[(int)refusal] == 1;

    internal int Refused(Refusal refusal) => _refused[(int)refusal];

    /// <summary>How much was not carried.</summary>
    internal int TotalRefused()
    {
        int total = 0;
        for (int i = 0; i < _refused.Length; i++)
        {
            total += _refused[i];
        }

        return total;
    }
}
