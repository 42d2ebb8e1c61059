// A target that is in many states at once.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Has a little of everything that an image can hold: every kind of entry, call, region, request and event.</summary>
public sealed class Collector : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        // Two sessions' calls and states.
        int timer = env.Connect("Timer", "slow", 0, 0, 0);
        notes.Write(0, env.Signal(1));
        new TimerSession(env, timer).Sigh(notes.Read(0));
        new TimerSession(env, timer).TriggerPeriodic(270_000);
        int irq = env.Connect("IRQ", "", 0, 0, LateAcknowledger.Line);
        Must(env, new IrqSession(env, irq).Sigh(notes.Read(0)), "sigh");

        // Memory: a module whose session is closed, a managed dataspace, a heap of two pieces.
        int rom = env.Connect("ROM", ModuleReader.Name, 0, 0, 0);
        int module = new RomSession(env, rom).Dataspace(out int _, out Error error);
        Must(env, error, "module");
        notes.Write(1, env.AttachAt(Selectors.AddressSpace, module, 0, 0, -1, Rights.Read));
        Must(env, env.Close(rom), "close");
        int config = env.Connect("ROM", "config", 0, 0, 0);
        Must(env, config == 0 ? Error.NotFound : Error.None, "config");
        int map = new RmSession(env, env.Connect("RM")).Create(2 * 4096, out error);
        Must(env, error, "create");
        int part = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out error);
        Must(env, error, "allocate");
        env.AttachAt(map, part, 0, 0, 4096, Rights.ReadWrite);
        notes.Write(2, env.Attach(map) + 4096);
        notes.Write(3, env.Allocate(5000));
        env.Memory.WriteInt32(notes.Read(2), 1);
        env.Memory.WriteInt32(notes.Read(3), 1);

        // A thread, an RPC object, a request to itself that it keeps.
        var cpu = new CpuSession(env, Selectors.Cpu);
        int thread = cpu.CreateThread(Selectors.Pd, "second", Priorities.Default, out error);
        Must(env, error, "thread");
        Must(env, cpu.Start(thread, false), "start");
        notes.Write(4, env.Signal(2, thread));
        notes.Write(5, env.Gate(7));
        Must(env, env.Send(notes.Read(5), env.Compose(3).Add(1).AddText("kept").AddCapability(notes.Read(4)), 1), "send");
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        if (request.Opcode == 3)
        {
            notes.Write(6, env.Defer());
            return Error.Deferred;
        }

        request.Add(request.Word(0) + label);
        return Error.None;
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
        => env.Log("answer to " + label + " is " + answer.Word(0) + ", " + Errors.Name(outcome));

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Log("signal " + label + " times " + count);

    protected override string Check(Env env, Notes notes, int number)
    {
        bool right = env.Memory.ReadInt32(notes.Read(2)) == number && env.Memory.ReadInt32(notes.Read(3)) == number
            && env.Memory.ReadByte(notes.Read(1)) == 't';
        env.Memory.WriteInt32(notes.Read(2), number + 1);
        env.Memory.WriteInt32(notes.Read(3), number + 1);
        Must(env, env.Send(notes.Read(5), env.Compose(1).Add(number), 2), "send");
        env.Submit(notes.Read(4), number);
        env.Submit(notes.Read(0), 2);
        if (number == 6)
        {
            Must(env, env.Reply(notes.Read(6), Error.None, env.Compose(0).Add(66)), "reply");
        }

        return right ? "" : "memory";
    }
}
