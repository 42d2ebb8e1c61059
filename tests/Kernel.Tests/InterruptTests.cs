// Interrupts as components know them: named or numbered, wired to a line by their board, and counted.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class InterruptTests
{
    private const int Wheel = 1;

    [TestMethod]
    [DataRow("wheel", -1, 6)]
    [DataRow("", 2, 6)]
    [DataRow("", 5, 5)]
    public void AnInterruptIsOnTheLineThatTheBoardWiresItTo(string name, int number, int line)
    {
        Machine machine = Board().Boot();
        Listen(machine, name, number);
        for (int other = 0; other < 8; other++)
        {
            if (other != line)
            {
                machine.Board.Raise(other);
            }
        }

        machine.Settle();
        Assert.AreEqual("", machine.Notes);
        machine.Board.Raise(line);
        machine.Settle();
        Assert.AreEqual("irq1", machine.Notes);
    }

    [TestMethod]
    [DataRow("brake", -1)]
    [DataRow("", -1)]
    [DataRow("", 8)]
    [DataRow("", -2)]
    [DataRow("broken", -1)]
    public void WhatTheBoardDoesNotWireIsNoDevice(string name, int number)
    {
        Machine machine = Board();
        machine.Board.Wire("broken", 77);
        machine.Boot().Do("a", env =>
        {
            Assert.AreEqual(0, env.Connect("IRQ", name, 0, 0, number));
            Expect.Error(Error.NoDevice, env.LastError);
        });
    }

    [TestMethod]
    public void WhatASessionTellsDoesNotDependOnTheWiring()
    {
        Machine machine = Board().Boot();
        machine.Do("a", env =>
        {
            Assert.AreEqual(IrqOperation.ByName, new IrqSession(env, IrqSession.Open(env, "wheel")).Info(out bool _));
            Assert.AreEqual(3, new IrqSession(env, env.Connect("IRQ", "", 0, 0, 3)).Info(out bool _));
        });
    }

    [TestMethod]
    public void PulsesBehindAnUnacknowledgedOneAreCountedAndNotSignalled()
    {
        Machine machine = Board().Boot();
        int irq = Listen(machine, "wheel", -1);
        for (int i = 0; i < 4; i++)
        {
            machine.Board.Raise(6);
            machine.Settle();
        }

        Assert.AreEqual("irq1", machine.Notes);
        machine.Do("a", env =>
        {
            new IrqSession(env, irq).Info(out bool unacknowledged, out int pending);
            Assert.IsTrue(unacknowledged);
            Assert.AreEqual(3, pending);
            Expect.Ok(new IrqSession(env, irq).Acknowledge());
        });
        Assert.AreEqual("irq1 irq3", machine.Notes, "in one signal");
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq1 irq3", machine.Notes);
    }

    [TestMethod]
    public void PulsesBeforeSomebodyListensAreKept()
    {
        Machine machine = Board().Boot();
        machine["a"].Signalled = (env, label, count) => machine.Note("irq" + count);
        int irq = 0;
        machine.Do("a", env => irq = IrqSession.Open(env, "wheel"));
        machine.Board.Raise(6);
        machine.Settle();
        machine.Board.Raise(6);
        machine.Settle();
        machine.Do("a", env => Expect.Ok(new IrqSession(env, irq).Sigh(env.Signal(Wheel))));
        Assert.AreEqual("irq1", machine.Notes, "the line was masked after the first");
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq1 irq1", machine.Notes);
    }

    [TestMethod]
    public void WhoeverGetsALineHearsOnlyOfWhatCameFromThenOn()
    {
        Machine machine = Board().Boot();
        machine.Board.Raise(6);
        int irq = Listen(machine, "wheel", -1);
        Assert.AreEqual("", machine.Notes, "nobody's");
        machine.Board.Raise(6);
        machine.Settle();
        machine.Board.Raise(6);
        machine.Do("a", env => Expect.Ok(env.Close(irq)));
        machine.Board.Raise(6);
        machine.ClearNotes();
        Listen(machine, "wheel", -1);
        Assert.AreEqual("", machine.Notes, "its predecessor's");
    }

    [TestMethod]
    public void ANewHandlerIsNotToldAgainWhatItsPredecessorWasTold()
    {
        Machine machine = Board().Boot();
        int irq = Listen(machine, "wheel", -1);
        machine.Board.Raise(6);
        machine.Settle();
        machine.Do("a", env => Expect.Ok(new IrqSession(env, irq).Sigh(env.Signal(Wheel))));
        Assert.AreEqual("irq1", machine.Notes);
        machine.Board.Raise(6);
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq1 irq1", machine.Notes);
    }

    [TestMethod]
    [DataRow(0, 0, "", "irq2")]
    [DataRow(0, 3, "irq3", "irq3 irq2")]
    [DataRow(1, 0, "", "irq2")]
    [DataRow(1, 3, "", "irq3 irq2")]
    public void StateOfAnotherSessionIsAddedToWhatThisOneHasSeen(int unacknowledged, int pending, string before, string after)
    {
        Machine machine = Board().Boot();
        int irq = Listen(machine, "wheel", -1);
        machine.Do("a", env => Expect.Ok(env.Call(irq, env.Compose(IrqOperation.SetState).Add(unacknowledged).Add(pending))));
        Assert.AreEqual(before, machine.Notes);
        machine.Board.Raise(6);
        machine.Board.Raise(6);
        machine.Settle();
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual(after, machine.Notes);
    }

    [TestMethod]
    public void AHandlerThatIsRestoredHearsOfNothingBeforeTheWholeStateIsThere()
    {
        Machine machine = Board().Boot();
        machine["a"].Signalled = (env, label, count) => machine.Note("irq" + count);
        int irq = 0;
        machine.Do("a", env => irq = IrqSession.Open(env, "wheel"));
        machine.Board.Raise(6);
        machine.Settle();
        machine.Do("a", env =>
        {
            Expect.Ok(new IrqSession(env, irq).Sigh(env.Signal(Wheel)));
            Expect.Ok(env.Call(irq, env.Compose(IrqOperation.SetState).Add(1).Add(2)));
        });
        Assert.AreEqual("", machine.Notes, "the origin's interrupt is not acknowledged");
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq3", machine.Notes);
    }

    [TestMethod]
    public void NonsensicalStateIsRefused()
    {
        Machine machine = Board().Boot();
        int irq = Listen(machine, "wheel", -1);
        machine.Do("a", env => Expect.Error(Error.BadArgument, env.Call(irq, env.Compose(IrqOperation.SetState).Add(0).Add(-1))));
        machine.Do("a", env => Expect.Ok(env.Call(irq, env.Compose(IrqOperation.SetState).Add(0).Add(int.MaxValue))));
        machine.Do("a", env => Expect.Ok(env.Call(irq, env.Compose(IrqOperation.SetState).Add(0).Add(int.MaxValue))));
        Assert.AreEqual("irq2147483647", machine.Notes);
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq2147483647 irq2147483647", machine.Notes, "more than can be counted stays the most");
    }

    [TestMethod]
    public void AnInterruptIsMaskedUntilItIsAcknowledged()
    {
        Machine machine = WithIrq(out int irq);
        machine.Board.Raise(2);
        machine.Board.Raise(5);
        machine.Settle();
        Assert.AreEqual("irq1", machine.Notes, "the other line is nobody's");
        machine.Board.Raise(2);
        machine.Settle();
        Assert.AreEqual("irq1", machine.Notes);
        machine.Do("a", env =>
        {
            Assert.AreEqual(2, new IrqSession(env, irq).Info(out bool unacknowledged));
            Assert.IsTrue(unacknowledged);
            Expect.Ok(new IrqSession(env, irq).Acknowledge());
            new IrqSession(env, irq).Info(out unacknowledged);
            Assert.IsFalse(unacknowledged);
        });
        Assert.AreEqual("irq1 irq1", machine.Notes, "what came meanwhile was latched");
    }

    [TestMethod]
    public void AnInterruptBeforeSomebodyListensIsNotLost()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine["a"].Signalled = (env, label, count) => machine.Note("irq" + count);
        int irq = 0;
        machine.Do("a", env => irq = env.Connect("IRQ", "", 0, 0, 2));
        machine.Board.Raise(2);
        machine.Settle();
        machine.Do("a", env => Expect.Ok(new IrqSession(env, irq).Sigh(env.Signal(1))));
        Assert.AreEqual("irq1", machine.Notes);
    }

    [TestMethod]
    public void ALineBelongsToOneSession()
    {
        Machine machine = WithIrq(out int irq);
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Connect("IRQ", "", 0, 0, 2));
            Expect.Error(Error.Exists, env.LastError);
            Assert.AreEqual(0, env.Connect("IRQ", "", 0, 0, -1));
            Expect.Error(Error.NoDevice, env.LastError);
            Expect.Ok(env.Close(irq));
            Assert.IsTrue(env.Connect("IRQ", "", 0, 0, 2) != 0, "a closed line is free again");
        });
    }

    [TestMethod]
    public void AnUnacknowledgedInterruptCanBeRestored()
    {
        Machine machine = WithIrq(out int irq);
        machine.Do("a", env => Expect.Ok(env.Call(irq, env.Compose(IrqOperation.SetState).Add(1).Add(0))));
        machine.Board.Raise(2);
        machine.Settle();
        Assert.AreEqual("", machine.Notes, "masked");
        machine.Do("a", env => new IrqSession(env, irq).Acknowledge());
        Assert.AreEqual("irq1", machine.Notes);
    }

    private static Machine Board()
    {
        var machine = new Machine();
        machine.Board.Wire("wheel", 6).Wire("2", 6);
        machine.Add("a");
        return machine;
    }

    private static int Listen(Machine machine, string name, int number)
    {
        machine["a"].Signalled = (env, label, count) => machine.Note("irq" + count);
        int session = 0;
        machine.Do("a", env =>
        {
            session = env.Connect("IRQ", name, 0, 0, number);
            Expect.Ok(env.LastError);
            Expect.Ok(new IrqSession(env, session).Sigh(env.Signal(Wheel)));
        });
        return session;
    }

    /// <summary>A board that wires nothing, and somebody who listens to its line 2.</summary>
    private static Machine WithIrq(out int irq)
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        irq = Listen(machine, "", 2);
        return machine;
    }
}
