// All that a program has: its memory, its selectors, messages. One instance a task; it holds no state of the component.
// This file: memory, capabilities and messages. Beside it: sessions, kernel objects, and how the kernel enters a program.
namespace Tern.Kernel;

/// <summary>A component's environment: the only way from a program to anything.</summary>
public sealed partial class Env
{
    private readonly Microkernel _kernel;
    private readonly Task _task;

    internal Env(Microkernel kernel, Task task)
    {
        _kernel = kernel;
        _task = task;
    }

    /// <summary>The component's address space.</summary>
    public Memory Memory { get; private set; } = null!;

    /// <summary>
    /// One word in the component's memory that is the program's own: usually the address of its state, which is how a
    /// program without fields finds it again.
    /// </summary>
    public int Root
    {
        get => new RuntimeBlock(Memory).Root;
        set
        {
            var block = new RuntimeBlock(Memory);
            block.Root = value;
        }
    }

    /// <summary>Why the last operation that answers with a selector or an address answered 0.</summary>
    public Error LastError { get; private set; }

    /// <summary>Begins a message. It, and the answer it brings, are good until the next message is begun in this handler.</summary>
    public Message Compose(int opcode)
    {
        Message message = _kernel.Ipc.Current.Outgoing;
        message.In.Clear(0);
        message.Out.Clear(opcode);
        return message;
    }

    /// <summary>
    /// Asks the parent or core and waits for the answer, which the message then holds. Capabilities in it belong to this
    /// component: <see cref="Release"/> what is not needed.
    /// </summary>
    /// <returns>The server's outcome; MustSend when the object belongs to somebody else.</returns>
    public Error Call(int selector, Message message)
    {
        Error error = Adopt(message, _kernel.Ipc.Call(_task, selector, message));
        Called(selector, message, error);
        return error;
    }

    /// <summary>Asks anybody; the answer comes to <see cref="Program.OnReply"/> with the label.</summary>
    /// <param name="selector">The gate.</param>
    /// <param name="message">The request, from <see cref="Compose"/>.</param>
    /// <param name="replyLabel">0 or more; what the answer is known by.</param>
    /// <returns>None once the request is on its way.</returns>
    public Error Send(int selector, Message message, int replyLabel)
    {
        Error error = replyLabel < 0
            ? Error.BadArgument
            : _kernel.Ipc.Send(_task, selector, message, replyLabel, _kernel.Ipc.Current.Thread!);
        Sent(selector, message, replyLabel, error);
        return error;
    }

    /// <summary>
    /// Keeps the request that is being handled, to be answered later with <see cref="Reply"/>. The handler then returns
    /// <see cref="Error.Deferred"/>.
    /// </summary>
    /// <returns>The token, a number that survives a restore; 0 for a call, which has to be answered at once.</returns>
    public int Defer()
    {
        int token = _kernel.Ipc.Defer();
        Denied("Defer", 0, token == 0 ? Error.NotPermitted : Error.None);
        return token;
    }

    /// <summary>Answers a deferred request.</summary>
    /// <param name="token">What <see cref="Defer"/> answered.</param>
    /// <param name="error">The outcome for the client.</param>
    /// <param name="message">The answer, from <see cref="Compose"/>; its opcode does not matter.</param>
    public Error Reply(int token, Error error, Message message)
    {
        Error outcome = _kernel.Ipc.Reply(_task, token, error, message);
        Denied("Reply", token, outcome);
        return outcome;
    }

    /// <summary>The board-wide unique number of the object behind a selector; 0 for none. It changes on restore.</summary>
    public int Badge(int selector) => _kernel.Objects.Badge(_task.Capabilities.Lookup(selector));

    /// <summary>The kind of object behind a selector.</summary>
    public ObjectType TypeOf(int selector) => _kernel.Objects.Type(_task.Capabilities.Lookup(selector));

    /// <summary>The label of a gate to this component's own RPC object; 0 for any other selector.</summary>
    public int LabelOf(int gate)
    {
        int id = _task.Capabilities.Lookup(gate, ObjectType.Gate);
        int index = id == 0 ? 0 : _kernel.Objects.Index(id);
        return id != 0 && _kernel.Gates.Thread(index)?.Task == _task ? _kernel.Gates.Label(index) : 0;
    }

    /// <summary>Keeps a capability that came with a request beyond the handler.</summary>
    /// <returns>The selector, which stays the same; 0 when it did not come with this request or the map has no room.</returns>
    public int Keep(int selector)
    {
        if (!_kernel.Ipc.Current.Keep(selector))
        {
            Denied("Keep", selector, Error.NotFound);
            return Selectors.Invalid;
        }

        LastError = Record(selector);
        return LastError == Error.None ? selector : Selectors.Invalid;
    }

