// A bench with more and more boards in one world: what one event of one board costs, be there one board or a thousand.
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Boards : Benchmark
{
    private const int PeriodMicroseconds = 1_000_000;
    private const long Period = PeriodMicroseconds * 1000L;
    private const double Flat = 1.5;

    private static readonly int[] Counts = [1, 10, 100, 1000];

    internal override string Title => "A bench of many boards: the cost of one event, against the smallest bench";

    internal override string Note => "Each board's only component has a timer and counts its signals in its memory. An event is one such tick: the world goes "
        + "to the board's time, the board polls its timer, dispatches the handler, and goes to sleep again.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int count in size == Size.Full ? Counts : Counts[..2])
        {
            World world = Bench(count);
            cases.Add(new Case($"a tick, {count} boards", ticks => Run(world, count, ticks))
            {
                Beside = cases.FirstOrDefault(),
                AllocatesNothing = true,
                Aim = cases.Count > 0 ? Aim.Times(Flat) : null,
            });
        }

        return cases;
    }

    private static World Bench(int boards)
    {
        var world = new World(1);
        BoardKind kind = BoardKind.Find("esp32")!;
        SeededRandom starts = world.RandomFor("starts");
        for (int i = 0; i < boards; i++)
        {
            BoardProfile profile = kind.NewProfile();
            profile.Name = "board" + i;
            var board = new VirtualBoard(world, profile, BoardKind.Find("host")!.Cost)
            {
                Modules = new BootModules(_ => new Ticker(PeriodMicroseconds)),
            };
            board.PowerOn(starts.Below(Period));
        }

        world.Run(2 * Period);
        return world;
    }

    /// <summary>Whole periods, so that every board ticks equally often.</summary>
    private static long Run(World world, int boards, int ticks)
    {
        long periods = Math.Max(1, ticks / boards);
        long nanoseconds = Case.Timed(_ => world.Run(world.Now + (periods * Period)))(1);
        return nanoseconds * ticks / (periods * boards);
    }
}
