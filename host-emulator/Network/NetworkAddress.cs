// A board's place in an IPv4 network.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>Address, netmask and gateway in host byte order, and the MAC address in the low 48 bits.</summary>
public readonly record struct NetworkAddress(int Address, int Netmask, int Gateway = 0, long Mac = 0)
{
    /// <summary>The address that everybody on the own link hears.</summary>
    public const int Broadcast = -1;

    /// <summary>Whether an address is in the same subnet.</summary>
    public bool IsNear(int address) => ((address ^ Address) & Netmask) == 0;

    /// <summary>Whether there is a way to an address: a near one, or through the gateway.</summary>
    public bool HasRoute(int address) => IsNear(address) || Gateway != 0;

    /// <summary>Whether the address means the whole subnet.</summary>
    public bool IsBroadcast(int address) => address == Broadcast || (IsNear(address) && (address | Netmask) == Broadcast);

    /// <summary>Whether the address never leaves the board (127.0.0.0/8).</summary>
    public static bool IsLoopback(int address) => (address >>> 24) == 127;

    /// <summary>Writes an address as people do: <c>10.0.0.1</c>.</summary>
    public static string Format(int address) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address >>> 24}.{(address >>> 16) & 255}.{(address >>> 8) & 255}.{address & 255}");
}
