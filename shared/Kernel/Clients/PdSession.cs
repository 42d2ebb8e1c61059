// The client's side of core's PD service: a protection domain's memory, gates, signal contexts and budgets.
namespace Tern.Kernel;

/// <summary>A PD session; a component's own is at <see cref="Selectors.Pd"/>.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct PdSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Allocates zeroed RAM.</summary>
    /// <param name="size">Bytes, rounded up to pages.</param>
    /// <param name="error">The outcome.</param>
    /// <returns>The dataspace's selector; 0 on an error.</returns>
    public int AllocateDataspace(int size, out Error error) => Make(env.Compose(PdOperation.AllocateDataspace).Add(size), out error);

    /// <summary>Frees RAM; it disappears from every address space.</summary>
    public Error FreeDataspace(int dataspace) => End(PdOperation.FreeDataspace, dataspace);

    /// <summary>Makes a gate to the domain's first thread.</summary>
    public int AllocateGate(int label, out Error error) => Make(env.Compose(PdOperation.AllocateGate).Add(label), out error);

    /// <summary>Ends a gate, and every capability to it.</summary>
    public Error FreeGate(int gate) => End(PdOperation.FreeGate, gate);

    /// <summary>Makes a signal context of the domain's first thread.</summary>
    public int AllocateSignal(int label, out Error error) => Make(env.Compose(PdOperation.AllocateSignal).Add(label), out error);

    /// <summary>Ends a signal context, and every capability to it.</summary>
    public Error FreeSignal(int signal) => End(PdOperation.FreeSignal, signal);

    /// <summary>Reads the domain's budgets.</summary>
    public Error ReadQuota(ref Quota quota)
    {
        Message message = env.Compose(PdOperation.Quota);
        Error error = env.Call(session, message);
        quota.RamQuota = message.Word64(0);
        quota.RamUsed = message.Word64(2);
        quota.CapQuota = message.Word(4);
        quota.CapUsed = message.Word(5);
        return error;
    }

    /// <summary>Donates from this domain to a child, or back to its donor.</summary>
    /// <param name="other">The other domain's PD session.</param>
    /// <param name="ram">Bytes.</param>
    /// <param name="caps">Capabilities.</param>
    public Error TransferQuota(int other, long ram, int caps)
        => env.Call(session, env.Compose(PdOperation.TransferQuota).Add64(ram).Add(caps).AddCapability(other));

    private int Make(Message message, out Error error)
    {
        error = env.Call(session, message);
        return message.Capability(0);
    }

    private Error End(int opcode, int selector)
    {
        Error error = env.Call(session, env.Compose(opcode).AddCapability(selector));
        env.Release(selector);
        return error;
    }
}
