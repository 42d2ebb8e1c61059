// The part of the session broker that happens later: servers announce, answer and end, clients end.
using Tern.Kernel;

namespace Tern.Os;

internal sealed partial class SessionBroker
{
    /// <summary>A child offers a service.</summary>
    internal Error Announce(int child, string service, int root)
    {
        int row = _services.Find(child, service);
        if (row < 0)
        {
            _log.Error(_children.Start(child).Place + "announces \"" + service + "\"; add <service name=\"" + service
                + "\"/> to its <provides> to allow that");
            return Error.NotPermitted;
        }

        if (_services.Root(row) != Selectors.Invalid || _env.TypeOf(root) != ObjectType.Gate)
        {
            return _services.Root(row) != Selectors.Invalid ? Error.Exists : Error.InvalidCapability;
        }

        int kept = _env.Keep(root);
        if (kept == Selectors.Invalid)
        {
            return _env.LastError;
        }

        _services.SetRoot(row, kept);
        Flush();
        return Error.None;
    }

    /// <summary>A child has been taken apart.</summary>
    /// <param name="child">The child.</param>
    /// <param name="returns">Whether it will be started again, so that who waits for its services may go on waiting.</param>
    internal void Ended(int child, bool returns)
    {
        _services.Withdraw(child);
        for (int row = 0; row < PendingRequests.Capacity; row++)
        {
            if (_pending.IsUsed(row))
            {
                EndPending(row, child, returns);
            }
        }

        for (int session = 0; session < SessionTable.Capacity; session++)
        {
            if (_sessions.State(session) is SessionState.Open or SessionState.Closing or SessionState.Ending)
            {
                EndSession(session, child);
            }
        }

        Flush();
    }

    /// <summary>The answer to something that init sent.</summary>
    internal void Answered(int replyLabel, Error error, Message answer)
    {
        if (replyLabel < EndLabel)
        {
            _waiting[_pending.Server(replyLabel) + 1]--;
            if (_pending.IsUpgrade(replyLabel))
            {
                Upgraded(replyLabel, error);
            }
            else
            {
                Opened(replyLabel, error, answer);
            }
        }
        else if (replyLabel >= EndingLabel)
        {
            int session = replyLabel - EndingLabel;
            _waiting[_sessions.Server(session) + 1]--;
            Release(answer, 0);
            Drop(session, true);
        }
        else
        {
            _waiting[replyLabel - EndLabel]--;
            Release(answer, 0);
        }

        Flush();
    }

    /// <summary>Sends what could not be sent before: ends of sessions, and requests whose server has announced.</summary>
    private void Flush()
    {
        for (int session = 0; session < SessionTable.Capacity; session++)
        {
            if (_sessions.State(session) == SessionState.Closing && MaySend(_sessions.Server(session)) && !TellOfEnd(session))
            {
                return;
            }
        }

        for (int row = _pending.NextWaiting(-1); row >= 0; row = _pending.NextWaiting(row))
        {
            int server = _pending.Server(row);
            if (_services.Root(server) != Selectors.Invalid && MaySend(server)
                && !(_pending.IsUpgrade(row) ? SendUpgrade(row) : SendCreate(row)))
            {
                return;
            }
        }
    }

    private bool MaySend(int server) => _waiting[server + 1] < PerServer;

    private void SetSent(int row)
    {
        _pending.SetSent(row);
        _waiting[_pending.Server(row) + 1]++;
    }

    /// <summary>Asks a server for a session.</summary>
    /// <returns>Whether further requests may be sent now.</returns>
    private bool SendCreate(int row)
    {
        Error error = GiveDonation(row);
        if (error == Error.None)
        {
            Message create = _env.Compose(RootOperation.Create).Add(_pending.Ram(row)).Add(_pending.Caps(row));
            _pending.AddContent(row, create);
            error = _env.Send(_services.Root(_pending.Server(row)), create, row);
            if (error == Error.None)
            {
                SetSent(row);
                return true;
            }

            TakeDonationBack(row);
        }

        if (error != Error.TableFull)
        {
            int session = _pending.Session(row);
            ReturnDonation(row);
            Drop(session, true);
            Finish(row, error, _env.Compose(0));
        }

        return error != Error.TableFull;
    }

