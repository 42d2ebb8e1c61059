// A handler that does not come back ends the run, and nothing else does. No clock decides here: the watchdog's checks come when
// the test lets them come.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

[TestClass]
public sealed class WatchdogTests
{
    [TestMethod]
    public void A_handler_that_does_not_end_ends_the_run_with_board_component_and_handler()
    {
        var time = new CheckedTime();
        ToldBench bench = new ToldBench().With("clumsy", () => new Repeating(_ => Spin(time)));
        var error = Assert.ThrowsExactly<WatchdogException>(() => bench.Run(new BenchOptions { WatchdogTime = time }));
        Assert.StartsWith("board ecu: init -> clumsy, OnSignal(label 1) has not come back for 30.00 s of real time, at 10", error.Message);
        time.Leave();
        Assert.IsFalse(bench.Lines.Any(line => line.Text.Contains("fault", StringComparison.Ordinal)), "the run ends, and not a component");
    }

    [TestMethod]
    public void A_loop_that_calls_the_kernel_and_catches_everything_ends_too()
    {
        var time = new CheckedTime();
        ToldBench bench = new ToldBench().With("clumsy", () => new Repeating(env =>
        {
            time.Ring();
            while (!time.IsLeft)
            {
                try
                {
                    env.Submit(env.Signal(1), 0);
                }
                catch (Exception)
                {
                    // as a beginner would
                }
            }
        }));
        var error = Assert.ThrowsExactly<WatchdogException>(() => bench.Run(new BenchOptions { WatchdogTime = time }));
        Assert.StartsWith("board ecu: init -> clumsy, OnSignal(label 1)", error.Message);
        time.Leave();
    }

    [TestMethod]
    public void Checks_between_events_and_within_different_ones_end_nothing()
    {
        var time = new CheckedTime();
        ToldBench bench = new ToldBench().With("clumsy", () => new Repeating(_ => time.CheckNow(9))).Run(new BenchOptions { WatchdogTime = time });
        Assert.IsTrue(bench.Result.IsSuccess);
        Assert.AreEqual(49 * 9, time.Checks);
    }

    [TestMethod]
    public void What_a_run_throws_comes_out_as_without_a_watchdog()
    {
        using var run = new BenchRun(new BenchCatalog().Read("sheep"), new BenchOptions());
        var error = Assert.ThrowsExactly<FormatException>(() => run.Run(_ => throw new FormatException("from within")));
        Assert.AreEqual("from within", error.Message);
    }

    private static void Spin(CheckedTime time)
    {
        time.Ring();
        for (ulong i = 0; !time.IsLeft; i++)
        {
            time.Turns = i;
        }
    }

    /// <summary>Gives a timer whose ticks the test makes: as many as are asked for now, or without end once a handler rings.</summary>
    private sealed class CheckedTime : TimeProvider
    {
        private readonly TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TimerCallback _tick = _ => { };
        private volatile bool _isLeft;

        /// <summary>Whether the test is over: the loop that it began ends, so that no thread is left behind.</summary>
        internal bool IsLeft => _isLeft;

        internal void Leave() => _isLeft = true;

        internal ulong Turns { get; set; }

        internal int Checks { get; private set; }

        internal void Ring() => _rung.TrySetResult();

        internal void CheckNow(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Checks++;
                _tick(null);
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = callback;
            Task.Run(async () =>
            {
                await _rung.Task;
                for (int check = 0; check < 11; check++)
                {
                    callback(state);
                }
            });
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
