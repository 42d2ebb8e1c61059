// Sessions of targets' services, as their clients see them: opened, given back to whoever had them before, closed.
// Invariants: a session that is closed has ended for its client at once, whenever its server hears of it; an orphan is
// given to the first client of its service that has its label.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Opens and closes clients' sessions.</summary>
internal sealed class SessionDesk
{
    /// <summary>The first words of a session request: RAM and capabilities donated.</summary>
    internal const int DonationWords = 2;

    private readonly Env _env;
    private readonly ExportTable _exports;
    private readonly Requests _requests;

    internal SessionDesk(Env env, ExportTable exports, Requests requests)
    {
        _env = env;
        _exports = exports;
        _requests = requests;
    }

    /// <summary>A request to a service's root.</summary>
    internal Error Request(int service, Message request)
    {
        switch (request.Opcode)
        {
            case RootOperation.Create:
                return Create(service, request);
            case RootOperation.Close:
                int session = _exports.RowOf(_env.LabelOf(request.Capability(0)));
                if (session < 0 || _exports.Kind(session) != ExportKind.Session)
                {
                    return Error.InvalidCapability;
                }

                Leave(session, false);
                return Error.None;
            case RootOperation.Upgrade:
                // Donations stay with RTCR until the session ends: a target's budget is what its image says.
                int upgraded = _exports.RowOf(_env.LabelOf(request.Capability(0)));
                return upgraded < 0 || _exports.Kind(upgraded) != ExportKind.Session ? Error.InvalidCapability : Error.None;
            default:
                // Whatever else a root is asked about a session: its server gets its own gate for the wrapper.
                return _exports.Owner[service].Length == 0 ? Error.ServiceDenied : _requests.Take(service, -1, request);
        }
    }

    /// <summary>A client leaves a session.</summary>
    /// <param name="session">Its row.</param>
    /// <param name="returns">Whether it may come back, here or where its server is then: the session becomes an orphan.</param>
    internal void Leave(int session, bool returns)
    {
        _exports.Unwrap(session);
        _exports.HasClient[session] = false;
        if (returns && _exports.State(session) == ExportState.Known)
        {
            return;
        }

        if (_exports.State(session) == ExportState.Known && _exports.TargetOf(session) != null)
        {
            _exports.SetState(session, ExportState.Ended);
            _requests.Pump();
        }
        else if (_exports.State(session) != ExportState.Opening)
        {
            // Its server is away; what its image has of the session is closed when it is back.
            _requests.End(session);
        }
    }

    /// <summary>A client that is restored gets its session of another target's service, whether that is there or not.</summary>
    /// <param name="request">The call that opened the session.</param>
    /// <param name="label">The client's label.</param>
    /// <param name="wrapper">The session.</param>
    internal Error Promise(CallRecord request, string label, out int wrapper)
    {
        string service = Forwarding.ServiceOf(request);
        int session = FindOrphan(service, label);
        Error error = session < 0 ? Add("", service, label, out session) : _exports.Wrap(session);
        wrapper = error == Error.None ? _exports.Wrapper(session) : Selectors.Invalid;
        if (error != Error.None)
        {
            return error;
        }

        _exports.HasClient[session] = true;
        for (int i = 0; i < ExportTable.ArgumentCount; i++)
        {
            _exports.SetArgument(session, i, i >= DonationWords && i + 1 < request.WordCount ? request.Words[i + 1] : 0);
        }

        _requests.Pump();
        return Error.None;
    }

    /// <summary>Makes a session's row, unopened.</summary>
    private Error Add(string owner, string service, string label, out int session)
    {
        session = _exports.Add(ExportKind.Session, owner, 0, out Error error);
        if (session >= 0)
        {
            _exports.Service[session] = service;
            _exports.Label[session] = label;
            _exports.SetState(session, ExportState.Unopened);
        }

        return error;
    }

    private Error Create(int service, Message request)
    {
        if (_exports.Owner[service].Length == 0)
        {
            return Error.ServiceDenied;
        }

        int session = FindOrphan(_exports.Service[service], request.Text);
        Error error = Error.None;
        if (session >= 0)
        {
            error = _exports.Wrap(session);
            _exports.HasClient[session] = error == Error.None;
            request.AddCapability(_exports.Wrapper(session));
            return error;
        }

        error = Add(_exports.Owner[service], _exports.Service[service], request.Text, out session);
        if (error != Error.None)
        {
            return error;
        }

        for (int i = 0; i < ExportTable.ArgumentCount; i++)
        {
            _exports.SetArgument(session, i, i < DonationWords ? 0 : request.Word(i));
        }

        _exports.HasClient[session] = true;
        _exports.SetState(session, ExportState.Opening);
        error = _requests.Take(service, session, request);
        if (error != Error.Deferred)
        {
            _requests.End(session);
        }

        return error;
    }

    private int FindOrphan(string service, string label)
    {
        for (int row = 0; row < _exports.Capacity; row++)
        {
            bool isOrphan = _exports.Kind(row) == ExportKind.Session && !_exports.HasClient[row]
                && _exports.State(row) == ExportState.Known;
            if (isOrphan && _exports.Service[row] == service && _exports.Label[row] == label)
            {
                return row;
            }
        }

        return -1;
    }
}
