// What every board does first: core makes init and gives it all there is.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class BootTests
{
    [TestMethod]
    public void InitIsConstructedOnceAndLogsUnderItsName()
    {
        TestBoard board = new TestBoard().With("init", new Greeter());
        var kernel = new Microkernel(board);

        Assert.AreEqual((int)Error.None, (int)kernel.Boot());
        Drive.Settle(kernel);

        Assert.AreEqual(1, board.CountLogged("[init] hello"));
        Assert.IsTrue(board.Logged("4 MiB RAM and 9239 caps assigned to init"));
    }

    [TestMethod]
    public void BootWithoutInitNamesTheReason()
    {
        var kernel = new Microkernel(new TestBoard());

        Assert.AreEqual((int)Error.NotFound, (int)kernel.Boot());
    }

    [TestMethod]
    public void TimerSignalsArriveInTheirPeriodAndAreCountedWhenLate()
    {
        TestBoard board = new TestBoard().With("init", new Ticker());
        var kernel = new Microkernel(board);
        kernel.Boot();
        Drive.Run(kernel, board, 3_500_000);
        Assert.AreEqual(3, board.CountLogged("tick 1"));

        board.Nanoseconds += 5_000_000;
        Drive.Settle(kernel);
        Assert.AreEqual(1, board.CountLogged("tick 5"));
    }

    private sealed class Greeter : Program
    {
        public override void Construct(Env env) => env.Log("hello");
    }

    private sealed class Ticker : Program
    {
        public override void Construct(Env env)
        {
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(7));
            timer.TriggerPeriodic(1000);
        }

        public override void OnSignal(Env env, int label, int count)
            => env.Log("label " + label + " tick " + count);
    }
}
