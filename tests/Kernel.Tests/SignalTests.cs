// Signals: notifications that count, coalesce, and never block whoever sends them.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SignalTests
{
    [TestMethod]
    public void ABurstIsDeliveredOnceWithItsCount()
    {
        Machine machine = Pair(out int signal);
        machine.Do("sender", env =>
        {
            Expect.Ok(env.Submit(signal));
            Expect.Ok(env.Submit(signal, 3));
            Expect.Ok(env.Submit(signal));
            Assert.AreEqual(5, env.PendingSignals(signal));
        });

        Assert.AreEqual("7x5", machine.Notes);
        machine.Do("sender", env => Assert.AreEqual(0, env.PendingSignals(signal)));
    }

    [TestMethod]
    public void ACountStopsAtItsLimitInsteadOfTurningNegative()
    {
        Machine machine = Pair(out int signal);
        machine.Do("sender", env =>
        {
            env.Submit(signal, int.MaxValue);
            env.Submit(signal, int.MaxValue);
            Assert.AreEqual(int.MaxValue, env.PendingSignals(signal));
        });

        Assert.AreEqual("7x2147483647", machine.Notes);
    }

    [TestMethod]
    public void ContextsAreDeliveredInTheOrderOfTheirFirstTrigger()
    {
        Machine machine = Pair(out int first);
        int second = 0;
        machine.Do("receiver", env => second = env.Signal(8));
        second = machine.Grant("receiver", second, "sender");

        machine.Do("sender", env =>
        {
            env.Submit(second);
            env.Submit(first);
            env.Submit(second);
        });

        Assert.AreEqual("8x2 7x1", machine.Notes);
    }

    [TestMethod]
    public void WhoIsPausedGetsItsSignalsAfterwards()
    {
        Machine machine = Pair(out int signal);
        machine.Do("init", env => Expect.Ok(machine.Child("receiver").Pause(env)));
        machine.Do("sender", env => env.Submit(signal, 2));
        machine.Do("sender", env => env.Submit(signal, 2));
        Assert.AreEqual("", machine.Notes);

        machine.Do("init", env => Expect.Ok(machine.Child("receiver").Resume(env)));

        Assert.AreEqual("7x4", machine.Notes);
    }

    [TestMethod]
    public void AnEndedContextIsNotDelivered()
    {
        Machine machine = Pair(out int signal);
        machine.Do("init", env => machine.Child("receiver").Pause(env));
        machine.Do("sender", env => env.Submit(signal));
        Task receiver = machine.Task("receiver");
        machine.Kernel.Lifecycle.Destroy(machine.Task("sender").Capabilities.Lookup(signal));
        Expect.Sound(machine.Kernel);

        machine.Do("init", env => machine.Child("receiver").Resume(env));

        Assert.AreEqual("", machine.Notes);
        machine.Do("sender", env => Expect.Error(Error.InvalidCapability, env.Submit(signal)));
        Assert.AreEqual(0, receiver.FirstThread!.FirstEvent);
    }

    [TestMethod]
    public void WhoeverHoldsTheContextMaySubmit()
    {
        Machine machine = Pair(out int signal);
        int atInit = machine.Grant("sender", signal, "init");
        machine.Do("init", env => Expect.Ok(env.Submit(atInit)));
        Assert.AreEqual("7x1", machine.Notes);
    }

    [TestMethod]
    public void OneOrMoreIsSubmittedOrNothing()
    {
        Machine machine = Pair(out int signal);
        machine.Do("sender", env =>
        {
            Expect.Error(Error.BadArgument, env.Submit(signal, 0));
            Expect.Error(Error.BadArgument, env.Submit(signal, -1));
        });
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void SignalsAndRequestsShareOneQueue()
    {
        Machine machine = Pair(out int signal);
        machine["receiver"].Requested = (env, label, request) =>
        {
            machine.Note("request");
            return Error.None;
        };
        int gate = machine.Gate("receiver", 1, "sender");

        machine.Do("sender", env =>
        {
            env.Send(gate, env.Compose(1), 1);
            env.Submit(signal);
            env.Send(gate, env.Compose(1), 1);
        });

        Assert.AreEqual("request 7x1 request", machine.Notes);
    }

    [TestMethod]
    public void AFaultInASignalHandlerStopsOnlyItsComponent()
    {
        Machine machine = Pair(out int signal);
        machine["receiver"].Signalled = (env, label, count) => env.Memory.WriteByte(0, 1);
        machine.Do("sender", env => env.Submit(signal));
        machine.Do("sender", env =>
        {
            Expect.Ok(env.Submit(signal));
            env.Log("well");
        });
        Assert.IsTrue(machine.Board.Logged("sender] well"));
        Assert.AreEqual(1, machine.Board.CountLogged("component stopped"));
    }

    [TestMethod]
    public void AFullTableOfContextsIsANamedErrorAndOthersGoOn()
    {
        Machine machine = Pair(out int signal);
        machine.Do("init", env =>
        {
            int last = env.Signal(1);
            while (last != Selectors.Invalid)
            {
                last = env.Signal(1);
            }

            Expect.Error(Error.TableFull, env.LastError);
        });
        machine.Do("sender", env => Expect.Ok(env.Submit(signal)));
        Assert.AreEqual("7x1", machine.Notes);
    }

    private static Machine Pair(out int signal)
    {
        var machine = new Machine();
        machine.Add("receiver");
        machine.Add("sender");
        machine.Boot();
        machine["receiver"].Signalled = (env, label, count) => machine.Note(label + "x" + count);
        int own = 0;
        machine.Do("receiver", env => own = env.Signal(7));
        signal = machine.Grant("receiver", own, "sender");
        return machine;
    }
}
