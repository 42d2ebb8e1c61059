// Measures the cases of a benchmark in turns: each round takes one short sample of every case, so that a disturbance of
// the machine meets all of them and the ratio of two samples of one round says more than either.
namespace Tern.Benchmarks;

/// <summary>How long to measure.</summary>
/// <param name="Rounds">Samples of each case.</param>
/// <param name="SampleNanoseconds">About how long one sample takes, where an operation is short.</param>
/// <param name="WarmPhases">How often all cases run before they are measured, with a pause after each for the compiler, which
/// makes what runs often anew in the background, in two steps.</param>
/// <param name="WarmNanoseconds">How long each case runs in each of these phases.</param>
internal sealed record Sampler(int Rounds, long SampleNanoseconds, int WarmPhases, long WarmNanoseconds)
{
    private const int LongRounds = 9;
    private const int CompilerMilliseconds = 120;

    /// <summary>What the results are taken with.</summary>
    internal static readonly Sampler Thorough = new(41, 4_000_000, 5, 25_000_000);

    /// <summary>A first look.</summary>
    internal static readonly Sampler Quick = new(7, 2_000_000, 3, 20_000_000);

    /// <summary>Every case once.</summary>
    internal static readonly Sampler Once = new(1, 0, 0, 0);

    /// <summary>Measures all cases of a benchmark.</summary>
    internal IReadOnlyList<Result> Run(IReadOnlyList<Case> cases)
    {
        int[] counts = [.. cases.Select(WarmUp)];
        for (int phase = 0; phase < WarmPhases; phase++)
        {
            Thread.Sleep(CompilerMilliseconds);
            counts = [.. cases.Select(WarmUp)];
        }

        var results = cases.Select(measured => NewResult(measured)).ToList();
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                if (round < results[i].Samples.Length)
                {
                    Sample(results[i], round, counts[i]);
                }
            }
        }

        foreach (Result result in results.Where(result => result.Case.Beside is not null))
        {
            result.CompareWith(results.Single(other => other.Case == result.Case.Beside));
        }

        return results;
    }

    private Result NewResult(Case measured)
    {
        int rounds = measured.IsLong ? Math.Min(LongRounds, Rounds) : Rounds;
        return new Result(measured, new double[rounds], new double[rounds]);
    }

    /// <summary>Runs a case for a while.</summary>
    /// <returns>How many operations make a sample.</returns>
    private int WarmUp(Case measured)
    {
        int count = 1;
        long spent = 0;
        long last = 0;
        do
        {
            count = last > 0 && last < SampleNanoseconds / 2 ? count * 2 : count;
            last = Math.Max(1, measured.Measure(count));
            spent += last;
        }
        while (spent < WarmNanoseconds && !measured.IsLong);

        double each = (double)last / count;
        return measured.IsLong ? 1 : (int)Math.Clamp(SampleNanoseconds / each, 1, 1 << 22);
    }

    private static void Sample(Result result, int round, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long nanoseconds = result.Case.Measure(count);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        result.Samples[round] = Math.Max(1, nanoseconds) / (double)count;
        result.Allocated[round] = allocated / (double)count;
    }
}
