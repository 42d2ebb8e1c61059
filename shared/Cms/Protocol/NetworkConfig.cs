// The address of a component, as its configuration says it:
//   <vfs><dir name="socket"><lwip ip_addr="10.0.0.2" netmask="255.255.255.0" gateway="10.0.0.1"/></dir></vfs>
// Without it, or with dhcp="yes", the address is what the Nic session's server assigns.
using Tern.Os;

namespace Tern.Cms;

/// <summary>An IPv4 configuration in host byte order.</summary>
public struct NetworkConfig
{
    /// <summary>The address; 0 for what is assigned.</summary>
    public int Address;

    /// <summary>The netmask.</summary>
    public int Netmask;

    /// <summary>The gateway; 0 for none.</summary>
    public int Gateway;

    /// <summary>Reads it from a component's configuration.</summary>
    /// <param name="config">The <c>config</c> element.</param>
    /// <param name="fault">The name of the attribute that is wrong; empty when all is well.</param>
    /// <returns>Whether it can be used.</returns>
    public bool Read(XmlNode config, out string fault)
    {
        Address = Netmask = Gateway = 0;
        fault = "";
        XmlNode directory = config.Child("vfs").Child("dir");
        while (directory.IsValid && directory.Attribute("name", "") != "socket")
        {
            directory = directory.NextNamed("dir");
        }

        XmlNode lwip = directory.Child("lwip");
        bool assigned = false;
        lwip.Attribute("dhcp").Read(ref assigned);
        if (!lwip.IsValid || assigned)
        {
            return true;
        }

        fault = Take(lwip, "ip_addr", ref Address) ? Take(lwip, "netmask", ref Netmask)
            ? Take(lwip, "gateway", ref Gateway) ? "" : "gateway" : "netmask" : "ip_addr";
        return fault.Length == 0;
    }

    private static bool Take(XmlNode node, string name, ref int address)
        => node.Attribute(name).ReadIp4(ref address) is ValueState.Valid or ValueState.Absent;
}
