// The manager's configuration, as in the thesis:
//   <config port="1024" nas_ip="10.0.2.2" nas_port="1027" rtcr_info_port="1025" rtcr_migr_port="1026"> <vfs>…</vfs> </config>
// Optional beside it: max_dsm="1M", the largest DSM that it establishes and the longest image that it takes.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>What the manager's configuration says.</summary>
internal sealed class ManagerConfig
{
    internal int Port = Ports.Manager;
    internal int NasIp;
    internal int NasPort = Ports.Nas;
    internal int InformationPort = Ports.Information;
    internal int MigrationPort = Ports.Migration;
    internal int MaxDsm = 1024 * 1024;
    internal NetworkConfig Network;

    /// <summary>Reads it. What is wrong is logged, and its default is used.</summary>
    internal void Read(Env env, XmlNode config)
    {
        long most = MaxDsm;
        Check(env, "port", config.Attribute("port").Read(1, Ports.Last, ref Port));
        Check(env, "nas_ip", config.Attribute("nas_ip").ReadIp4(ref NasIp));
        Check(env, "nas_port", config.Attribute("nas_port").Read(1, Ports.Last, ref NasPort));
        Check(env, "rtcr_info_port", config.Attribute("rtcr_info_port").Read(1, Ports.Last, ref InformationPort));
        Check(env, "rtcr_migr_port", config.Attribute("rtcr_migr_port").Read(1, Ports.Last, ref MigrationPort));
        Check(env, "max_dsm", config.Attribute("max_dsm").ReadSize(1, int.MaxValue, ref most));
        MaxDsm = (int)most;
        if (!Network.Read(config, out string fault))
        {
            env.Log("configuration: attribute " + fault + " is no address");
        }

        if (NasIp == 0)
        {
            env.Log("configuration: attribute nas_ip is missing, checkpoints cannot be stored");
        }
    }

    /// <summary>Whether a port can be a broker's.</summary>
    internal bool IsFree(int port)
        => port != Port && port != NasPort && port != InformationPort && port != MigrationPort;

    private static void Check(Env env, string name, ValueState state)
    {
        if (state is not ValueState.Valid and not ValueState.Absent)
        {
            env.Log("configuration: attribute " + name + " is malformed or out of range");
        }
    }
}
