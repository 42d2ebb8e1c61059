// The part of the session broker that is about donations: upgrades of open sessions, and what returns when sessions end.
// Invariant: a session's row is dropped by Drop alone, so that no donation and no upgrade that waits for it is forgotten.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class SessionBroker
{
    /// <summary>A child donates to an open session.</summary>
    internal Error Upgrade(int client, Message request)
    {
        int session = _sessions.Find(client, _env.Badge(request.Capability(0)));
        if (session < 0)
        {
            return Error.InvalidCapability;
        }

        if (!MayPay(client, request.Capability(1)) || _env.Badge(request.Capability(1)) != _sessions.Payer(session))
        {
            _log.Error(_children.Start(client).Who + ": upgrades a session at the cost of somebody who has not paid for it; refused");
            return Error.NotPermitted;
        }

        return _sessions.Server(session) == Router.Parent ? UpgradeAtParent(client, session, request) : UpgradeAtSibling(client, session, request);
    }

    private Error UpgradeAtParent(int client, int session, Message request)
    {
        Error error = _env.Call(Selectors.Parent, UpwardUpgrade(session, request));
        if (error != Error.MustSend)
        {
            return error;
        }

        int token = _env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        int row = _pending.Add(client, Router.Parent, session, token);
        if (row < 0)
        {
            return Full(client, "requests", PendingRequests.PerChild, PendingRequests.Capacity);
        }

        _pending.SetUpgrade(row);
        error = _env.Send(Selectors.Parent, UpwardUpgrade(session, request), row);
        if (error != Error.None)
        {
            _pending.Free(row);
            return error;
        }

        SetSent(row);
        return Error.Deferred;
    }

    private Message UpwardUpgrade(int session, Message request) => _env.Compose(ParentOperation.Upgrade)
        .Add(request.Word(0)).Add(request.Word(1)).AddCapability(_sessions.Selector(session)).AddCapability(request.Capability(1));

    private Error UpgradeAtSibling(int client, int session, Message request)
    {
        int token = _env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        int ram = request.Word(0);
        int caps = request.Word(1);
        Error error = _donations.Take(request.Capability(1), ram, caps);
        if (error != Error.None)
        {
            return error;
        }

        int row = _pending.Add(client, _sessions.Server(session), session, token);
        if (row < 0)
        {
            _donations.Return(client, _sessions.Payer(session), ram, caps);
            return Full(client, "requests", PendingRequests.PerChild, PendingRequests.Capacity);
        }

        _pending.SetUpgrade(row);
        _pending.SetDonation(row, ram, caps);
        Flush();
        return Error.Deferred;
    }

    /// <summary>Tells a server what a session has been given.</summary>
    /// <returns>Whether further requests may be sent now.</returns>
    private bool SendUpgrade(int row)
    {
        Error error = GiveDonation(row);
        if (error == Error.None)
        {
            Message upgrade = _env.Compose(RootOperation.Upgrade).Add(_pending.Ram(row)).Add(_pending.Caps(row))
                .AddCapability(_sessions.Selector(_pending.Session(row)));
            error = _env.Send(_services.Root(_pending.Server(row)), upgrade, row);
            if (error == Error.None)
            {
                SetSent(row);
                return true;
            }

            TakeDonationBack(row);
        }

        if (error != Error.TableFull)
        {
            ReturnDonation(row);
            Finish(row, error, _env.Compose(0));
        }

        return error != Error.TableFull;
    }

    /// <summary>A server, or the parent, has answered to an upgrade.</summary>
    private void Upgraded(int row, Error error)
    {
        int session = _pending.Session(row);
        if (error != Error.None && session != PendingRequests.NoSession && _sessions.HasDonation(session))
        {
            // With its server's end a session's donations are settled, whatever of them was under way.
            _donations.Settle(session, _pending.Ram(row), _pending.Caps(row), true);
        }

        Finish(row, error, _env.Compose(0));
    }

    /// <summary>From init to the server, as part of what the session was donated.</summary>
    private Error GiveDonation(int row)
    {
        Error error = _donations.Give(_pending.Server(row), _pending.Ram(row), _pending.Caps(row));
        if (error == Error.None)
        {
            _sessions.AddDonation(_pending.Session(row), _pending.Ram(row), _pending.Caps(row));
        }

        return error;
    }

    /// <summary>From the server, which has not heard of it yet, to init.</summary>
    private void TakeDonationBack(int row)
    {
        Child server = _children.Component(_services.Child(_pending.Server(row)))!;
        if (_pending.Ram(row) != 0 || _pending.Caps(row) != 0)
        {
            new PdSession(_env, server.Pd).TransferQuota(Selectors.Pd, _pending.Ram(row), _pending.Caps(row));
        }

        _sessions.AddDonation(_pending.Session(row), -_pending.Ram(row), -_pending.Caps(row));
    }

    /// <summary>From init to whoever donated, when a request will not be sent.</summary>
    private void ReturnDonation(int row)
        => _donations.Return(_pending.Client(row), _sessions.Payer(_pending.Session(row)), _pending.Ram(row), _pending.Caps(row));

    /// <summary>Frees a session's row: what was donated returns, and upgrades that were under way are of no session any more.</summary>
    private void Drop(int session, bool serverLives)
    {
        CancelUpgrades(session);
        _donations.Settle(session, serverLives && _sessions.Server(session) != Router.Parent);
        for (int row = 0; row < PendingRequests.Capacity; row++)
        {
            if (_pending.IsUsed(row) && _pending.IsUpgrade(row) && _pending.Session(row) == session)
            {
                _pending.ForgetSession(row);
            }
        }

        _sessions.Drop(session);
    }

    /// <summary>Ends the upgrades of a session that were not sent yet.</summary>
    private void CancelUpgrades(int session)
    {
        for (int row = 0; row < PendingRequests.Capacity; row++)
        {
            if (_pending.IsUsed(row) && _pending.IsUpgrade(row) && !_pending.IsSent(row) && _pending.Session(row) == session)
            {
                ReturnDonation(row);
                Finish(row, Error.Gone, _env.Compose(0));
            }
        }
    }

    private void Sweep(int client)
    {
        for (int row = 0; row < SessionTable.Capacity; row++)
        {
            if (_sessions.IsDead(row, client))
            {
                Drop(row, true);
            }
        }
    }
}
