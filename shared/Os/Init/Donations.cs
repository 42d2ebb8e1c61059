// What clients donate to sessions of their siblings, on its way: from the client's budget to init's, to the server's, and back.
// Invariant: init keeps nothing of it. What a client donated is init's while a request waits, the server's while the session is
// open, and the client's again afterwards; if the server has used it up, the log says how much.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Moves donations.</summary>
internal sealed class Donations
{
    private readonly Env _env;
    private readonly InitLog _log;
    private readonly ChildTable _children;
    private readonly ServiceTable _services;
    private readonly SessionTable _sessions;

    internal Donations(Env env, InitLog log, ChildTable children, ServiceTable services, SessionTable sessions)
    {
        _env = env;
        _log = log;
        _children = children;
        _services = services;
        _sessions = sessions;
    }

    /// <summary>From the payer to init.</summary>
    internal Error Take(int payer, int ram, int caps)
        => ram == 0 && caps == 0 ? Error.None : new PdSession(_env, payer).TransferQuota(Selectors.Pd, ram, caps);

    /// <summary>From init to a server.</summary>
    internal Error Give(int server, int ram, int caps)
    {
        Child? component = _children.Component(_services.Child(server));
        return ram == 0 && caps == 0 ? Error.None
            : component == null ? Error.Gone
            : new PdSession(_env, Selectors.Pd).TransferQuota(component.Pd, ram, caps);
    }

    /// <summary>From init to the payer. If that has ended, its budget has gone to its parent, and so does this; init keeps what its own child left.</summary>
    internal void Return(int client, int payer, int ram, int caps)
    {
        Child? component = client < 0 ? null : _children.Component(client);
        if (component == null || (ram == 0 && caps == 0))
        {
            return;
        }

        int row = payer == _env.Badge(component.Pd) ? -1 : _sessions.Find(client, payer);
        new PdSession(_env, Selectors.Pd).TransferQuota(row < 0 ? component.Pd : _sessions.Selector(row), ram, caps);
    }

    /// <summary>Ends what a session was donated: from its server, if that lives, to its payer.</summary>
    internal void Settle(int session, bool serverLives)
    {
        if (_sessions.HasDonation(session))
        {
            Settle(session, _sessions.Ram(session), _sessions.Caps(session), serverLives);
        }
    }

    /// <summary>Ends a part of what a session was donated.</summary>
    internal void Settle(int session, int ram, int caps, bool serverLives)
    {
        int returnedRam = ram;
        int returnedCaps = caps;
        if (serverLives)
        {
            Reclaim(_sessions.Server(session), ref returnedRam, ref returnedCaps);
        }

        _sessions.AddDonation(session, -ram, -caps);
        Return(_sessions.Client(session), _sessions.Payer(session), returnedRam, returnedCaps);
    }

    /// <summary>From a server to init, as far as the server has it free.</summary>
    private void Reclaim(int server, ref int ram, ref int caps)
    {
        int child = _services.Child(server);
        var quota = default(Quota);
        var pd = new PdSession(_env, _children.Component(child)!.Pd);
        pd.ReadQuota(ref quota);
        long ramFree = quota.RamQuota - quota.RamUsed;
        int capsFree = quota.CapQuota - quota.CapUsed;
        int ramKept = ram > ramFree ? ram - (int)ramFree : 0;
        int capsKept = caps > capsFree ? caps - capsFree : 0;
        ram -= ramKept;
        caps -= capsKept;
        if (ramKept > 0 || capsKept > 0)
        {
            _log.Warning("child \"" + _children.Start(child).Name + "\" has used up " + ramKept.ToString() + " bytes and " + capsKept.ToString()
                + " caps that were donated to a session that has ended");
        }

        pd.TransferQuota(Selectors.Pd, ram, caps);
    }
}
