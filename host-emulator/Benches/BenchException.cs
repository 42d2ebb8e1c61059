// A bench file cannot be used.
namespace Tern.HostEmulator;

/// <summary>All problems of a bench file, in the file's order.</summary>
public sealed class BenchException(IReadOnlyList<BenchProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Take(BenchLimits.Problems))
        + (problems.Count > BenchLimits.Problems ? $"{Environment.NewLine}and {Quantity.Count(problems.Count - BenchLimits.Problems, "more problem")}" : ""))
{
    /// <summary>The problems; at least one.</summary>
    public IReadOnlyList<BenchProblem> Problems { get; } = problems;
}
