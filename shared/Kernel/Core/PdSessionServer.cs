// Core's PD service: protection domains with their memory, gates, signal contexts and budgets.
// Invariants: what a domain uses stays within its quota; closing it returns its whole quota to whoever gave it.
namespace Tern.Kernel;

/// <summary>Core's side of a PD session.</summary>
internal sealed class PdSessionServer : CoreSession
{
    internal PdSessionServer(Core core, Task donor, string label, Task task)
        : base(core, donor, label)
    {
        Task = task;
        Native = new NativePdServer(core, donor, label, this);
    }

    /// <summary>The protection domain.</summary>
    internal Task Task { get; }

    internal NativePdServer Native { get; }

    /// <summary>The identity of the gate for the domain's creator.</summary>
    internal int NativeGate => Native.Gate;

    internal static Error Create(Core core, Task client, string label, int ram, int caps, out CoreSession? session)
    {
        session = null;
        Error error = client.MayGive(ram, caps);
        if (error != Error.None)
        {
            return error;
        }

        Task? task = core.Kernel.Lifecycle.CreateTask(client, label);
        if (task == null)
        {
            return Error.TableFull;
        }

        var pd = new PdSessionServer(core, client, label, task);
        error = core.Add(pd.Native);
        if (error != Error.None)
        {
            core.Kernel.Lifecycle.DestroyTask(task);
            return error;
        }

        Task.Give(client, task, ram, caps);
        session = pd;
        return Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case PdOperation.AllocateDataspace:
                return AllocateDataspace(caller, message);
            case PdOperation.FreeDataspace:
                return Free(message.Capability(0), ObjectType.Dataspace);
            case PdOperation.AllocateGate:
                return AllocateGate(caller, message);
            case PdOperation.FreeGate:
                return Free(message.Capability(0), ObjectType.Gate);
            case PdOperation.AllocateSignal:
                return AllocateSignal(caller, message);
            case PdOperation.FreeSignal:
                return Free(message.Capability(0), ObjectType.Irq);
            case PdOperation.Quota:
                message.Add64(Task.RamQuota).Add64(Task.RamUsed).Add(Task.CapQuota).Add(Task.Capabilities.Count);
                return Error.None;
            case PdOperation.TransferQuota:
                return Transfer(message);
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>Allocates RAM within the quota.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="id">The dataspace.</param>
    /// <param name="initial">Whether to attach it where a component's initial memory belongs.</param>
    internal Error Allocate(int size, out int id, bool initial)
    {
        id = 0;
        size = Core.Kernel.Memory.RoundUp(size);
        if (size < 0)
        {
            return Error.BadArgument;
        }

        if (Task.RamQuota - Task.RamUsed < size)
        {
            return Error.OutOfRam;
        }

        id = Core.Kernel.Memory.CreateDataspace(Task, size, true, out Error error);
        if (error == Error.None)
        {
            Task.RamUsed += size;
        }

        if (error == Error.None && initial)
        {
            error = Core.Kernel.Memory.Attach(
                Task.AddressSpaceIdentity, id, 0, 0, AddressSpace.Base, Rights.ReadWrite, out int _);
        }

        return error;
    }

    /// <summary>What is donated to a PD session is its domain's, and returns with it.</summary>
    internal override Error Donate(int ram, int caps)
    {
        Error error = Client.MayGive(ram, caps);
        if (error == Error.None)
        {
            Task.Give(Client, Task, ram, caps);
        }

        return error;
    }

    internal override void Close()
    {
        Task? donor = Client;
        Core.CloseAllOf(Task);
        Core.Kernel.Lifecycle.DestroyTask(Task);
        Task.Give(Task, donor, Task.RamQuota, Task.CapQuota);
        if (Native.Gate != 0)
        {
            Core.Close(Native);
        }
    }

    private static Error Answer(Message message, Error error, int id)
    {
        if (error == Error.None && id == 0)
        {
            return Error.TableFull;
        }

        if (error == Error.None)
        {
            message.AddCapability(id);
        }

        return error;
    }

    private Error AllocateDataspace(Task caller, Message message)
    {
        int dataspace = 0;
        Error error = Core.Kernel.Lifecycle.MayOwn(Task, caller);
        error = error == Error.None ? Allocate(message.Word(0), out dataspace, false) : error;
        return Answer(message, error, dataspace);
    }

    private Error AllocateGate(Task caller, Message message)
    {
        Error error = ThreadOf(caller, message.Capability(0), out Thread? thread);
        return error == Error.None
            ? Answer(message, Error.None, Core.Kernel.Lifecycle.CreateGate(Task, thread, message.Word(0)))
            : error;
    }

    private Error AllocateSignal(Task caller, Message message)
    {
        Error error = ThreadOf(caller, message.Capability(0), out Thread? thread);
        return error == Error.None
            ? Answer(message, Error.None, Core.Kernel.Lifecycle.CreateIrq(Task, thread, message.Word(0)))
            : error;
    }

    /// <summary>The thread that a new object is to lead to, if its maker has room to name that object.</summary>
    private Error ThreadOf(Task caller, int id, out Thread? thread)
    {
        thread = Task.FirstThread;
        if (id != 0)
        {
            thread = Core.Kernel.Objects.Type(id) == ObjectType.Thread
                ? Core.Kernel.Threads[Core.Kernel.Objects.Index(id)]
                : null;
        }

        return thread == null || thread.Task != Task ? Error.BadArgument : Core.Kernel.Lifecycle.MayOwn(Task, caller);
    }

    private Error Free(int id, ObjectType type)
    {
        if (id == 0 || Core.Kernel.Objects.Type(id) != type)
        {
            return id == 0 ? Error.InvalidCapability : Error.WrongObject;
        }

        if (Core.Kernel.Objects.Owner(id) != Task.Index)
        {
            return Error.NotPermitted;
        }

        if (type == ObjectType.Dataspace)
        {
            Task.RamUsed -= Core.Kernel.Memory.SizeOf(id);
        }

        Core.Kernel.Lifecycle.Destroy(id);
        return Error.None;
    }

    private Error Transfer(Message message)
    {
        long ram = message.Word64(0);
        int caps = message.Word(2);
        var other = Core.SessionOf(message.Capability(0)) as PdSessionServer;
        if (other == null)
        {
            return Error.InvalidCapability;
        }

        if (!Task.IsAncestorOf(other.Task) && !other.Task.IsAncestorOf(Task))
        {
            return Error.NotPermitted;
        }

        Error error = Task.MayGive(ram, caps);
        if (error == Error.None)
        {
            Task.Give(Task, other.Task, ram, caps);
        }

        return error;
    }
}
