// A component that reads a device's registers moves to another board: its session and where the registers are attached come
// along, what stands in them does not, and what the counter counts while nobody runs the component is not lost.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class OdometerBenchTests
{
    [TestMethod]
    public void NoPulseIsLostToACounterThatCountsByItself()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var run = new BenchRun(Bench, new BenchOptions { Seed = seed });
            int checkedReports = 0;
            run.Reports.Added += report =>
            {
                if (report.Word == ReportWords.Verified)
                {
                    Assert.AreEqual(CounterOf(run, report.Board, report.Component).Count, report.Number("count"), $"seed {seed} at {report.Time}");
                    checkedReports++;
                }
            };
            BenchResult result = run.Run();
            Assert.IsTrue(result.IsSuccess, $"seed {seed}: {string.Join('\n', result.Failures)}");
            Assert.IsGreaterThan(40, checkedReports);
        }
    }

    [TestMethod]
    public void WhatStandsInRegistersIsTheDevicesAndStaysThere()
    {
        using var run = new BenchRun(Bench, new BenchOptions { Seed = 2 });
        Assert.IsTrue(run.Run().IsSuccess);
        Report[] left = [.. run.Reports.All.Where(report => report.Component == "front_left" && report.Word == ReportWords.Verified)];
        Assert.IsTrue(left.All(report => report.Value("counters") == (report.Board == "ecu1" ? "1" : "2")), "each board's counter is met once, unmarked");
        Assert.AreNotEqual(0, CounterOf(run, "ecu1", "front_left").Read(8, 4), "the mark is still where it was written");
        Assert.AreEqual(CounterOf(run, "ecu1", "front_left").Read(8, 4), CounterOf(run, "ecu2", "front_left").Read(8, 4));
    }

    [TestMethod]
    public void ACountersRegistersAreReadInAnyWidthAndClearedByControl()
    {
        var counter = new PulseCounter();
        for (int i = 0; i < 0x203; i++)
        {
            counter.Pulse();
        }

        Assert.AreEqual(0x203, counter.Read(0, 4));
        Assert.AreEqual(0x03, counter.Read(0, 1));
        Assert.AreEqual(0x02, counter.Read(1, 1));
        counter.Write(0, 4, 77);
        Assert.AreEqual(0x203, counter.Count, "read-only");
        counter.Write(10, 2, 0x1234);
        Assert.AreEqual(0x12340000, counter.Read(8, 4));
        Assert.AreEqual(0, counter.Read(12, 4));
        counter.Write(4, 4, 1);
        Assert.AreEqual(0, counter.Count);
        counter.Reset();
        Assert.AreEqual(0, counter.Read(8, 4));
    }

    /// <summary>The bench wheel-speed with odometers in the place of its drivers.</summary>
    private static Bench Bench
    {
        get
        {
            string file = Path.Combine(AppContext.BaseDirectory, "Benches", "wheel-speed.xml");
            string[] lines = [.. File.ReadAllLines(file)
                .Where(line => !line.Contains("<counted", StringComparison.Ordinal))
                .Select(line => line
                    .Replace("<binary name=\"wheel_speed\"/>", "<binary name=\"odometer\"/>", StringComparison.Ordinal)
                    .Replace("<config interrupt=\"front-left\" pulse_mm=\"40\"/>", "<config window=\"front_left\"/>", StringComparison.Ordinal)
                    .Replace("<config interrupt=\"front-right\" pulse_mm=\"40\"/>", "<config window=\"front_right\"/>", StringComparison.Ordinal)
                    .Replace("<service name=\"IRQ\"/>", "<service name=\"IO_MEM\"/>", StringComparison.Ordinal)
                    .Replace("period-us=\"40000\"", "period-us=\"10000\"", StringComparison.Ordinal))];
            string text = string.Join('\n', lines)
                .Replace("<interrupt name=\"front-left\"", "<device window=\"front_left\" counts=\"front-left\"/><device window=\"front_right\" counts=\"front-right\"/><interrupt name=\"front-left\"", StringComparison.Ordinal);
            return BenchReader.Read(text, file);
        }
    }

    private static PulseCounter CounterOf(BenchRun run, string board, string component) =>
        (PulseCounter)((IoMemory)run.Board(board).IoMemory!).Device(component);
}
