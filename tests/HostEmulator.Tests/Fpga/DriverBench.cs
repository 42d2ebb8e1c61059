// A bench of one board with the driver that ships with Tern and one client of it, which a test brings.
namespace Tern.HostEmulator.Tests;

internal static class DriverBench
{
    /// <summary>The bench's text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="client">The client's name; its memory in the co-processor is 64 KiB.</param>
    /// <param name="driver">Further attributes of the driver's configuration.</param>
    /// <param name="end">What stands behind the board: faults, expectations.</param>
    internal static string Text(string name, string client, string driver = "", string end = "") => $"""
        <bench name="{name}">
          <board name="ecu" kind="host" start-ms="0">
            <interrupt name="fpga" line="5"/>
            <device kind="fpga" spi="fpga" interrupt="fpga" memory="256K"/>
            <config>
              <parent-provides>
                <service name="ROM"/> <service name="PD"/> <service name="CPU"/> <service name="LOG"/> <service name="RM"/> <service name="SPI"/>
                <service name="IRQ"/> <service name="Timer"/> <service name="Crypto"/> <service name="Report"/>
              </parent-provides>
              <default-route> <any-service> <parent/> <any-child/> </any-service> </default-route>
              <default caps="200"/>
              <start name="fpga_drv">
                <resource name="RAM" quantum="512K"/> <provides> <service name="Copy_engine"/> </provides>
                <config memory="256K" {driver}> <policy label_prefix="{client}" memory="64K"/> </config>
              </start>
              <start name="{client}"> <resource name="RAM" quantum="256K"/> </start>
            </config>
          </board>
          {end}
        </bench>
        """;
}
