// How init comes to life: the one component that core makes itself, from what the board has.
namespace Tern.Kernel;

/// <summary>Builds init's protection domain.</summary>
internal sealed class InitBoot
{
    private const int MostInitialMemory = 16 * 1024;
    private const int LeastInitialMemory = 2 * 1024;

    private readonly Core _core;
    private readonly Microkernel _kernel;

    internal InitBoot(Core core)
    {
        _core = core;
        _kernel = core.Kernel;
    }

    internal Error Run(int parentLabel)
    {
        Program? program = _core.Board.Modules.Load("init");
        Task? init = program == null ? null : _kernel.Lifecycle.CreateTask(_core.Task, "init");
        if (init == null)
        {
            return program == null ? Error.NotFound : Error.TableFull;
        }

        init.Program = program;
        init.RamQuota = _kernel.Profile.MemorySize;
        init.CapQuota = _kernel.Profile.Capabilities;
        int ram = (int)(init.RamQuota >> 20);
        IConsole console = _core.Board.Console;
        console.WriteLine("Tern on " + _kernel.Profile.Kind);
        console.WriteLine((ram > 0 ? ram + " MiB" : (init.RamQuota >> 10) + " KiB")
            + " RAM and " + init.CapQuota + " caps assigned to init");

        var pd = new PdSessionServer(_core, _core.Task, init.Label, init);
        int cores = _kernel.Profile.Cores;
        if (cores < 1 || cores > Affinity.Most)
        {
            return Error.BadArgument;
        }

        var cpu = new CpuSessionServer(_core, init, init.Label, Affinity.All(Affinity.Space(cores, 1)), null, Priorities.Count);
        var log = new LogSessionServer(_core, init, init.Label);
        Error error = _core.Add(pd);
        error = error == Error.None ? _core.Add(cpu) : error;
        error = error == Error.None ? _core.Add(log) : error;
        error = error == Error.None ? pd.Allocate(InitialMemory(), out int memory, true) : error;
        if (error != Error.None)
        {
            return error;
        }

        Thread? thread = ThreadFactory.Create(_kernel, init, "init", Priorities.Count - 2, 0);
        int parent = _kernel.Lifecycle.CreateGate(_core.Task, null, parentLabel);
        if (thread == null || parent == 0)
        {
            return Error.TableFull;
        }

        cpu.Adopt(thread);
        error = Install(init, Selectors.Task, init.Identity);
        error = error == Error.None ? Install(init, Selectors.Parent, parent) : error;
        error = error == Error.None ? Install(init, Selectors.Pd, pd.Gate) : error;
        error = error == Error.None ? Install(init, Selectors.Cpu, cpu.Gate) : error;
        error = error == Error.None ? Install(init, Selectors.Log, log.Gate) : error;
        error = error == Error.None ? Install(init, Selectors.Thread, thread.Identity) : error;
        error = error == Error.None ? Install(init, Selectors.AddressSpace, init.AddressSpaceIdentity) : error;
        if (error != Error.None)
        {
            return error;
        }

        thread.StartPending = true;
        thread.Running = true;
        _kernel.Ready.Add(thread);
        return Error.None;
    }

    /// <summary>Four pages, within limits: a board with small pages has little memory.</summary>
    private int InitialMemory()
    {
        int size = 4 * _kernel.Profile.PageSize;
        return size < LeastInitialMemory ? LeastInitialMemory : size > MostInitialMemory ? MostInitialMemory : size;
    }

    private static Error Install(Task init, int selector, int id) => init.Capabilities.InsertAt(selector, id);
}
