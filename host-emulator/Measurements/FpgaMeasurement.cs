// The measurement as a whole: which sizes, rates and latencies, and what follows from comparing them with a processor's own copy.
namespace Tern.HostEmulator;

/// <summary>Measures a core.</summary>
/// <param name="name">What the command line calls it.</param>
/// <param name="coreOf">Makes one with so many bytes of memory and such latencies.</param>
internal sealed class FpgaMeasurement(string name, Func<int, FpgaTiming, IFpgaCore> coreOf)
{
    private const int LeastBytes = 64;
    private const int Mega = 1_000_000;

    // What an ESP32 reaches over its GPIO matrix.
    private const int UsualRate = 26 * Mega;

    /// <summary>The rates of the bus: an oversampled slave's, an ESP32's over its GPIO matrix, half and whole of what its native pins give.</summary>
    internal static readonly int[] Rates = [10 * Mega, UsualRate, 40 * Mega, 80 * Mega];

    internal static readonly int[] ReadLatencies = [0, 32, 64, 128];

    private static readonly int[] WriteSizes = [256, 4096, 16 * 1024];
    private static readonly int[] MirrorSizes = [64, 256, 1024, 4096];

    /// <summary>The sizes of copies: powers of two.</summary>
    internal static IReadOnlyList<int> Sizes { get; } = [.. PowersOfTwo()];

    /// <summary>Measures.</summary>
    /// <param name="progress">Is told what is measured.</param>
    internal FpgaFigures Run(Action<string> progress)
    {
        var jobs = new List<JobFigure>();
        foreach (int latency in ReadLatencies)
        {
            progress($"copies at a read latency of {Invariant.Of(latency)}");
            using IFpgaCore core = coreOf(FpgaProbe.Memory, FpgaTiming.Default with { ReadLatency = latency });
            var probe = new FpgaProbe(core, Rates[^1]);
            jobs.AddRange(Sizes.Select(size => new JobFigure(size, latency, probe.CopyClocks(size))));
        }

        using IFpgaCore usual = coreOf(FpgaProbe.Memory, FpgaTiming.Default);
        var copies = new List<OffloadedCopy>();
        var writes = new List<OffloadedCopy>();
        var pays = new List<PayFigure>();
        foreach (int rate in Rates)
        {
            progress($"SPI at {Invariant.Of(rate / Mega)} MHz");
            var probe = new FpgaProbe(usual, rate);
            var known = new Dictionary<int, OffloadedCopy>();
            OffloadedCopy CopyOf(int size) => known.TryGetValue(size, out OffloadedCopy? copy) ? copy : known[size] = probe.Copy(size);
            copies.AddRange(Sizes.Select(CopyOf));
            writes.AddRange(WriteSizes.Select(probe.Write));
            pays.AddRange(ProcessorCopy.Esp32.Select(processor => PayOf(rate, processor, CopyOf)));
        }

        progress("mirrored writes");
        MirrorFigure[] mirrors = [.. MirrorSizes.Select(size => MirrorOf(usual, size))];
        progress("the driver");
        var driver = new DriverMeasurement(memory => coreOf(memory, FpgaTiming.Default));
        return new FpgaFigures
        {
            Core = name,
            Timing = FpgaTiming.Default,
            Rates = Rates,
            Processors = ProcessorCopy.Esp32,
            Jobs = jobs,
            Copies = copies,
            Writes = writes,
            Pays = pays,
            Mirrors = mirrors,
            Drivers = [.. ProcessorCopy.Esp32.SelectMany(processor => DriverMeasurement.Depths.Select(depth => driver.Measure(processor, UsualRate, depth)))],
            DriverRate = UsualRate,
        };
    }

    /// <summary>From which sizes on a co-processor pays.</summary>
    internal static PayFigure PayOf(int rate, ProcessorCopy processor, Func<int, OffloadedCopy> copyOf) => new(
        rate,
        processor,
        BreakEven.Find(Sizes, LeastBytes, size => copyOf(size).Known < processor.Picoseconds(size)),
        BreakEven.Find(Sizes, LeastBytes, size => copyOf(size).Busy < processor.Picoseconds(size)));

    private static MirrorFigure MirrorOf(IFpgaCore core, int size)
    {
        var probe = new FpgaProbe(core, Rates[^1]);
        long alone = probe.WriteClocks(size);
        probe.Intercept(size);
        long mirrored = probe.WriteClocks(size);
        probe.InterceptNothing();
        long later = 0;
        foreach (int rate in Rates)
        {
            var board = new FpgaProbe(core, rate);
            long before = board.Write(size).Known;
            board.Intercept(size);
            later = Math.Max(later, board.Write(size).Known - before);
            board.InterceptNothing();
        }

        return new MirrorFigure(size, alone, mirrored, later);
    }

    private static IEnumerable<int> PowersOfTwo()
    {
        for (int size = LeastBytes; size <= FpgaProbe.MostBytes; size *= 2)
        {
            yield return size;
        }
    }
}
