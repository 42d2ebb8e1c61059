// What an RTCR's configuration says of the CMS, as in the thesis:
//   <config name="dummy_1" ip="10.0.1.2" mac="57406533673528" manager_ip="10.0.0.2" manager_port="1024" info_port="1025" migr_port="1026">
// Optional beside it: digest_key="1", the board's key by which unchanged pages are known.
using Tern.Os;

namespace Tern.Cms;

/// <summary>The CMS attributes of an RTCR's configuration.</summary>
public struct CmsConfig
{
    /// <summary>The attributes that it reads.</summary>
    public const string Attributes = "ip mac manager_ip manager_port info_port migr_port digest_key";

    /// <summary>The RTCR's address in host byte order.</summary>
    public int Ip;

    /// <summary>The MAC address by which the ECU's checkpoints are known.</summary>
    public long Mac;

    /// <summary>The manager's address. The same as <see cref="Ip"/>: it is on this board, and reached by its service.</summary>
    public int ManagerIp;

    /// <summary>The manager's port.</summary>
    public int ManagerPort;

    /// <summary>The port of the system information.</summary>
    public int InformationPort;

    /// <summary>The migrate-and-restore port.</summary>
    public int MigrationPort;

    /// <summary>The board's key for page digests.</summary>
    public int DigestKey;

    /// <summary>Whether manager and RTCR share a board.</summary>
    public readonly bool IsLocal => Ip == ManagerIp;

    /// <summary>Reads it. What is wrong is told, and its default is used.</summary>
    /// <param name="config">The <c>config</c> element; the attributes that it may have beside these are its owner's to know.</param>
    /// <param name="reader">Where complaints go.</param>
    /// <returns>Whether there is a manager, and an address to be known by.</returns>
    public bool Read(XmlNode config, ConfigReader reader)
    {
        Ip = reader.Address(config, "ip", 0);
        Mac = reader.Mac(config, "mac", 0);
        ManagerIp = reader.Address(config, "manager_ip", 0);
        ManagerPort = reader.Port(config, "manager_port", Ports.Manager);
        InformationPort = reader.Port(config, "info_port", Ports.Information);
        MigrationPort = reader.Port(config, "migr_port", Ports.Migration);
        DigestKey = reader.Number(config, "digest_key", 0, int.MaxValue, 1);
        if (config.HasAttribute("manager_ip") && !config.HasAttribute("ip"))
        {
            reader.Fault(config, "manager_ip", "with a manager goes the board's own address; write ip=\"10.0.1.2\"");
        }

        return Ip != 0 && ManagerIp != 0;
    }
}
