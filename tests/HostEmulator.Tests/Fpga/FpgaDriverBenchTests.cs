// The driver that ships with Tern, on a virtual board's bus, with the model and with the RTL: the same results, interrupts instead of timers,
// and a co-processor that is pulled or reset in the middle is told to its client.
using System.Buffers.Binary;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDriverBenchTests
{
    private const long Millisecond = 1_000_000;

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
            """<fault at-ms="10" kind="fpga-unplug" boards="ecu"/><fault at-ms="100" kind="fpga-plug" boards="ecu"/>""", kind, 1);
        Report absent = RunUntil(run, "absent", 1);
        Assert.IsInRange(10 * Millisecond, 100 * Millisecond, absent.Time);
        Report ready = RunUntil(run, "ready", 2);
        Assert.IsGreaterThan(100 * Millisecond, ready.Time);
        Assert.IsEmpty(
            run.Reports.All.Where(report => report.Time > absent.Time + Millisecond && report.Time < ready.Time), "what had ended before is collected; then nothing comes");
        Assert.IsGreaterThan(ready.Time, RunUntil(run, "checked", run.Reports.All.Count(report => report.Word == "checked") + 10).Time);

        run.Fpgas("ecu")[0].Reset();
        ready = RunUntil(run, "ready", 3);
        RunUntil(run, "checked", run.Reports.All.Count(report => report.Word == "checked") + 10);
        Assert.AreEqual(2, run.Reports.All.Count(report => report.Word == "absent" && report.Time < ready.Time));
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

    /// <summary>Runs until so many reports of a word have come.</summary>
    private static Report RunUntil(BenchRun run, string word, int count)
    {
        long end = run.World.Now + (5000 * Millisecond);
        while (run.Reports.All.Count(report => report.Word == word) < count)
        {
            Assert.IsLessThan(end, run.World.Now, $"{word} did not come {count} times");
            Assert.AreEqual(StopReason.TimeLimit, run.World.Run(run.World.Now + Millisecond), "nothing will ever happen");
        }

        return run.Reports.All.Where(report => report.Word == word).ElementAt(count - 1);
    }

    private static BenchRun Start(string faults, FpgaCoreKind kind, ulong seed) => new(
        BenchReader.Read(DriverBench.Text("copier", "copier", end: faults), "copier.xml"),
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
