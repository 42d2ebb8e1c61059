// The manager's configuration, as in the thesis:
//   <config port="1024" nas_ip="10.0.2.2" nas_port="1027" rtcr_info_port="1025" rtcr_migr_port="1026"> <vfs>…</vfs> </config>
// Optional beside it: max_dsm="1M", the largest DSM that it establishes and the longest image that it takes.
using Tern.Os;

namespace Tern.Cms;

/// <summary>What the manager's configuration says.</summary>
internal sealed class ManagerConfig
{
    private const string Attributes = "port nas_ip nas_port rtcr_info_port rtcr_migr_port max_dsm";

    internal int Port = Ports.Manager;
    internal int NasIp;
    internal int NasPort = Ports.Nas;
    internal int InformationPort = Ports.Information;
    internal int MigrationPort = Ports.Migration;
    internal int MaxDsm = 1024 * 1024;
    internal NetworkConfig Network;

    /// <summary>Reads it. What is wrong is told, and its default is used.</summary>
    /// <param name="config">The root element; an invalid one says nothing.</param>
    /// <param name="reader">Where complaints go.</param>
    internal void Read(XmlNode config, ConfigReader reader)
    {
        reader.Know(config, Attributes, NetworkConfig.Elements, NetworkConfig.Without);
        Port = reader.Port(config, "port", Port);
        NasIp = reader.Address(config, "nas_ip", NasIp);
        NasPort = reader.Port(config, "nas_port", NasPort);
        InformationPort = reader.Port(config, "rtcr_info_port", InformationPort);
        MigrationPort = reader.Port(config, "rtcr_migr_port", MigrationPort);
        MaxDsm = reader.Size(config, "max_dsm", 1, int.MaxValue, MaxDsm);
        Network.Read(config, reader);
        if (config.IsValid && !config.HasAttribute("nas_ip"))
        {
            reader.Fault(config, "without nas_ip checkpoints cannot be stored; write nas_ip=\"10.0.2.2\"");
        }
    }

    /// <summary>Whether a port can be a broker's.</summary>
    internal bool IsFree(int port)
        => port != Port && port != NasPort && port != InformationPort && port != MigrationPort;
}
