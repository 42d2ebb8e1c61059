// Whatever a board does and when: its co-processor is where it would be if somebody had clocked it all the time.
using FsCheck;
using FsCheck.Fluent;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDeviceProperties
{
    private const int Line = 2;
    private const long ClocksOfASelection = 208;        // two bytes at 8 MHz, and eight clocks between selections

    private const long OfAnAcknowledgement = 80;        // the story's take no time on the board, and eight clocks of the core

    private static Gen<Step[]> Stories => Gen.ArrayOf(
        from wait in Gen.Choose(0, 900_000)
        from command in Gen.Elements(ScriptedCore.Ask, ScriptedCore.Job, ScriptedCore.Job, ScriptedCore.Acknowledge)
        from thousands in Gen.Choose(1, 60)
        from work in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 900_000)))
        select new Step(wait, command, (byte)thousands, work));

    [TestMethod]
    public void EverySelectionFindsTheJobsThatWouldHaveEnded() => Property.Holds(Stories, story =>
    {
        using var bench = new Bench(story);
        bench.Run();
        CollectionAssert.AreEqual(bench.Expected, bench.Answers);
    });

    [TestMethod]
    public void EveryInterruptIsWithinAMicrosecondOfItsJobUnlessTheBoardIsBusy() => Property.Holds(Stories, story =>
    {
        // Jobs are longer than a transfer, so that no two end within one; transfers are further apart, so that the board polls in between.
        using var bench = new Bench([.. story.Select(step =>
            step with { Command = ScriptedCore.Job, Wait = step.Wait + 30_000, Work = 0, Thousands = (byte)(step.Thousands + 3) })]);
        bench.Run();
        Assert.HasCount(bench.Ends.Count, bench.Rises);
        for (int i = 0; i < bench.Ends.Count; i++)
        {
            long end = bench.Ends[i] * FpgaDevice.ClockNanoseconds;
            long free = bench.Busy.Where(busy => busy.From <= end + 1000 && end < busy.To).Select(busy => busy.To).LastOrDefault(end);
            Assert.IsInRange(end - OfAnAcknowledgement, free + 1000, bench.Rises[i]);
        }
    });

    /// <summary>One selection, so long after the last one at the least; the board then works on for a while. In nanoseconds.</summary>
    private sealed record Step(int Wait, byte Command, byte Thousands, int Work);

    private sealed class Bench : IDisposable
    {
        private readonly TestWorld _world = new();
        private readonly VirtualBoard _board;
        private readonly InterruptLines _lines;
        private readonly FpgaDevice _device;
        private readonly SpiBus _bus;

        internal Bench(Step[] story)
        {
            var machine = new IdleMachine { OnPoll = Poll };
            _board = _world.Add(machine).Board;
            _lines = new InterruptLines(_board, 8);
            _device = new FpgaDevice(_world.World, new ScriptedCore(), _lines, Line);
            _bus = new SpiBus(_board);
            _bus.Add("fpga", _device, 8_000_000);
            long time = 0;
            foreach (Step step in story)
            {
                time += step.Wait;
                _world.World.At(time, () =>
                {
                    _board.Clock.IdleUntil(_world.World.Now);
                    Send(step);
                });
            }
        }

        /// <summary>What each selection answered: how many jobs had ended.</summary>
        internal List<int> Answers { get; } = [];

        internal List<int> Expected { get; } = [];

        /// <summary>The clocks at which jobs end, by reckoning.</summary>
        internal List<long> Ends { get; } = [];

        /// <summary>When interrupts were pulsed, in nanoseconds.</summary>
        internal List<long> Rises { get; } = [];

        /// <summary>From when to when the board was in a transfer, in nanoseconds.</summary>
        internal List<(long From, long To)> Busy { get; } = [];

        public void Dispose() => _device.Dispose();

        internal void Run() => _world.RunFor(10);

        private void Send(Step step)
        {
            long from = _board.Now;
            long clock = from / FpgaDevice.ClockNanoseconds;
            Expected.Add(Ends.Count(end => end <= clock) & 0xFF);
            if (step.Command == ScriptedCore.Job)
            {
                Ends.Add(Math.Max(clock + ClocksOfASelection, Ends.LastOrDefault()) + (1000 * step.Thousands));
            }

            byte[] memory = [step.Command, step.Thousands];
            _bus.Transfer(0, memory, 0, memory, 0, 2);
            Answers.Add(memory[0]);
            Busy.Add((from, _board.Now));
            _board.Clock.Occupy(1000L * step.Work);
        }

        /// <summary>Takes an interrupt and lets the line fall at once, without a transfer: time belongs to the story.</summary>
        private void Poll()
        {
            while (_lines.Take(out int _) >= 0)
            {
                Rises.Add(_world.World.Now);
                _device.Exchange(_world.World.Now, [ScriptedCore.Acknowledge, 0], new byte[2], 0);
            }
        }
    }
}
