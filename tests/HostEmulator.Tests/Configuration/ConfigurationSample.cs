// Every program that reads a configuration, each with one in which nothing is wrong and which has each of its elements and attributes.
namespace Tern.HostEmulator.Tests;

/// <summary>A program and a sound configuration of it.</summary>
/// <param name="Binary">The program.</param>
/// <param name="Text">The configuration.</param>
/// <param name="Once">Elements that may stand once.</param>
internal sealed record ConfigurationSample(string Binary, string Text, params string[] Once)
{
    private const string Network = """
        <vfs>
          <dir name="dev"> <log/> </dir>
          <dir name="socket"> <lwip ip_addr="10.0.1.2" netmask="255.255.255.0" gateway="10.0.1.1"/> </dir>
        </vfs>
        <libc stdout="/dev/log" stderr="/dev/log" socket="/socket"/>
        """;

    /// <summary>Elements about files, which Tern does without: nobody is told what stands in them.</summary>
    internal static readonly string[] OfNoMeaning = ["libc", "log"];

    private const string Init = """
        <config verbose="no">
          <parent-provides> <service name="ROM"/> <service name="Timer"/> <service name="Report"/> </parent-provides>
          <affinity-space width="2" height="1"/>
          <default caps="60" ram="16K"/>
          <default-route> <any-service> <parent/> <any-child/> </any-service> </default-route>
          <start name="counter" caps="70" priority="3" restart="no">
            <binary name="sheep_counter"/>
            <resource name="RAM" quantum="32K"/>
            <exit propagate="no" restart="no"/>
            <affinity xpos="0" ypos="0" width="1" height="1"/>
            <provides> <service name="Sheep"/> </provides>
            <route>
              <service name="Timer" label_prefix="x"> <parent label="y"/> </service>
              <any-service> <parent/> <any-child/> </any-service>
            </route>
          </start>
          <start name="by_default"> <binary name="sheep_counter"/> </start>
        </config>
        """;

    private const string Router = """
        <config>
          <policy label_prefix="drivers" domain="uplink"/>
          <policy label="pump" domain="inner"/>
          <domain name="uplink">
            <nat domain="inner" tcp-ports="100" udp-ports="8"/>
            <tcp-forward port="80" domain="inner" to="10.0.1.2" to_port="81"/>
          </domain>
          <domain name="inner" interface="10.0.1.1/24">
            <tcp dst="10.0.2.0/24"> <permit port="80" domain="uplink"/> </tcp>
            <udp dst="0.0.0.0/0"> <permit-any domain="uplink"/> </udp>
          </domain>
          <report/>
        </config>
        """;

    // A target with a faulty start node does not begin, and so tells nothing of its own configuration: the second one has only that.
    private const string Rtcr = $"""
        <config name="rtcr" ip="10.0.1.2" mac="57406533673528" manager_ip="10.0.0.2" manager_port="1024" info_port="1025" migr_port="1026" digest_key="1">
          {Network}
          <dsm slots="2" image_size="128K"/>
          <checkpoint period_ms="1000" on_change="no" min_ms="50" on_request="yes"/>
          <rom changed="update"/>
          <flows open="reconnect"/>
          <serve orphans="keep"/>
          <cdma memory="64K" wait_ms="10" timeout_ms="20"/>
          <migrate after_ms="3000" target="pump" drain_ms="100" overload_percent="80" min_free_ram="64K" for_ms="1000" relief_percent="60" rest_ms="5000" on_sleep="no"/>
          <policy label="operator" target="pump" checkpoint="yes" migrate="no" timeout_ms="100"/>
          <policy label_prefix="panel" label_suffix="left" checkpoint="no"/>
          <start name="pump" caps="60" priority="3">
            <binary name="sheep_counter"/>
            <resource name="RAM" quantum="64K"/>
            <checkpoint period_ms="2000" on_change="yes" min_ms="60" on_request="no"/>
            <rom changed="refuse"/>
            <flows open="refuse"/>
            <serve orphans="close"/>
            <route>
              <service name="Sheep"> <child name="valve"/> <parent/> </service>
              <any-service> <parent/> </any-service>
            </route>
          </start>
          <start name="valve">
            <binary name="pattern_memory"/>
            <config size="16K" period_ms="100"/>
          </start>
        </config>
        """;

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ConfigurationSample> All { get; } =
    [
        new("init", Init, "parent-provides", "affinity-space", "default", "default-route", "binary", "exit", "affinity", "provides", "route"),
        new("nic_router", Router, "report"),
        new("fpga_drv", """<config spi="fpga" interrupt="fpga" memory="256K" frames="4"> <policy label_prefix="rtcr" memory="64K"/> </config>"""),
        new("rtcr", Rtcr, "vfs", "libc", "lwip", "dsm", "checkpoint", "rom", "flows", "serve", "cdma", "migrate", "binary", "resource", "route"),
        new("rtcr_dummy", Rtcr),
        new("manager", $"""
            <config port="1024" nas_ip="10.0.2.2" nas_port="1027" rtcr_info_port="1025" rtcr_migr_port="1026" max_dsm="1M"> {Network} </config>
            """, "vfs", "libc", "lwip"),
        new("nas", $"""<config port="1027"> {Network} </config>""", "vfs", "libc", "lwip"),
        new("checkpoint_client", """<config ask="checkpoint" target="pump" after_ms="1000"/>"""),
        new("flight_recorder", """<config size="64K" period_ms="100" records="4" checks="1"/>"""),
        new("odometer", """<config window="counter" period_ms="100"/>"""),
        new("pattern_memory", """<config size="16K" period_ms="100"/>"""),
        new("sheep_counter", """<config period_ms="500"/>"""),
        new("sleep_watcher", """<config needs_ms="100"/>"""),
        new("telemetry_receiver", """<config port="7000"/>"""),
        new("telemetry_sender", """<config to="10.0.3.2" port="7000" period_ms="100"/>"""),
        new("wheel_speed", """<config interrupt="wheel" period_ms="100" pulse_mm="20"/>"""),
    ];
}
