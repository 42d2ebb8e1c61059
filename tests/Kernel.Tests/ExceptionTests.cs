// Faults of threads: who hears of them, and what he can read.
using System;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ExceptionTests
{
    private int _handler;

    [TestMethod]
    [DataRow(0, "a@0: no read access to address 0x4")]
    [DataRow(1, "a@0: no write access to address 0x7ffffff0")]
    [DataRow(2, "a@0: exception InvalidOperationException")]
    [DataRow(3, "a@0: over its time budget")]
    [DataRow(4, "a@0: exception AnExceptionWhoseNameIsLongerThanAMessage")]
    public void AFaultIsToldWithItsThreadItsKindAndItsAddress(int kind, string told)
    {
        Machine machine = Watched();
        machine.Do("a", env => Misbehave(machine, env, kind));
        Assert.AreEqual(told, machine.Notes);
    }

    [TestMethod]
    public void AFaultNamesTheThreadThatHadIt()
    {
        Machine machine = Watched();
        machine["a"].Signalled = (env, label, count) => Misbehave(machine, env, 0);
        machine.Do("a", env => env.Submit(env.Signal(1, env.Entrypoint(6, "worker", 9))));
        Assert.AreEqual("worker@6: no read access to address 0x4", machine.Notes);
    }

    [TestMethod]
    public void NobodyIsToldWhenNothingHappened()
    {
        Machine machine = Watched();
        machine.Do("init", env =>
        {
            var fault = default(ThreadFault);
            Expect.Error(Error.NotFound, new CpuSession(env, machine.Child("a").Cpu).ReadException(0, ref fault));
            Expect.Error(Error.NotFound, new CpuSession(env, machine.Child("a").Cpu).ReadException(-1, ref fault));
        });
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AHandlerIsASignalContextAndMayBeTakenAway()
    {
        Machine machine = Watched();
        machine.Do("init", env =>
        {
            var cpu = new CpuSession(env, machine.Child("a").Cpu);
            Expect.Error(Error.WrongObject, cpu.SetExceptionHandler(Selectors.Log));
            Expect.Ok(cpu.SetExceptionHandler(Selectors.Invalid));
        });
        machine.Do("a", env => Misbehave(machine, env, 0));
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AHandlerThatHasEndedIsNotTold()
    {
        Machine machine = Watched();
        machine.Do("init", env => Expect.Ok(new PdSession(env, Selectors.Pd).FreeSignal(_handler)));
        machine.Do("a", env => Misbehave(machine, env, 0));
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AClosedSessionTellsNobodyAndItsThreadsGoOn()
    {
        Machine machine = Watched();
        machine.Do("init", env => Expect.Ok(env.Close(machine.Child("a").Cpu)));
        machine.Do("a", env => machine.Note("alive"));
        machine.Do("a", env => Misbehave(machine, env, 0));
        Assert.AreEqual("alive", machine.Notes);
    }

    [TestMethod]
    public void AComponentCannotHideItsFaultFromItsCreator()
    {
        var machine = new Machine();
        machine.Init.Started = env => { };
        machine.Add("a");
        machine.Boot();
        machine.Init.Signalled = (env, label, count) => machine.Note("told" + label);
        machine.Do("init", env => Expect.Ok(new NativePd(env, machine.Child("a").Native).SetFaultSignal(env.Signal(5))));
        machine.Do("a", env => Expect.Ok(new CpuSession(env, Selectors.Cpu).SetExceptionHandler(env.Signal(1))));
        machine.Do("a", env => Misbehave(machine, env, 0));
        Assert.AreEqual("told5", machine.Notes);
    }

    [TestMethod]
    public void AHaltedComponentIsNotEnteredAgain()
    {
        Machine machine = Watched();
        int signal = machine.Grant("a", machine["a"].EnterSignal, "b");
        machine.Do("init", env =>
        {
            Expect.Ok(new NativePd(env, machine.Child("a").Native).Halt());
            Expect.Error(Error.Busy, machine.Child("a").Resume(env));
        });
        machine["a"].Entered = env => machine.Note("entered");
        machine.Do("b", env => env.Submit(signal));
        Assert.AreEqual("", machine.Notes);
    }

    /// <summary>init handles the exceptions of a's threads, and notes what it reads.</summary>
    private Machine Watched()
    {
        var machine = new Machine();
        machine.Profile.HandlerBudgetNanoseconds = 1_000_000;
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        machine.Init.Signalled = (env, label, count) =>
        {
            var cpu = new CpuSession(env, machine.Child("a").Cpu);
            var fault = default(ThreadFault);
            Expect.Ok(cpu.ReadException(0, ref fault));
            machine.Note(cpu.NameOf(fault.Thread) + "@" + fault.Label + ": " + fault.Text);
            Expect.Error(Error.NotFound, cpu.ReadException(1, ref fault));
        };
        machine.Do("init", env =>
        {
            _handler = env.Signal(5);
            Expect.Ok(new CpuSession(env, machine.Child("a").Cpu).SetExceptionHandler(_handler));
        });
        return machine;
    }

    private static void Misbehave(Machine machine, Env env, int kind)
    {
        switch (kind)
        {
            case 0:
                env.Memory.ReadInt32(4);
                break;
            case 1:
                env.Memory.WriteInt32(0x7ffffff0, 1);
                break;
            case 2:
                throw new InvalidOperationException();
            case 3:
                machine.Board.Nanoseconds += 2_000_000;
                env.Log("never");
                break;
            default:
                throw new AnExceptionWhoseNameIsLongerThanAMessageMayWellBeLongAsNamesGo();
        }
    }

    private sealed class AnExceptionWhoseNameIsLongerThanAMessageMayWellBeLongAsNamesGo : Exception
    {
    }
}
