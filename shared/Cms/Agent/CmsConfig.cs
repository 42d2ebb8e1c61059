// What an RTCR's configuration says of the CMS, as in the thesis:
//   <config name="dummy_1" ip="10.0.1.2" mac="57406533673528" manager_ip="10.0.0.2" manager_port="1024" info_port="1025" migr_port="1026">
// Optional beside it: digest_key="1", the board's key by which unchanged pages are known.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>The CMS attributes of an RTCR's configuration.</summary>
public struct CmsConfig
{
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

    /// <summary>Reads it. What is wrong is logged, and its default is used.</summary>
    /// <param name="env">Where to log.</param>
    /// <param name="config">The <c>config</c> element.</param>
    /// <returns>Whether the addresses are there.</returns>
    public bool Read(Env env, XmlNode config)
    {
        ManagerPort = Ports.Manager;
        InformationPort = Ports.Information;
        MigrationPort = Ports.Migration;
        DigestKey = 1;
        Check(env, "ip", config.Attribute("ip").ReadIp4(ref Ip));
        Check(env, "mac", config.Attribute("mac").ReadMac(ref Mac));
        Check(env, "manager_ip", config.Attribute("manager_ip").ReadIp4(ref ManagerIp));
        Check(env, "manager_port", config.Attribute("manager_port").Read(1, Ports.Last, ref ManagerPort));
        Check(env, "info_port", config.Attribute("info_port").Read(1, Ports.Last, ref InformationPort));
        Check(env, "migr_port", config.Attribute("migr_port").Read(1, Ports.Last, ref MigrationPort));
        Check(env, "digest_key", config.Attribute("digest_key").Read(ref DigestKey));
        if (ManagerIp == 0)
        {
            env.Log("configuration: attribute manager_ip is missing");
        }

        return Ip != 0 && ManagerIp != 0;
    }

    private static void Check(Env env, string name, ValueState state)
    {
        if (state is not ValueState.Valid and not ValueState.Absent)
        {
            env.Log("configuration: attribute " + name + " is malformed or out of range");
        }
    }
}
