// All that a Copy_engine session offers, in random order, through the driver and the bus, on the model and on the RTL: against what the client
// knows must come of it.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SessionWalkTests
{
    private const int Steps = 150;

    private const string Text = """
        <bench name="walk">
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
                <config memory="256K" frames="4"> <policy label_prefix="walker" memory="64K"/> </config>
              </start>
              <start name="walker"> <resource name="RAM" quantum="256K"/> </start>
            </config>
          </board>
          <expect within-seconds="60"> <report word="walked"/> <never word="wrong"/> </expect>
        </bench>
        """;

    [TestMethod]
    [DataRow(FpgaCoreKind.Model, 12)]
    [DataRow(FpgaCoreKind.Rtl, 4)]
    public void WhateverASessionDoesMemoryRedundantCopiesAndDirtyBitsAreAsTheyMust(FpgaCoreKind kind, int seeds)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            var walker = new SessionWalker(seed, Steps);
            using var run = new BenchRun(
                BenchReader.Read(Text, "walk.xml"),
                new BenchOptions { FpgaCore = kind, Programs = name => name == "walker" ? walker : Programs.Make(name) });
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: " + string.Join('\n', result.Failures));
        }
    }
}
