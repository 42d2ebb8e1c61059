// The TCP ports of the checkpoint management system, as the thesis has them.
namespace Tern.Cms;

/// <summary>Well-known ports. A configuration may move each of them but the brokers', which the manager gives out.</summary>
public static class Ports
{
    /// <summary>The manager's main interface.</summary>
    public const int Manager = 1024;

    /// <summary>An RTCR's system information.</summary>
    public const int Information = 1025;

    /// <summary>An RTCR's migrate-and-restore interface.</summary>
    public const int Migration = 1026;

    /// <summary>The network-attached storage.</summary>
    public const int Nas = 1027;

    /// <summary>The first port that the manager gives to a DSM broker.</summary>
    public const int FirstBroker = 1028;

    /// <summary>The highest port there is.</summary>
    public const int Last = 65535;
}
