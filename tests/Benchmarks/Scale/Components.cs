// A board with more and more components: what one event costs, be there one component or a thousand.
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Components : Benchmark
{
    private const int PeriodMicroseconds = 1_000_000;
    private const int ComponentRam = 16 * 1024;
    private const double Flat = 1.5;

    private static readonly int[] Counts = [1, 10, 100, 1000];

    internal override string Title => "A board of many components: the cost of one event, against the smallest board";

    internal override string Note => "Every component has a timer of its own, all with one period; an event is one timer that fires, its signal, and a "
        + "handler that counts in its component's memory. All components take their turns, so the largest board's working set is a thousand "
        + "address spaces, capability spaces and page tables.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int count in size == Size.Full ? Counts : Counts[..2])
        {
            Machine machine = Board(count, PeriodMicroseconds);
            cases.Add(new Case($"an event, {count} components", Case.Timed(events => Run(machine, events)))
            {
                AllocatesNothing = true,
                Beside = cases.FirstOrDefault(),
                Aim = cases.Count > 0 ? Aim.Times(Flat) : null,
            });
        }

        return cases;
    }

    /// <summary>Limits of a board that has room for so many components.</summary>
    internal static void Shape(BoardProfile profile, int components)
    {
        profile.BankSizes = [(components + 16) * ComponentRam * 2];
        profile.MaxTasks = components + 8;
        profile.MaxThreads = components + 8;
        profile.MaxObjects = (components * 16) + 256;
        profile.MaxGates = (components * 8) + 128;
        profile.MaxIrqs = (components * 2) + 64;
        profile.MaxDataspaces = (components * 2) + 64;
        profile.MaxRegionMaps = components + 16;
        profile.MaxRegions = (components * 2) + 64;
        profile.MaxRequests = components + 64;
        profile.MaxSessions = (components * 6) + 64;
        profile.MaxSelectors = 65_000;
        profile.Capabilities = 100_000;
    }

    /// <summary>A board with so many components, each of which has a timer.</summary>
    internal static Machine Board(int components, int periodMicroseconds)
    {
        var machine = new Machine(false, profile => Shape(profile, components));
        for (int i = 0; i < components; i++)
        {
            string name = "c" + i;
            machine.Program(name, new Ticker(periodMicroseconds));
            machine.Root.Add(new Component(name, ComponentRam, 32));
        }

        return machine.Boot();
    }

    private static void Run(Machine machine, int events)
    {
        Microkernel kernel = machine.Kernel;
        var clock = (VirtualClock)machine.Board.Clock;
        for (int i = 0; i < events; i++)
        {
            if (!kernel.Dispatch())
            {
                clock.IdleUntil(kernel.NextDeadlineNanoseconds);
                kernel.Poll();
                Expect.That(kernel.Dispatch(), "no timer fired");
            }
        }
    }
}
