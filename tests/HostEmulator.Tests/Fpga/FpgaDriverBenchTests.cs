// The driver that ships with Tern, on a virtual board's bus, with the model and with the RTL: the same results, interrupts instead of timers,
// and a co-processor that is pulled or reset in the middle is told to its client.
using System.Buffers.Binary;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDriverBenchTests
{
    private const long Millisecond = 1_000_000;

    private const string Text = """
        <bench name="copier">
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
                <config memory="256K"> <policy label_prefix="copier" memory="64K"/> </config>
              </start>
              <start name="copier"> <resource name="RAM" quantum="256K"/> </start>
            </config>
          </board>
          FAULTS
        </bench>
        """;

    [TestMethod]
    [DataRow(FpgaCoreKind.Model, 40)]
    [DataRow(FpgaCoreKind.Rtl, 40)]
    public void JobsAreDoneAndAnInterruptTellsSo(FpgaCoreKind kind, int milliseconds)
    {
        using BenchRun run = Start("", kind, 1);
        run.World.Run(milliseconds * Millisecond);
        Report[] rounds = [.. run.Reports.All.Where(report => report.Word == "checked")];
        Assert.IsGreaterThan(10, rounds.Length);
        for (int i = 0; i < rounds.Length; i++)
        {
            Assert.AreEqual($"checked round={i + 1} crc={CrcOf(i + 1)}", rounds[i].Text);
        }

        Assert.IsGreaterThan(10L, ((InterruptLines)run.Board("ecu").Interrupts!).Seen(5));
        IFpgaCore core = run.Fpgas("ecu")[0].Core;
        Assert.IsTrue(core.Memory[..Copier.Half].SequenceEqual(core.Memory[Copier.Half..Copier.Size]) || core.IsBusy);
    }

    [TestMethod]
    [DataRow(FpgaCoreKind.Model)]
    [DataRow(FpgaCoreKind.Rtl)]
    public void WhatHappensToItIsToldAndItsReturnToo(FpgaCoreKind kind)
    {
        using BenchRun run = Start(
            """
            <fault at-ms="10" kind="fpga-unplug" boards="ecu"/>
            <fault at-ms="200" kind="fpga-plug" boards="ecu"/>
            <fault at-ms="350" kind="fpga-reset" boards="ecu"/>
            """,
            kind,
            1);
        run.World.Run(345 * Millisecond);
        Report[] reports = [.. run.Reports.All];
        Report absent = reports.Single(report => report.Word == "absent");
        Assert.IsInRange(10 * Millisecond, 200 * Millisecond, absent.Time);
        Report[] ready = [.. reports.Where(report => report.Word == "ready")];
        Assert.HasCount(2, ready);
        Assert.IsGreaterThan(200 * Millisecond, ready[1].Time);
        Assert.IsEmpty(
            reports.Where(report => report.Time > absent.Time + Millisecond && report.Time < ready[1].Time), "what had ended before is collected; then nothing comes");
        Assert.IsGreaterThan(10, reports.Count(report => report.Word == "checked" && report.Time > ready[1].Time));

        run.World.Run(450 * Millisecond);
        Assert.AreEqual(3, run.Reports.All.Count(report => report.Word == "ready"), "after the reset, too");
        Assert.IsGreaterThan(440 * Millisecond, run.Reports.All.Last(report => report.Word == "checked").Time);
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameRun()
    {
        const string faults = """<fault at-ms="21" kind="fpga-reset" boards="ecu"/>""";
        Assert.AreEqual(Story(faults, 4), Story(faults, 4));
    }

    private static string Story(string faults, ulong seed)
    {
        using BenchRun run = Start(faults, FpgaCoreKind.Model, seed);
        run.World.Run(100 * Millisecond);
        return string.Join('\n', run.Reports.All.Select(report => $"{report.Time} {report}"));
    }

    private static BenchRun Start(string faults, FpgaCoreKind kind, ulong seed) => new(
        BenchReader.Read(Text.Replace("FAULTS", faults, StringComparison.Ordinal), "copier.xml"),
        new BenchOptions { Seed = seed, FpgaCore = kind, Programs = name => name == "copier" ? new Copier() : HostEmulator.Programs.Make(name) });

    private static int CrcOf(int pattern)
    {
        var bytes = new byte[Copier.Half];
        for (int at = 0; at < bytes.Length; at += 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), pattern);
        }

        return (int)Crc32.Continue(0, bytes);
    }
}
