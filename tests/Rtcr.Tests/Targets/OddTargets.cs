// Targets that bring themselves into a state in which they must not, or cannot, be checkpointed or restored.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Lets a sibling give it a capability behind RTCR's back, at the second check; gives it up at the sixth.</summary>
public sealed class Receiver : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Gate(5));
        Must(env, env.Open("Slow", "", 1), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label == 1)
        {
            notes.Write(1, answer.Capability(0));
            Must(env, env.Send(notes.Read(1), env.Compose(SlowServer.Make), 3), "send");
        }
        else if (label == 3)
        {
            // An object of the server's: requests to it do not pass RTCR.
            notes.Write(3, answer.Capability(0));
        }
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        notes.Write(2, env.Keep(request.Capability(0)));
        env.Log("visited");
        return Error.None;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 2)
        {
            Must(env, env.Send(notes.Read(3), env.Compose(SlowServer.Visit).AddCapability(notes.Read(0)), 2), "send");
        }

        if (number == 6)
        {
            env.Release(notes.Read(2));
        }

        return "";
    }
}

/// <summary>Points its own runtime's block to where no capability map is: to read-only memory, to a hole, to nowhere.</summary>
public sealed class Liar : Probe
{
    private const int MapAt = MemoryLayout.InitialMemory + 8;
    private const int SizeAt = MemoryLayout.InitialMemory + 12;

    protected override void Enter(Env env, Notes notes)
    {
        int rom = env.Connect("ROM", ModuleReader.Name, 0, 0, 0);
        int module = new RomSession(env, rom).Dataspace(out int _, out Error error);
        Must(env, error, "module");
        notes.Write(0, env.AttachAt(Selectors.AddressSpace, module, 0, 0, -1, Rights.Read));
        int map = new RmSession(env, env.Connect("RM")).Create(4096, out error);
        Must(env, error, "create");
        notes.Write(1, env.Attach(map));
        notes.Write(2, env.Memory.ReadInt32(MapAt));
        notes.Write(3, env.Memory.ReadInt32(SizeAt));
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        // From now on it must not make a capability known to itself: it would fault.
        int[] lies = { 0, notes.Read(0), notes.Read(1), 0x40000000, -4, notes.Read(2) };
        env.Memory.WriteInt32(MapAt, number < lies.Length ? lies[number] : notes.Read(2));
        env.Memory.WriteInt32(SizeAt, number == 5 ? 0x20000000 : notes.Read(3));
        return "";
    }
}

/// <summary>Closes the session of a sibling while a request is on its way, and tells what becomes of it.</summary>
public sealed class Impatient : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(1, env.Signal(1));
        Must(env, env.Open("Slow", "", 1), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        env.Log("answer to " + label + ": " + Errors.Name(outcome));
        if (label == 1)
        {
            notes.Write(0, answer.Capability(0));
            Must(env, env.Send(notes.Read(0), env.Compose(SlowServer.Later).Add(1).AddCapability(notes.Read(1)), 2), "send");
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 1)
        {
            Must(env, env.Close(notes.Read(0)), "close");
        }

        return "";
    }
}
