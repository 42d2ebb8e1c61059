// Checkpoints of RTCR itself with and without the co-processor, on a board in virtual time: for which sizes of a target, and for how many
// pages that change between two of them.
namespace Tern.HostEmulator;

/// <summary>Measures.</summary>
/// <param name="name">What the command line calls the core.</param>
/// <param name="coreOf">Makes one with so many bytes of memory.</param>
internal sealed class CdmaMeasurement(string name, Func<int, IFpgaCore> coreOf)
{
    private const int Kilo = 1024;
    private const int Checkpoints = 4;

    /// <summary>The sizes of the ring. The image of the largest still lies within one bank of the board's memory.</summary>
    internal static readonly int[] Sizes = [16 * Kilo, 64 * Kilo, 128 * Kilo, 256 * Kilo, 384 * Kilo];

    /// <summary>How many pages of it change.</summary>
    internal static readonly int[] Pages = [1, 4, 16];

    /// <summary>The target that is run with these numbers of frames: so many pages, and one of the recorder's own, are touched at each tick.</summary>
    internal static readonly CdmaCase Tight = new(64 * Kilo, 16);

    private static readonly int[] Frames = [CdmaBoard.Frames, 17, 16, 8];

    /// <summary>All that makes sense: a ring changes no more pages than it has.</summary>
    internal static IEnumerable<CdmaCase> Cases =>
        from pages in Pages
        from size in Sizes
        where pages * CdmaBoard.Page <= size
        select new CdmaCase(size, pages);

    /// <summary>Measures all cases.</summary>
    /// <param name="progress">Is told what is measured.</param>
    internal CdmaFigures Run(Action<string> progress) => new()
    {
        Core = name,
        Pairs = [.. Cases.Select(target =>
        {
            progress($"{Quantity.Size(target.Bytes)}, {CdmaTables.Changed(target.Pages)}");
            return Measure(target);
        })],
        Frames = [.. Frames.Select(frames =>
        {
            progress($"{Quantity.Count(frames, "frame")} for {CdmaTables.Changed(Tight.Pages)}");
            CdmaCase target = Tight with { Frames = frames };
            return new FrameFigure(target, Measure(target, isOffloaded: true));
        })],
    };

    /// <summary>Measures one case.</summary>
    internal CdmaPair Measure(CdmaCase target) => new(target, Measure(target, isOffloaded: false), Measure(target, isOffloaded: true));

    private CheckpointCost Measure(CdmaCase target, bool isOffloaded)
    {
        using var run = new BenchRun(CdmaBoard.New(target, isOffloaded, Checkpoints), new BenchOptions { FpgaCores = (_, memory) => coreOf(memory) });
        var watch = new CheckpointWatch(run, CdmaBoard.Board, CdmaBoard.Target);
        BenchResult result = run.Run();
        return result.IsSuccess
            ? watch.Cost
            : throw new MeasurementException($"checkpoints of {Quantity.Size(target.Bytes)} with {CdmaTables.Changed(target.Pages)}: {string.Join("; ", result.Failures)}");
    }
}
