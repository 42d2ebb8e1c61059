// The creator's side door into a protection domain (the second capability of a new PD session).
namespace Tern.Kernel;

/// <summary>A protection domain's native interface.</summary>
/// <param name="env">The creator's environment.</param>
/// <param name="native">The capability's selector.</param>
public readonly struct NativePd(Env env, int native)
{
    /// <summary>The capability's selector.</summary>
    public int Selector => native;

    /// <summary>Loads the text from the boot image.</summary>
    public Error Load(string binary) => env.Call(native, env.Compose(NativePdOperation.Load).AddText(binary));

    /// <summary>Puts a capability at a selector of the domain that is empty or names what has ended.</summary>
    public Error Install(int selector, int capability)
        => env.Call(native, env.Compose(NativePdOperation.Install).Add(selector).AddCapability(capability));

    /// <summary>Reads a selector of the domain.</summary>
    /// <param name="selector">The selector.</param>
    /// <param name="badge">The badge of what it names; 0 when it is empty.</param>
    /// <returns>The kind of object.</returns>
    public ObjectType ReadSelector(int selector, out int badge)
    {
        Message message = env.Compose(NativePdOperation.ReadSelector).Add(selector);
        env.Call(native, message);
        badge = message.Word(1);
        return (ObjectType)message.Word(0);
    }

    /// <summary>The fewest bytes that <see cref="ReadSelectors"/> needs.</summary>
    public const int SelectorBytes = Message.MaxBytes;

    /// <summary>Reads many selectors of the domain that are in use, with one message.</summary>
    /// <param name="first">The first to look at.</param>
    /// <param name="records">Gets a selector and its badge, 4 bytes each, again and again; at least <see cref="SelectorBytes"/> long.</param>
    /// <param name="count">How many pairs there are.</param>
    /// <returns>Where to look next; 0 when there are no more.</returns>
    public int ReadSelectors(int first, byte[] records, out int count)
    {
        Message message = env.Compose(NativePdOperation.ReadSelectors).Add(first);
        env.Call(native, message);
        count = message.CopyBytes(records, 0, Message.MaxBytes) / 8;
        return message.Word(0);
    }

    /// <summary>Whether a selector of the domain is in use, be it that its object has ended.</summary>
    public bool IsUsed(int selector)
    {
        Message message = env.Compose(NativePdOperation.ReadSelector).Add(selector);
        env.Call(native, message);
        return message.Word(3) != 0;
    }

    /// <summary>One more than the highest selector that can be filled.</summary>
    public int CapabilitySpaceSize()
    {
        Message message = env.Compose(NativePdOperation.ReadSelector).Add(0);
        env.Call(native, message);
        return message.Word(2);
    }

    /// <summary>The region map of the domain's address space.</summary>
    public int AddressSpace() => Get(NativePdOperation.AddressSpace);

    /// <summary>The domain's task.</summary>
    public int Task() => Get(NativePdOperation.Task);

    /// <summary>Names a thread of the domain, whoever made it.</summary>
    /// <param name="index">How many were made before it and live.</param>
    /// <returns>Its selector, to be given up; 0 beyond the last.</returns>
    public int Thread(int index)
    {
        Message message = env.Compose(NativePdOperation.Thread).Add(index);
        env.Call(native, message);
        return message.Capability(0);
    }

    /// <summary>Keeps the domain's threads from being entered again, for the parent of one that has exited.</summary>
    public Error Halt() => env.Call(native, env.Compose(NativePdOperation.Halt));

    /// <summary>Sets who is signalled when the domain's program faults.</summary>
    public Error SetFaultSignal(int signal)
        => env.Call(native, env.Compose(NativePdOperation.FaultSignal).AddCapability(signal));

    /// <summary>Why the kernel stopped the domain; None while it is well.</summary>
    public Error Fault()
    {
        Message message = env.Compose(NativePdOperation.State);
        Error error = env.Call(native, message);
        return error == Error.None ? (Error)message.Word(0) : error;
    }

    /// <summary>Lets the kernel check its own invariants.</summary>
    /// <param name="broken">The first that is broken, and where; empty when all hold.</param>
    /// <returns>AuditFailed when one is broken.</returns>
    public Error Audit(out string broken)
    {
        Message message = env.Compose(NativePdOperation.Audit);
        Error error = env.Call(native, message);
        broken = message.Text;
        return error;
    }

    /// <summary>The next number of a request that the domain keeps.</summary>
    public int NextToken()
    {
        Message message = env.Compose(NativePdOperation.NextToken).Add(0);
        env.Call(native, message);
        return message.Word(0);
    }

    /// <summary>Sets the next number of a request that the domain keeps, when it is made again as it was.</summary>
    public Error SetNextToken(int number) => env.Call(native, env.Compose(NativePdOperation.NextToken).Add(number));

    /// <summary>Says that a fault stopped the domain, when it is made again as it was.</summary>
    public Error Fail(Error fault) => env.Call(native, env.Compose(NativePdOperation.Fail).Add((int)fault));

    /// <summary>Puts a part of a managed dataspace behind a dataspace of the domain, whose contents are lost.</summary>
    /// <param name="dataspace">The dataspace.</param>
    /// <param name="managed">The managed dataspace.</param>
    /// <param name="offset">Where in it the dataspace begins, a multiple of the page size.</param>
    /// <returns>NotPermitted when the dataspace is not the domain's; otherwise see <see cref="NativePdOperation.Back"/>.</returns>
    public Error Back(int dataspace, int managed, int offset)
        => env.Call(native, env.Compose(NativePdOperation.Back).Add(offset).AddCapability(dataspace).AddCapability(managed));

    /// <summary>Nanoseconds that the domain's program has run.</summary>
    public long CpuNanoseconds()
    {
        Message message = env.Compose(NativePdOperation.State);
        env.Call(native, message);
        return message.Word64(1);
    }

    /// <summary>How often the domain's program was entered, modulo 2³². As long as it stays the same, the domain has done nothing.</summary>
    public int Entries()
    {
        Message message = env.Compose(NativePdOperation.State);
        env.Call(native, message);
        return message.Word(3);
    }

    private int Get(int opcode)
    {
        Message message = env.Compose(opcode);
        env.Call(native, message);
        return message.Capability(0);
    }
}
