// The scenario that Tern exists for with a cable out at every moment of its two migrations, with the real RTCRs: each sheep goes on
// counting in the end, and no count is missing or there twice, so it never ran twice and was never nowhere.
// With the environment variable TERN_SWEEP=long, every ten milliseconds and with more seeds.
using System.Globalization;

namespace Tern.HostEmulator.Tests.CheckpointManagement;

[TestClass]
public sealed class CableTests
{
    private const int From = 3_400;
    private const int To = 6_000;
    private const int Counts = 48;

    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", "checkpoint-management.xml"));

    /// <summary>sheep_1, just restored on ecu2, was ended by a stop that was repeated for sheep_2, which had been there before.</summary>
    [TestMethod]
    public void A_repeated_stop_ends_only_the_component_that_it_was_for()
    {
        for (int at = 4_760; at <= 4_800; at += 4)
        {
            Judge("manager", at, 7_000, 1);
        }
    }

    [TestMethod]
    [DataRow("manager", 40)]
    [DataRow("manager", 7_000)]
    [DataRow("nas", 40)]
    [DataRow("nas", 7_000)]
    [DataRow("ecu1", 40)]
    [DataRow("ecu1", 7_000)]
    [DataRow("ecu2", 40)]
    [DataRow("ecu2", 7_000)]
    public void A_cable_out_at_any_moment_of_the_migrations_loses_no_sheep(string board, int milliseconds)
    {
        bool isLong = Environment.GetEnvironmentVariable("TERN_SWEEP") == "long";
        int stride = isLong ? 10 : 130;
        for (ulong seed = 1; seed <= (isLong ? 5ul : 2ul); seed++)
        {
            for (int at = From + ((int)seed * 7); at < To; at += stride)
            {
                // From the second round on, with another seed each time.
                Judge(board, at, milliseconds, seed == 1 ? 1 : seed + (ulong)at);
            }
        }
    }

    private static void Judge(string board, int at, int milliseconds, ulong seed)
    {
        string text = Text[..Text.IndexOf("<expect", StringComparison.Ordinal)] + string.Create(CultureInfo.InvariantCulture, $"""
            <fault at-ms="{at}" kind="unplug" boards="{board}"/><fault at-ms="{at + milliseconds}" kind="plug" boards="{board}"/>
            <expect within-seconds="60" log-errors="ignore">
              <report word="verified" from="sheep_1" at-least="{Counts}"/>
              <report word="verified" from="sheep_2" at-least="{Counts}"/>
              <never word="broken"/>
            </expect></bench>
            """);
        var ledger = new SheepLedger();
        using var run = new BenchRun(BenchReader.Read(text, "cable.xml"), new BenchOptions { Seed = seed, Log = ledger });
        BenchResult result = run.Run();
        string what = $"cable of {board} out from {at} ms for {milliseconds} ms, seed {seed}: ";
        Assert.IsTrue(result.IsSuccess, what + string.Join('\n', result.Failures) + string.Join('\n', ledger.Text.Split('\n').TakeLast(40)));
        Assert.AreEqual("", ledger.Discrepancy(), what);
    }
}
