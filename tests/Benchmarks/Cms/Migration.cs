// A planned migration through manager and NAS: what it costs the host, and how long nobody runs the target.
using System.Globalization;
using Tern.HostEmulator;

namespace Tern.Benchmarks;

internal sealed class Migration : Benchmark
{
    private const string Scenario = "checkpoint-management";

    private readonly List<Figure> _figures = [];

    internal override string Title => "Migration: two targets change boards, by way of a manager board and a NAS board";

    internal override string Note => "A run boots four boards, lets them work for two seconds and a half of their time, migrates both targets and waits until they "
        + "have verified themselves. Modelled figures are those of the modelled boards and network; measured ones are of this machine, "
        + "with boards of kind host and a network without latency.";

    internal override IEnumerable<Figure> Figures => _figures;

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Benches", Scenario + ".xml"));
        Bench modelled = BenchReader.Read(text, Scenario);
        AddFigures("modelled, ESP32 with PSRAM, 10 MB/s", modelled, false);
        if (size == Size.Full)
        {
            AddFigures("measured, this machine", BenchReader.Read(OnThisMachine(text), Scenario), true);
        }

        return
        [
            new Case("a run in virtual time, two migrations included", Case.Timed(count =>
            {
                for (int i = 0; i < count; i++)
                {
                    Run(modelled, false);
                }
            }))
            {
                IsLong = true,
            },
        ];
    }

    private static string OnThisMachine(string text) => text
        .Replace("kind=\"esp32-psram\"", "kind=\"host\"", StringComparison.Ordinal)
        .Replace("kind=\"stm32\"", "kind=\"host\"", StringComparison.Ordinal)
        .Replace("latency-us=\"200\" jitter-us=\"300\" bandwidth=\"10M\"", "latency-us=\"0\"", StringComparison.Ordinal);

    private static IReadOnlyList<Move> Run(Bench bench, bool isRealTime)
    {
        using var run = new BenchRun(bench, new BenchOptions { RealTime = isRealTime });
        BenchResult result = run.Run();
        Expect.That(result.IsSuccess, string.Join('\n', result.Failures));
        return result.Moves;
    }

    private void AddFigures(string how, Bench bench, bool isRealTime)
    {
        foreach (Move move in Run(bench, isRealTime))
        {
            _figures.Add(new Figure($"{move.Target}: downtime, {how}", Milliseconds(move.DowntimeNanoseconds)));
            _figures.Add(new Figure($"{move.Target}: stop time of the last checkpoint, {move.ImageBytes} bytes, {how}", Milliseconds(move.StopNanoseconds)));
        }
    }

    private static string Milliseconds(long? nanoseconds) => (nanoseconds / 1e6 ?? 0).ToString("0.000", CultureInfo.InvariantCulture) + " ms";
}
