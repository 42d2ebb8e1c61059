// Capturing and restoring by the number of dataspaces: bookkeeping, with next to nothing to copy.
namespace Tern.Benchmarks;

internal sealed class Dataspaces : Benchmark
{
    private const int Bytes = 4096;

    private static readonly int[] Counts = [1, 10, 50, 200];

    internal override string Title => "Capture and restore by the number of dataspaces, 4 KB each";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int count in size == Size.Full ? Counts : Counts[..2])
        {
            var board = new TargetBoard(count, Bytes, false);
            cases.Add(new Case($"capture, {count} dataspaces", board.Capture));
            cases.Add(new Case($"restore without its check, {count} dataspaces", board.Restore));
        }

        return cases;
    }
}
