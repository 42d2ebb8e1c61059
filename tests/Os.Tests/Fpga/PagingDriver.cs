// A driver that is nothing but a pager over a store, and shows banks to whoever asks.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>Serves banks: words 0 the address and 1 the size; the answer's capability is the managed dataspace. One client's can be lent to another.</summary>
internal sealed class PagingDriver(int frames, int banks) : OrderedProgram
{
    private const int FirstLabel = 100;

    private int _lent;

    internal CountingStore Store { get; } = new CountingStore();

    internal Pager Pager { get; private set; } = null!;

    /// <summary>How many faults came.</summary>
    internal int Faults { get; private set; }

    public override void Construct(Env env)
    {
        base.Construct(env);
        Store.Begin(env);
        Pager = new Pager(env, Store, frames, banks, FirstLabel);
        env.Announce("Bank", 4);
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        if (label >= FirstLabel && label < FirstLabel + banks)
        {
            Faults++;
            return Pager.OnFault(label, request);
        }

        switch (request.Opcode)
        {
            case PagingClient.Make:
                Error error = Pager.Create(request.Word(0), request.Word(1), out int bank);
                return error == Error.None ? Give(request, bank) : error;
            case PagingClient.Free:
                return Pager.Destroy(request.Capability(0));
            case PagingClient.Lend when request.CapabilityCount > 0:
                _lent = env.Keep(request.Capability(0));
                return Error.None;
            default:
                return Give(request, _lent);
        }
    }

    private static Error Give(Message request, int bank)
    {
        request.AddCapability(bank);
        return Error.None;
    }
}
