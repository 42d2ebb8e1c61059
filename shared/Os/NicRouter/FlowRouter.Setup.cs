// How a session gets its memory, its signal contexts and, on a Nic session, its address.
// Invariant: the router owns the memory, so that no client can take it away while the router uses it.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class FlowRouter
{
    // Locally administered, as Genode's nic_router gives them out; the session's number comes last.
    private const long FirstMac = 0x020202020200;

    private Error SetUp(RouterSession session, Message request)
    {
        int flows = request.Word(3) == 0 ? FlowTable.DefaultFlows : request.Word(3);
        int ringSize = request.Word(4) == 0 ? FlowTable.DefaultRingSize : request.Word(4);
        if (session.IsSetUp || !FlowTable.IsGeometry(flows, ringSize))
        {
            return session.IsSetUp ? Error.Exists : Error.BadArgument;
        }

        Error error = session.IsUplink ? Error.None : TakeAddress(session, request.Word(0));
        error = error == Error.None ? MakeMemory(session, flows, ringSize) : error;
        if (error == Error.None)
        {
            session.ClientSignal = _env.Keep(request.Capability(0));
            error = session.ClientSignal == Selectors.Invalid ? Error.InvalidCapability : Error.None;
        }

        if (error != Error.None)
        {
            TakeDown(session);
            return error;
        }

        if (!session.IsUplink)
        {
            Domain domain = session.Domain;
            session.Provider.PublishLink(
                true, session.Address, Ip4.Mask(domain.Prefix), domain.Interface, FirstMac + session.Index);
        }

        request.Add(flows).Add(ringSize).AddCapability(session.Dataspace).AddCapability(session.Signal);
        return Error.None;
    }

    /// <summary>Gives a session the address that it asks for, or the lowest free one.</summary>
    private Error TakeAddress(RouterSession session, int wanted)
    {
        Domain domain = session.Domain;
        if (wanted == 0)
        {
            wanted = LowestFree(domain);
            if (wanted == 0)
            {
                _env.Log("Error: " + session.Label + ": no address left in domain " + domain.Name);
                return Error.Full;
            }
        }

        if (!domain.IsHost(wanted))
        {
            _env.Log("Error: " + session.Label + ": " + Ip4.Format(wanted) + " is no host's address in domain " + domain.Name);
            return Error.BadArgument;
        }

        if (FindHost(domain, wanted) != null)
        {
            _env.Log("Error: " + session.Label + ": " + Ip4.Format(wanted) + " is taken");
            return Error.Exists;
        }

        session.Address = wanted;
        return Error.None;
    }

    private int LowestFree(Domain domain)
    {
        int network = domain.Interface & Ip4.Mask(domain.Prefix);
        for (int host = 1; domain.Contains(network + host); host++)
        {
            if (domain.IsHost(network + host) && FindHost(domain, network + host) == null)
            {
                return network + host;
            }
        }

        return 0;
    }

    /// <summary>The session that has an address in a domain.</summary>
    private RouterSession? FindHost(Domain domain, int address)
    {
        for (int i = 1; i < _sessions.Length; i++)
        {
            RouterSession? session = _sessions[i];
            if (session != null && session.Domain == domain && session.Address == address && address != 0)
            {
                return session;
            }
        }

        return null;
    }

    private Error MakeMemory(RouterSession session, int flows, int ringSize)
    {
        var pd = new PdSession(_env, Selectors.Pd);
        session.Dataspace = pd.AllocateDataspace(FlowTable.SizeOf(flows, ringSize), out Error error);
        if (error != Error.None)
        {
            return error;
        }

        session.Signal = _env.Signal(session.Index);
        if (session.Signal == Selectors.Invalid)
        {
            return _env.LastError;
        }

        session.MemoryAddress = _env.Attach(session.Dataspace);
        if (session.MemoryAddress == 0)
        {
            return _env.LastError;
        }

        session.SetTable(new FlowTable(_env.Memory, session.MemoryAddress, flows, ringSize));
        return Error.None;
    }

    /// <summary>Gives back all that a session had.</summary>
    private void TakeDown(RouterSession session)
    {
        var pd = new PdSession(_env, Selectors.Pd);
        if (session.Dataspace != Selectors.Invalid)
        {
            pd.FreeDataspace(session.Dataspace);
        }

        if (session.Signal != Selectors.Invalid)
        {
            pd.FreeSignal(session.Signal);
        }

        if (session.ClientSignal != Selectors.Invalid)
        {
            _env.Release(session.ClientSignal);
        }

        session.Dataspace = session.Signal = session.ClientSignal = Selectors.Invalid;
        session.MemoryAddress = 0;
        session.Address = 0;
        session.HasNews = false;
    }
}