    /// <summary>Gives a capability up.</summary>
    public void Release(int selector)
    {
        _kernel.Cross(_task);

        // The selector may be filled again in this handler: its end must not take that away.
        _kernel.Ipc.Current.Keep(selector);
        _task.Capabilities.Remove(selector);
        var block = new RuntimeBlock(Memory);
        if ((uint)selector < (uint)block.CapabilityMapSize)
        {
            Memory.WriteInt32(block.CapabilityMap + (4 * selector), 0);
        }
    }

    /// <summary>Allocates zeroed memory from the component's heap, which grows within the RAM quota.</summary>
    /// <returns>The address, a multiple of 8; 0 when the quota does not suffice.</returns>
    public int Allocate(int size)
    {
        if (size < 0)
        {
            return 0;
        }

        var heap = new Heap(Memory);
        int address = heap.Allocate(size);
        if (address == 0 && GrowHeap(size))
        {
            address = heap.Allocate(size);
        }

        Allocated(size, address);
        return address;
    }

    /// <summary>Gives memory from <see cref="Allocate(int)"/> back.</summary>
    public void Free(int address) => new Heap(Memory).Free(address);

    // What the emulator tells programs of (Env.Host.cs). A board has neither the texts nor the calls.
    partial void Called(int selector, Message message, Error error);

    partial void Sent(int selector, Message message, int replyLabel, Error error);

    partial void Allocated(int size, int address);

    partial void Denied(string operation, int argument, Error error);

    /// <summary>Notes the capabilities of an answer in the capability map. What does not fit is given up.</summary>
    private Error Adopt(Message message, Error outcome)
    {
        for (int i = 0; i < message.In.CapabilityCount; i++)
        {
            int selector = message.In.Capabilities[i];
            Error error = selector == Selectors.Invalid ? Error.None : Record(selector);
            if (error != Error.None)
            {
                message.In.Capabilities[i] = Selectors.Invalid;
                outcome = error;
            }
        }

        return outcome;
    }

    /// <summary>Writes a selector's badge into the capability map, which grows as needed.</summary>
    private Error Record(int selector)
    {
        var block = new RuntimeBlock(Memory);
        if (selector >= block.CapabilityMapSize && !GrowMap(block, selector))
        {
            _task.Capabilities.Remove(selector);
            return Error.OutOfRam;
        }

        Memory.WriteInt32(block.CapabilityMap + (4 * selector), Badge(selector));
        return Error.None;
    }

    private bool GrowMap(RuntimeBlock block, int selector)
    {
        int larger = block.CapabilityMapSize;
        while (larger <= selector)
        {
            larger *= 2;
        }

        int address = Allocate(4 * larger);

        // The heap may have grown for that, and the map for the heap's new dataspace, perhaps with all the heap had gained.
        int size = block.CapabilityMapSize;
        if (size > selector)
        {
            if (address != 0)
            {
                Free(address);
            }

            return true;
        }

        if (address == 0)
        {
            return false;
        }

        int old = block.CapabilityMap;
        Memory.Copy(old, address, 4 * size);
        block.CapabilityMap = address;
        block.CapabilityMapSize = larger;

        // Badges are the board's; what a component leaves in its memory should be its own.
        Memory.Clear(old, 4 * size);
        Free(old);
        return true;
    }

    private bool GrowHeap(int size)
    {
        int wanted = size + (2 * Heap.Header);
        if (wanted < size)
        {
            return false;
        }

        // The runtime's own message: the program may be composing one.
        Message message = _kernel.Ipc.Current.Internal;
        message.In.Clear(0);
        message.Out.Clear(PdOperation.AllocateDataspace);
        message.Add(wanted < MinimalGrowth ? MinimalGrowth : wanted);
        LastError = _kernel.Ipc.Call(_task, Selectors.Pd, message);
        int dataspace = message.Capability(0);
        if (LastError != Error.None)
        {
            return false;
        }

        int address = AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.ReadWrite);
        if (address == 0)
        {
            message.Out.Clear(PdOperation.FreeDataspace);
            message.AddCapability(dataspace);
            _kernel.Ipc.Call(_task, Selectors.Pd, message);
            return false;
        }

        new Heap(Memory).Add(address, SizeOf(dataspace));
        return Record(dataspace) == Error.None;
    }

    private const int MinimalGrowth = 4096;
}
