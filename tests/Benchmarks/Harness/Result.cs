// What the samples of a case come to. Medians and minima, because a loaded machine adds and never takes away.
namespace Tern.Benchmarks;

/// <summary>A measured case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Samples">Nanoseconds an operation, one sample a round.</param>
/// <param name="Allocated">Bytes of managed memory an operation, one sample a round.</param>
internal sealed record Result(Case Case, double[] Samples, double[] Allocated)
{
    /// <summary>Nanoseconds an operation in the middle round.</summary>
    internal double Median => Quantile(Samples, 0.5);

    /// <summary>Nanoseconds an operation in the least disturbed round.</summary>
    internal double Least => Quantile(Samples, 0);

    /// <summary>Half of all rounds lie this close together, as a part of the median.</summary>
    internal double Spread => (Quantile(Samples, 0.75) - Quantile(Samples, 0.25)) / Median;

    /// <summary>Bytes allocated an operation.</summary>
    internal double Bytes => Quantile(Allocated, 0.5);

    /// <summary>How many times the case beside takes, round by round; 0 for a case that has none.</summary>
    internal double Ratio { get; private set; }

    /// <summary>Compares with the case beside: in each round with its sample of the same round, since they were disturbed alike.</summary>
    internal void CompareWith(Result beside)
    {
        var ratios = new double[Math.Min(Samples.Length, beside.Samples.Length)];
        for (int round = 0; round < ratios.Length; round++)
        {
            ratios[round] = Samples[round] / beside.Samples[round];
        }

        Ratio = Quantile(ratios, 0.5);
    }

    private static double Quantile(double[] samples, double part)
    {
        double[] sorted = [.. samples.Order()];
        double at = part * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
