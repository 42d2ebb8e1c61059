// The creator's side door into a protection domain: loading its text and filling its capability space, for starting and
// for restoring it, and reading what a checkpoint needs.
namespace Tern.Kernel;

/// <summary>Core's side of a protection domain's native interface.</summary>
internal sealed class NativePdServer : CoreSession
{
    private readonly PdSessionServer _pd;
    private readonly OutstandingRequests _requests;

    internal NativePdServer(Core core, Task client, string label, PdSessionServer pd)
        : base(core, client, label)
    {
        _pd = pd;
        _requests = new OutstandingRequests(core.Kernel, pd.Task);
    }

    private Task Task => _pd.Task;

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case NativePdOperation.Load:
                return Load(message.Text);
            case NativePdOperation.Install:
                return message.Capability(0) == 0
                    ? Error.InvalidCapability
                    : Install(message.Word(0), message.Capability(0));
            case NativePdOperation.ReadSelector:
                int id = Task.Capabilities.Lookup(message.Word(0));
                message.Add((int)Core.Kernel.Objects.Type(id)).Add(Core.Kernel.Objects.Badge(id)).Add(Task.Capabilities.Size)
                    .Add(Task.Capabilities.IsUsed(message.Word(0)) ? 1 : 0);
                return Error.None;
            case NativePdOperation.ReadSelectors:
                message.Add(SelectorReader.Read(Core.Kernel.Objects, Task.Capabilities, message.Word(0), message.Out));
                return Error.None;
            case NativePdOperation.AddressSpace:
                message.AddCapability(Task.AddressSpaceIdentity);
                return Error.None;
            case NativePdOperation.Task:
                message.AddCapability(Task.Identity);
                return Error.None;
            case NativePdOperation.FaultSignal:
                return SetFaultSignal(message.Capability(0));
            case NativePdOperation.State:
                message.Add((int)Task.Fault).Add64(Task.CpuNanoseconds).Add(Task.Entries);
                return Error.None;
            case NativePdOperation.NextToken:
                Task.NextToken = message.Word(0) == 0 ? Task.NextToken : message.Word(0);
                message.Add(Task.NextToken);
                return Error.None;
            case NativePdOperation.Thread:
                return NameThread(message);
            case NativePdOperation.Halt:
                Lifecycle.Stop(Task);
                return Error.None;
            case NativePdOperation.Audit:
                return Audit(message);
            case NativePdOperation.Fail:
                return Fail((Error)message.Word(0));
            case NativePdOperation.Back:
                return Back(message.Capability(0), message.Capability(1), message.Word(0));
            default:
                return _requests.Handle(caller, message);
        }
    }

    private Error Install(int selector, int id)
    {
        if (Task.Capabilities.IsUsed(selector) && Task.Capabilities.Lookup(selector) == 0)
        {
            Task.Capabilities.Remove(selector);
        }

        return Core.Kernel.Failpoint.Strikes() ? Error.OutOfCaps : Task.Capabilities.InsertAt(selector, id);
    }

    private Error Load(string binary)
    {
        if (Task.Program != null)
        {
            return Error.Exists;
        }

        Task.Program = Core.Board.Modules.Load(binary);
        return Task.Program == null ? Error.NotFound : Error.None;
    }

    private Error NameThread(Message message)
    {
        message.Add(Task.ThreadCount);
        Thread? thread = Task.Threads;
        for (int before = message.Word(0); before > 0 && thread != null; before--)
        {
            thread = thread.NextOfTask;
        }

        if (thread != null && message.Word(0) >= 0)
        {
            message.AddCapability(thread.Identity);
        }

        return Error.None;
    }

    private Error Audit(Message message)
    {
        string? broken = Core.Kernel.AuditWithin();
        if (broken != null)
        {
            message.AddText(broken);
        }

        return broken == null ? Error.None : Error.AuditFailed;
    }

    private Error Fail(Error fault)
    {
        if (fault <= Error.None || Core.Kernel.Ipc.IsActive(Task))
        {
            return fault <= Error.None ? Error.BadArgument : Error.Busy;
        }

        Task.Fault = fault;
        Lifecycle.Stop(Task);
        return Error.None;
    }

    private Error Back(int dataspace, int managed, int offset)
    {
        ObjectTable objects = Core.Kernel.Objects;
        if (objects.Type(dataspace) != ObjectType.Dataspace || objects.Type(managed) != ObjectType.RegionMap)
        {
            return dataspace == 0 || managed == 0 ? Error.InvalidCapability : Error.WrongObject;
        }

        bool mayBack = objects.Owner(dataspace) == Task.Index && Core.Kernel.Memory.Map(managed).Space == null;
        return mayBack ? Core.Kernel.Memory.Back(dataspace, managed, offset) : Error.NotPermitted;
    }

    private Error SetFaultSignal(int id)
    {
        if (Core.Kernel.Objects.Type(id) != ObjectType.Irq)
        {
            return Error.WrongObject;
        }

        Task.FaultSignal = id;
        Task.FaultSignalBadge = Core.Kernel.Objects.Badge(id);
        return Error.None;
    }
}
