// A child component as its parent in a test makes it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>What a parent gives a child, and the selectors by which it then knows it.</summary>
public sealed class TestChild
{
    public TestChild(string name, Scripted program)
    {
        Name = name;
        Program = program;
    }

    public string Name { get; }

    public Scripted Program { get; }

    public int Ram { get; set; } = 64 * 1024;

    public int Caps { get; set; } = 64;

    public int Priority { get; set; } = Priorities.Default;

    /// <summary>Hundredths of a percent of its parent's processor time; 0 for no limit.</summary>
    public int Share { get; set; }

    /// <summary>Where it may run, in a space of two columns; 0 for everywhere.</summary>
    public int Place { get; set; }

    /// <summary>How many priorities its threads may have; 0 for all that its parent has.</summary>
    public int Levels { get; set; }

    /// <summary>Bytes of the memory that the child starts with.</summary>
    public int InitialMemory { get; set; } = 8192;

    /// <summary>Whether the parent starts it once it is made.</summary>
    public bool Starts { get; set; } = true;

    /// <summary>The signal context that learns of the child's fault; 0 for none.</summary>
    public int FaultSignal { get; set; }

    public int Pd { get; private set; }

    public int Native { get; private set; }

    public int Cpu { get; private set; }

    public int Log { get; private set; }

    public int Thread { get; private set; }

    public int AddressSpace { get; private set; }

    public int ParentGate { get; private set; }

    /// <summary>Makes and furnishes the child, in its parent's handler.</summary>
    public Error Make(Env env, int parentLabel)
    {
        Pd = env.ConnectPd(Name, Ram, Caps, out int native);
        Native = native;
        if (Pd == Selectors.Invalid)
        {
            return env.LastError;
        }

        var domain = new NativePd(env, Native);
        Error error = domain.Load(Name);
        AddressSpace = domain.AddressSpace();
        Cpu = env.ConnectCpu(Name, Place == 0 ? 0 : Affinity.Space(2, 1), Place, Share, Levels);
        Log = env.Connect("LOG", Name, 0, 0, 0);
        ParentGate = env.Gate(parentLabel);
        error = error == Error.None && ParentGate == Selectors.Invalid ? env.LastError : error;
        if (error == Error.None)
        {
            Thread = new CpuSession(env, Cpu).CreateThread(Pd, Name, Priority, out error);
        }

        int memory = 0;
        if (error == Error.None)
        {
            memory = new PdSession(env, Pd).AllocateDataspace(InitialMemory, out error);
        }

        if (error == Error.None)
        {
            env.AttachAt(AddressSpace, memory, 0, 0, MemoryLayout.InitialMemory, Rights.ReadWrite);
            error = env.LastError;
            env.Release(memory);
        }

        int task = domain.Task();
        error = error == Error.None ? domain.Install(Selectors.Task, task) : error;
        env.Release(task);
        error = error == Error.None ? domain.Install(Selectors.Parent, ParentGate) : error;
        error = error == Error.None ? domain.Install(Selectors.Pd, Pd) : error;
        error = error == Error.None ? domain.Install(Selectors.Cpu, Cpu) : error;
        error = error == Error.None ? domain.Install(Selectors.Log, Log) : error;
        error = error == Error.None ? domain.Install(Selectors.Thread, Thread) : error;
        error = error == Error.None ? domain.Install(Selectors.AddressSpace, AddressSpace) : error;
        if (error == Error.None && FaultSignal != Selectors.Invalid)
        {
            error = domain.SetFaultSignal(FaultSignal);
        }

        return error == Error.None && Starts ? Start(env) : error;
    }

    public Error Start(Env env) => new CpuSession(env, Cpu).Start(Thread, true);

    public Error Pause(Env env) => new CpuSession(env, Cpu).Pause(Thread);

    public Error Resume(Env env) => new CpuSession(env, Cpu).Resume(Thread);

    /// <summary>Ends the child, and gives up all that its parent had of it.</summary>
    public Error Destroy(Env env)
    {
        Error error = env.Close(Pd);
        env.Close(Cpu);
        env.Close(Log);
        new PdSession(env, Selectors.Pd).FreeGate(ParentGate);
        env.Release(Native);
        env.Release(Thread);
        env.Release(AddressSpace);
        return error;
    }
}
