// A child component as its parent sees it: the sessions and objects that the parent made for it.
// Used by init for its children and by RTCR for its targets.
// Invariants: a child that could not be made whole is taken apart again; destroying one returns its budget to the parent.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>One child: made, furnished with its environment, started, and ended by its parent.</summary>
public sealed class Child
{
    private const int UsualInitialMemory = 4096;
    private const int SmallInitialMemory = 1024;
    private const int SmallPages = 1024;

    /// <summary>The fewest capabilities that a child needs: its environment, and one for what it asks first.</summary>
    public const int InitialCaps = 8;

    private readonly Env _env;

    private Child(Env env, string name)
    {
        _env = env;
        Name = name;
    }

    /// <summary>The child's name among its siblings.</summary>
    public string Name { get; }

    /// <summary>The child's PD session.</summary>
    public int Pd { get; private set; }

    /// <summary>The native interface of the child's protection domain.</summary>
    public int Native { get; private set; }

    /// <summary>The child's CPU session.</summary>
    public int Cpu { get; private set; }

    /// <summary>The child's LOG session.</summary>
    public int Log { get; private set; }

    /// <summary>The child's initial thread.</summary>
    public int Thread { get; private set; }

    /// <summary>The region map of the child's address space.</summary>
    public int AddressSpace { get; private set; }

    /// <summary>The gate that the child has as its parent.</summary>
    public int ParentGate { get; private set; }

    /// <summary>A child's initial memory in bytes: the runtime's block, the capability map and some heap. Boards with small pages have
    /// little memory, and get by with less.</summary>
    /// <param name="env">The parent's environment.</param>
    public static int InitialMemoryOn(Env env) => env.Memory.PageSize < SmallPages ? SmallInitialMemory : UsualInitialMemory;

    /// <summary>Makes the protection domain, its thread and the sessions of its environment; nothing runs yet.</summary>
    /// <param name="env">The parent's environment.</param>
    /// <param name="name">The child's name.</param>
    /// <param name="binary">The program.</param>
    /// <param name="ram">RAM in bytes, taken from the parent.</param>
    /// <param name="caps">Capabilities, taken from the parent.</param>
    /// <param name="priority">The thread's priority, and the highest that any other thread of the child and of its children may have.</param>
    /// <param name="parentLabel">The label of the child's parent gate: how the parent tells its children apart.</param>
    /// <param name="child">The child.</param>
    /// <returns>NotFound when the boot image has no such program; OutOfRam or OutOfCaps when the parent has not that much; NotPermitted when it may not
    /// be so urgent itself.</returns>
    public static Error Create(Env env, string name, string binary, int ram, int caps, int priority, int parentLabel, out Child? child)
        => Create(env, name, binary, ram, caps, priority, parentLabel, default, out child);

    /// <summary>Makes a child that has a part of the processor.</summary>
    /// <param name="env">The parent's environment.</param>
    /// <param name="name">The child's name.</param>
    /// <param name="binary">The program.</param>
    /// <param name="ram">RAM in bytes, taken from the parent.</param>
    /// <param name="caps">Capabilities, taken from the parent.</param>
    /// <param name="priority">The thread's priority, and the highest that any other thread of the child and of its children may have.</param>
    /// <param name="parentLabel">The label of the child's parent gate: how the parent tells its children apart.</param>
    /// <param name="processor">What it has of the processor.</param>
    /// <param name="child">The child.</param>
    /// <returns>NotFound when the boot image has no such program; OutOfRam or OutOfCaps when the parent has not that much.</returns>
    public static Error Create(
        Env env, string name, string binary, int ram, int caps, int priority, int parentLabel, ProcessorPart processor, out Child? child)
    {
        child = new Child(env, name);
        Error error = child.Make(binary, ram, caps, priority, parentLabel, processor);
        if (error != Error.None)
        {
            child.Destroy();
            child = null;
        }

        return error;
    }

