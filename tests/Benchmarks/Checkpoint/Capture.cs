// Capturing by shared memory: how long a checkpoint holds its target, beside copying the same bytes.
namespace Tern.Benchmarks;

internal sealed class Capture : Benchmark
{
    private const int Mega = 1_000_000;

    private static readonly int[] Sizes = [Mega, 10 * Mega, 50 * Mega, 200 * Mega];

    private readonly List<PlainCopy> _copies = [];

    internal override string Title => "Capture: the time for which a checkpoint holds its target, by the size of its memory";

    internal override string Note => "The target has one dataspace of that size. What is on top of the copy is bookkeeping: capability space, "
        + "objects, sessions, regions, requests.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int bytes in size == Size.Full ? Sizes : Sizes[..1])
        {
            cases.AddRange(Pair(bytes));
        }

        return cases;
    }

    public override void Dispose()
    {
        _copies.ForEach(copy => copy.Dispose());
        base.Dispose();
    }

    private Case[] Pair(int bytes)
    {
        bool isLong = bytes > 10 * Mega;
        string size = (bytes / Mega) + " MB";
        var plain = new PlainCopy(bytes);
        _copies.Add(plain);
        var copy = new Case("memcpy of " + size, plain.Measure) { Bytes = bytes, IsLong = isLong };
        var board = new TargetBoard(1, bytes, false);
        return
        [
            copy,
            new Case("capture of " + size, board.Capture)
            {
                Bytes = bytes,
                Beside = copy,
                IsLong = isLong,
                Aim = bytes == Mega ? Aim.Overhead(0.2) : bytes == 200 * Mega ? Aim.Share(0.8) : null,
            },
        ];
    }
}
