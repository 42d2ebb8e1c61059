// The co-processor pulled from a board where a target has just arrived, before its first checkpoint there: it goes on from the image that it came with.
using System.Globalization;

namespace Tern.HostEmulator.Tests.CheckpointManagement;

[TestClass]
public sealed class FpgaArrivalTests
{
    [TestMethod]
    public void Pulled_after_an_arrival_the_target_goes_on_from_what_it_came_with()
    {
        long arrival;
        using (BenchRun run = Run(0, new SheepLedger()))
        {
            run.Run();
            arrival = run.Reports.All.First(report => report.Word == "restored" && report.Value("target") == "sheep_1").Time / 1_000_000;
        }

        int caught = 0;
        foreach (int later in new[] { 1, 20, 300, 700 })
        {
            var ledger = new SheepLedger();
            using BenchRun run = Run(arrival + later, ledger);
            BenchResult result = run.Run();
            Report[] reports = [.. run.Reports.All];
            string what = $"{later} ms after {arrival} ms\n" + string.Join("\n", result.Failures) + "\n" + ledger.Text;
            Report? recovered = reports.FirstOrDefault(report => report.Word == "recovered" && report.Value("target") == "sheep_1");
            Assert.IsNotNull(recovered, what);
            Report restored = reports.First(report => report.Word == "restored" && report.Value("target") == "sheep_1");
            caught += reports.Any(report => report.Word == "captured" && report.Value("target") == "sheep_1"
                && report.Time > restored.Time && report.Time < recovered.Time) ? 0 : 1;
            long before = reports.Last(report => report.Word == "verified" && report.Component == "sheep_1" && report.Time < restored.Time)
                .Number("count")!.Value;
            long first = reports.First(report => report.Word == "verified" && report.Component == "sheep_1"
                && report.Time > recovered.Time).Number("count")!.Value;
            Assert.IsGreaterThan(before, first, what);
        }

        Assert.IsGreaterThan(1, caught, "no pull was before the first checkpoint");
    }

    private static BenchRun Run(long pullAt, SheepLedger ledger)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", "checkpoint-management-fpga.xml"));
        text = text[..text.IndexOf("<expect", StringComparison.Ordinal)]
            + (pullAt == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"""<fault at-ms="{pullAt}" kind="fpga-unplug" boards="ecu2"/>"""))
            + """<expect within-seconds="12" log-errors="ignore"><report word="verified" from="sheep_1" at-least="40"/></expect></bench>""";
        return new BenchRun(BenchReader.Read(text, "arrival.xml"), new BenchOptions { Log = ledger });
    }
}
