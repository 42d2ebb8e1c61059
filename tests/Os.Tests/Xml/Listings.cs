// The configurations of the CMS thesis, as printed. They are what its readers will try first.
namespace Tern.Os.Tests;

internal static class Listings
{
    /// <summary>Listing 5.2.</summary>
    internal const string Manager = """
        <start name="manager">
          <resource name="RAM" quantum="10M"/>
          <provides> <service name="Manager"/> </provides>
          <config port="1024" nas_ip="10.0.2.2" nas_port="1027" rtcr_info_port="1025" rtcr_migr_port="1026">
            <vfs>
              <dir name="dev"> <log/> </dir>
              <dir name="socket">
                <lwip ip_addr="10.0.0.2"
                      netmask="255.255.255.0"
                      gateway="10.0.0.1"/>
              </dir>
            </vfs>
            <libc stdout="/dev/log" stderr="/dev/log" socket="/socket"/>
          </config>
          <route>
            <service name="Nic"> <child name="nic_router"/> </service>
            <any-service> <parent/> <any-child/> </any-service>
          </route>
        </start>
        """;

    /// <summary>Listing 5.3.</summary>
    internal const string RtcrDummy = """
        <start name="rtcr_dummy_1">
          <binary name="rtcr_dummy"/>
          <resource name="RAM" quantum="10M"/>
          <config name="dummy_1" ip="10.0.1.2" mac="57406533673528" manager_ip="10.0.0.2" manager_port="1024" info_port="1025" migr_port="1026">
            <vfs>
              <dir name="dev"> <log/> </dir>
              <dir name="socket"> <lwip ip_addr="10.0.1.2"
                                        netmask="255.255.255.0"
                                        gateway="10.0.1.1"/>
              </dir>
            </vfs>
            <libc stdout="/dev/log" stderr="/dev/log" socket="/socket"/>
          </config>
          <route>
            <service name="Nic"> <child name="nic_router"/> </service>
            <service name="Manager"> <child name="manager"/> </service>
            <any-service> <parent/> <any-child/> </any-service>
          </route>
        </start>
        """;

    /// <summary>Listing 5.4.</summary>
    internal const string NicRouter = """
        <start name="nic_router" caps="1000">
          <resource name="RAM" quantum="32M"/>
          <provides>
            <service name="Nic"/>
            <service name="Uplink"/>
          </provides>
          <config>
            <policy label_prefix="drivers" domain="uplink"/>
            <policy label_prefix="manager" domain="manager"/>
            <policy label_prefix="rtcr_dummy" domain="rtcr"/>
            <policy label_prefix="nas" domain="nas"/>

            <domain name="uplink">
              <nat domain="manager" tcp-ports="100"/>
              <nat domain="rtcr" tcp-ports="100"/>
              <nat domain="nas" tcp-ports="100"/>
            </domain>
            <domain name="manager" interface="10.0.0.1/24">
              <tcp dst="10.0.1.0/24">
                <permit port="1025" domain="rtcr" />
                <permit port="1026" domain="rtcr" />
              </tcp>
              <tcp dst="10.0.2.0/24">
                <permit port="1027" domain="nas" />
              </tcp>
            </domain>
            <domain name="rtcr" interface="10.0.1.1/24">
              <tcp dst="10.0.0.0/24">
                <permit-any domain="manager" />
              </tcp>
            </domain>
            <domain name="nas" interface="10.0.2.1/24">
            </domain>
          </config>
        </start>
        """;
}
