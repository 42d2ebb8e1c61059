// A scenario: a board on which a target runs for a while, seen dispatch by dispatch. Time passes only between dispatches,
// so two runs of one scenario can be compared to the nanosecond.
// Invariant: a scenario is the same on every run; what happens from outside happens at a fixed time.
using System.Text;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>What runs, for how long, and what happens meanwhile.</summary>
public sealed class Scenario
{
    /// <summary>The target's name.</summary>
    public const string Target = "probe";

    private const long Millisecond = 1_000_000;

    /// <summary>Describes a scenario.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="program">The target's program.</param>
    /// <param name="config">The target's configuration.</param>
    public Scenario(string name, Program program, byte[] config)
    {
        Name = name;
        Program = program;
        Config = config;
    }

    /// <summary>A state's program as a scenario; <c>null</c> when what happens from outside at a certain time makes the state.</summary>
    public static Scenario? Of(State state)
        => state.Before != null || state.Later != null || state.Held > 0 || state.Late > 0
            ? null
            : new Scenario(state.Name, state.Program, Encoding.UTF8.GetBytes(state.Config))
            {
                Ram = state.Ram,
                Caps = state.Caps,
                NeedsServers = state.NeedsServers,
            };

    public string Name { get; }

    public Program Program { get; }

    public byte[] Config { get; }

    public int Ram { get; init; } = 256 * 1024;

    public int Caps { get; init; } = 100;

    /// <summary>How long it runs, in milliseconds.</summary>
    public int Length { get; set; } = 640;

    /// <summary>Whether it needs servers as RTCR's siblings.</summary>
    public bool NeedsServers { get; init; }

    /// <summary>A board with the scenario's program, booted.</summary>
    public RtcrBench Boot()
    {
        TestBoard board = StateBench.Board();
        board.With(Target, Program);
        return new RtcrBench(board, NeedsServers).Boot();
    }

    /// <summary>Starts the target; nothing of it has run yet.</summary>
    public void Start(RtcrBench bench)
        => bench.DoNext(env => Expect.Ok(bench.Rtcr.Start(bench.Place, Target, Target, Ram, Caps, Priorities.Default, Config)));

    /// <summary>Lets what is due happen: one dispatch, or, if nothing is ready, time up to what comes next. The kernel audits itself after it.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="end">The board's time at which the scenario is over, in nanoseconds.</param>
    /// <returns>Whether something was dispatched; <c>false</c> at the end.</returns>
    public static bool Step(RtcrBench bench, long end)
    {
        bench.Kernel.Poll();
        while (!bench.Kernel.Dispatch())
        {
            long next = bench.Kernel.NextDeadlineNanoseconds;
            if (next > end)
            {
                bench.Board.Nanoseconds = end > bench.Board.Nanoseconds ? end : bench.Board.Nanoseconds;
                return false;
            }

            bench.Board.Nanoseconds = next > bench.Board.Nanoseconds ? next : bench.Board.Nanoseconds;
            bench.Kernel.Poll();
        }

        Expect.Sound(bench.Kernel);
        return true;
    }

    /// <summary>When a scenario that starts now is over, in nanoseconds of the board.</summary>
    public long EndOf(RtcrBench bench) => bench.Board.Nanoseconds + (Length * Millisecond);
}