    /// <summary>Gives a new child its initial memory.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="dataspace">The dataspace, which the parent may give up.</param>
    public Error AddInitialMemory(int size, out int dataspace)
    {
        dataspace = new PdSession(_env, Pd).AllocateDataspace(size, out Error error);
        if (error == Error.None)
        {
            _env.AttachAt(AddressSpace, dataspace, 0, 0, MemoryLayout.InitialMemory, Rights.ReadWrite);
            error = _env.LastError;
        }

        return error;
    }

    /// <summary>Fills the well-known selectors. Whoever intercepts a session gives its own gate in its place.</summary>
    public Error Furnish(int pd, int cpu, int log)
    {
        var native = new NativePd(_env, Native);
        int task = native.Task();
        Error error = native.Install(Selectors.Task, task);
        _env.Release(task);
        error = error == Error.None ? native.Install(Selectors.Parent, ParentGate) : error;
        error = error == Error.None ? native.Install(Selectors.Pd, pd) : error;
        error = error == Error.None ? native.Install(Selectors.Cpu, cpu) : error;
        error = error == Error.None ? native.Install(Selectors.Log, log) : error;
        error = error == Error.None ? native.Install(Selectors.Thread, Thread) : error;
        return error == Error.None ? native.Install(Selectors.AddressSpace, AddressSpace) : error;
    }

    /// <summary>Starts the child.</summary>
    /// <param name="construct">Whether its program constructs itself; not on restore.</param>
    public Error Start(bool construct) => new CpuSession(_env, Cpu).Start(Thread, construct);

    /// <summary>Keeps the child from being entered again.</summary>
    public Error Halt() => new NativePd(_env, Native).Halt();

    /// <summary>Why the kernel stopped the child, and in which thread, for logs.</summary>
    public string DescribeFault()
    {
        var cpu = new CpuSession(_env, Cpu);
        var fault = default(ThreadFault);
        if (cpu.ReadException(0, ref fault) != Error.None)
        {
            return Errors.Name(new NativePd(_env, Native).Fault());
        }

        string text = fault.Text + " in thread \"" + cpu.NameOf(fault.Thread) + "\"";
        _env.Release(fault.Thread);
        return text;
    }

    /// <summary>Ends the child and everything it made.</summary>
    public void Destroy()
    {
        Close(Pd);
        Close(Cpu);
        Close(Log);
        if (ParentGate != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeGate(ParentGate);
        }

        Drop(Native);
        Drop(Thread);
        Drop(AddressSpace);
        Pd = Cpu = Log = ParentGate = Native = Thread = AddressSpace = Selectors.Invalid;
    }

    private Error Make(string binary, int ram, int caps, int priority, int parentLabel, ProcessorPart processor)
    {
        Pd = _env.ConnectPd(Name, ram, caps, out int native);
        Native = native;
        if (Pd == Selectors.Invalid)
        {
            return _env.LastError;
        }

        Error error = new NativePd(_env, Native).Load(binary);
        if (error != Error.None)
        {
            return error;
        }

        AddressSpace = new NativePd(_env, Native).AddressSpace();
        Cpu = _env.ConnectCpu(Name, processor.Space, processor.Location, processor.Share, priority + 1);
        error = Cpu == Selectors.Invalid ? _env.LastError : Error.None;
        if (error == Error.None)
        {
            Log = _env.Connect("LOG", Name, 0, 0, 0);
            error = Log == Selectors.Invalid ? _env.LastError : Error.None;
        }

        if (error == Error.None)
        {
            ParentGate = _env.Gate(parentLabel);
            error = ParentGate == Selectors.Invalid ? _env.LastError : Error.None;
        }

        if (error == Error.None)
        {
            Thread = new CpuSession(_env, Cpu).CreateThread(Pd, Name, priority, out error);
        }

        return error;
    }

    private void Close(int session)
    {
        if (session != Selectors.Invalid)
        {
            _env.Close(session);
        }
    }

    private void Drop(int selector)
    {
        if (selector != Selectors.Invalid)
        {
            _env.Release(selector);
        }
    }
}