    /// <summary>Tells a session's server that it has ended. Nobody waits for the answer.</summary>
    /// <returns>Whether further requests may be sent now.</returns>
    private bool TellOfEnd(int session)
    {
        int server = _sessions.Server(session);
        int target = server == Router.Parent ? Selectors.Parent : _services.Root(server);
        int opcode = server == Router.Parent ? ParentOperation.Close : RootOperation.Close;
        bool returns = _sessions.HasDonation(session);
        Message close = _env.Compose(opcode).AddCapability(_sessions.Selector(session));
        Error error = _env.Send(target, close, returns ? EndingLabel + session : EndLabel + server + 1);
        if (error == Error.TableFull)
        {
            return false;
        }

        _waiting[server + 1] += error == Error.None ? 1 : 0;
        if (returns && error == Error.None)
        {
            _sessions.SetEnding(session);
        }
        else
        {
            Drop(session, true);
        }

        return true;
    }

    /// <summary>Ends a session: at once at the parent, if it answers a call; otherwise its server is told later.</summary>
    private Error End(int session)
    {
        CancelUpgrades(session);
        Error error = Error.MustSend;
        if (_sessions.Server(session) == Router.Parent)
        {
            Message close = _env.Compose(ParentOperation.Close).AddCapability(_sessions.Selector(session));
            error = _env.Call(Selectors.Parent, close);
        }

        if (error == Error.MustSend)
        {
            _sessions.SetClosing(session);
            return Error.None;
        }

        if (error != Error.Busy)
        {
            Drop(session, true);
        }

        return error;
    }

    private void Opened(int row, Error error, Message answer)
    {
        int session = _pending.Session(row);
        int selector = answer.Capability(0);
        if (error == Error.None && selector == Selectors.Invalid)
        {
            error = Error.ServiceDenied;
        }

        if (error != Error.None)
        {
            Release(answer, 0);
            Drop(session, true);
            bool serverGone = error is Error.Gone or Error.Faulted or Error.InvalidCapability;
            Finish(row, serverGone ? Error.ServiceDenied : error, _env.Compose(0));
            return;
        }

        _sessions.Open(session, selector);
        bool clientGone = _pending.Client(row) == PendingRequests.NoChild;
        Finish(row, error, _env.Compose(0).AddAll(answer));
        Release(answer, 1);
        if (clientGone)
        {
            _sessions.SetClosing(session);
        }
    }

    private void Finish(int row, Error error, Message answer)
    {
        _env.Reply(_pending.Token(row), error, answer);
        _pending.Free(row);
    }

    private void EndPending(int row, int child, bool returns)
    {
        bool served = _pending.Server(row) != Router.Parent && _services.Child(_pending.Server(row)) == child;
        bool asked = _pending.Client(row) == child;
        if (_pending.IsUpgrade(row))
        {
            // Its session's own end does the rest.
            if (asked)
            {
                _pending.Disown(row);
            }

            return;
        }

        if (!_pending.IsSent(row) && (asked || (served && !returns)))
        {
            int session = _pending.Session(row);
            ReturnDonation(row);
            Drop(session, false);
            Finish(row, Error.ServiceDenied, _env.Compose(0));
            return;
        }

        if (served && _pending.IsSent(row))
        {
            // The server's budget, and what was donated with it, is init's again.
            _donations.Settle(_pending.Session(row), false);
        }

        if (asked)
        {
            _pending.Disown(row);
            _sessions.Disown(_pending.Session(row));
        }
    }

    private void EndSession(int session, int child)
    {
        int server = _sessions.Server(session);
        bool served = server != Router.Parent && _services.Child(server) == child;
        if (_sessions.State(session) == SessionState.Ending)
        {
            // The row stays until the answer comes; what it is about is settled now.
            if (served)
            {
                _donations.Settle(session, false);
            }
            else if (_sessions.Client(session) == child)
            {
                _sessions.Disown(session);
            }
        }
        else if (served || _env.TypeOf(_sessions.Selector(session)) == ObjectType.None)
        {
            Drop(session, !served);
        }
        else if (_sessions.Client(session) == child)
        {
            _sessions.Disown(session);
            if (_sessions.State(session) == SessionState.Open)
            {
                End(session);
            }
        }
    }
}
