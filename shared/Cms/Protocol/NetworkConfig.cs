// The address of a component, as its configuration says it:
//   <vfs><dir name="socket"><lwip ip_addr="10.0.0.2" netmask="255.255.255.0" gateway="10.0.0.1"/></dir></vfs>
// Without it, or with dhcp="yes", the address is what the Nic session's server assigns. Tern has no files: what else stands in <vfs> and
// <libc> has nothing to say here, so its attributes are passed over; a file system that Genode does not have either could be a misspelt
// <lwip>, and is told.
using Tern.Os;

namespace Tern.Cms;

/// <summary>An IPv4 configuration in host byte order.</summary>
public struct NetworkConfig
{
    /// <summary>The elements of a component's configuration that are about its files, the network among them.</summary>
    public const string Elements = "vfs libc";

    /// <summary>What Genode reads in the configuration of every program, and what changes nothing here.</summary>
    public const string Without = "ld_verbose ld_bind_now ld_check_ctors arg env heartbeat";

    private const string WithoutInLwip = "nameserver nameserver1 nameserver2 label mtu verbose";
    private const string Files = "dir lwip log null zero ram rom tar inline symlink rtc pipe terminal fs block import random jitterentropy"
        + " fatfs rump ttf";
    private const string OtherStacks = "lxip";

    /// <summary>The address; 0 for what is assigned.</summary>
    public int Address;

    /// <summary>The netmask.</summary>
    public int Netmask;

    /// <summary>The gateway; 0 for none.</summary>
    public int Gateway;

    /// <summary>Reads it from a component's configuration. What is wrong is told, and the address is assigned.</summary>
    /// <param name="config">The <c>config</c> element.</param>
    /// <param name="reader">Where complaints go.</param>
    public void Read(XmlNode config, ConfigReader reader)
    {
        reader.Once(config, Elements);
        XmlNode lwip = default;
        FindStack(config.Child("vfs"), reader, ref lwip);
        reader.Know(lwip, "ip_addr netmask gateway dhcp", "", WithoutInLwip);
        int faults = reader.Faults;
        bool isAssigned = reader.Truth(lwip, "dhcp", false);
        Address = reader.Address(lwip, "ip_addr", 0);
        Netmask = reader.Address(lwip, "netmask", 0);
        Gateway = reader.Address(lwip, "gateway", 0);
        if ((~Netmask & (~Netmask + 1)) != 0)
        {
            reader.Fault(lwip, "netmask", "netmask is " + Ip4.Format(Netmask) + "; write ones and then zeros, as 255.255.255.0");
        }

        if (isAssigned && lwip.HasAttribute("ip_addr"))
        {
            reader.Warn(lwip, "with dhcp=\"yes\" the address is assigned; ip_addr does not count");
        }

        if (isAssigned || reader.Faults > faults)
        {
            Address = Netmask = Gateway = 0;
        }
    }

    /// <summary>The first network stack of a directory or one in it; there may be one.</summary>
    private static void FindStack(XmlNode directory, ConfigReader reader, ref XmlNode lwip)
    {
        bool isRoot = directory.Is("vfs");
        for (XmlNode node = directory.FirstChild; node.IsValid; node = node.Next)
        {
            if (node.Is("lwip") && lwip.IsValid)
            {
                reader.Fault(node, "a second <lwip> does not count; a component has one address");
            }
            else if (node.Is("lwip"))
            {
                lwip = node;
            }
            else if (node.Is("dir"))
            {
                FindStack(node, reader, ref lwip);
            }
        }

        reader.Know(directory, isRoot ? "" : "name", Files, OtherStacks);
    }
}
