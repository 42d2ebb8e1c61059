// Opens and closes sessions for children: at the parent, at once if it answers a call; at siblings, whose answers are
// events. Whoever only calls for a session that takes an event is told to send ("must send").
// Invariants: what a child asks is answered exactly once; a session whose client has gone is closed at its server.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The parent interface's sessions.</summary>
internal sealed partial class SessionBroker
{
    /// <summary>Most requests that init lets wait at one server, so that one that does not answer keeps nobody else waiting.</summary>
    internal const int PerServer = 8;

    // A pending request's reply label is its row. A told end has this, its server's row and one (the parent's is −1).
    private const int EndLabel = PendingRequests.Capacity;

    // A told end whose answer brings a donation back has this and its session's row.
    private const int EndingLabel = EndLabel + ServiceTable.Capacity + 1;

    private readonly Env _env;
    private readonly InitLog _log;
    private readonly InitConfig _config;
    private readonly ChildTable _children;
    private readonly ServiceTable _services;
    private readonly Router _router;
    private readonly SessionTable _sessions;
    private readonly Donations _donations;
    private readonly PendingRequests _pending = new PendingRequests();

    // How many requests and ends of sessions wait at each server, by its row and one.
    private readonly int[] _waiting = new int[ServiceTable.Capacity + 1];

    // Capabilities that went into an answer; the kernel takes them over when the handler has ended.
    private readonly int[] _passed = new int[Message.MaxCapabilities];

    internal SessionBroker(Env env, InitLog log, InitConfig config, ChildTable children, ServiceTable services)
    {
        _env = env;
        _log = log;
        _config = config;
        _children = children;
        _services = services;
        _router = new Router(log, config, children, services);
        _sessions = new SessionTable(env);
        _donations = new Donations(env, log, children, services, _sessions);
    }

    /// <summary>A new handler begins: gives up what the last one passed on.</summary>
    internal void Begin()
    {
        for (int i = 0; i < _passed.Length; i++)
        {
            if (_passed[i] != Selectors.Invalid)
            {
                _env.Release(_passed[i]);
                _passed[i] = Selectors.Invalid;
            }
        }
    }

    /// <summary>Whether a child's configuration comes from where its route says, and not from its start node.</summary>
    internal bool RoutesConfig(int child) => _router.RoutesConfig(child);

    /// <summary>A child asks for a session of a service.</summary>
    internal Error Open(int client, string service, string label, Message request)
    {
        if (!MayPay(client, request.Capability(0)))
        {
            _log.Error(_children.Start(client).Who + ": asks for \"" + service + "\" at the cost of somebody who is not below it; refused");
            return Error.NotPermitted;
        }

        int child = _router.Find(client, service, label, out string serverLabel);
        if (child == Router.Nobody)
        {
            _log.Error(_children.Start(client).Place + "no route to service \"" + service + "\" (label \"" + label
                + "\"); name a server that provides it in <route>");
            return Error.ServiceDenied;
        }

        if (_config.Verbose)
        {
            _log.Info("child \"" + _children.Start(client).Name + "\": " + service + " \"" + serverLabel + "\" -> "
                + (child == Router.Parent ? "parent" : "\"" + _children.Start(child).Name + "\""));
        }

        int server = child == Router.Parent ? child : _services.Find(child, service);
        int payer = _env.Badge(request.Capability(0));
        int session = _sessions.Reserve(client, server, service == "PD", payer);
        if (session < 0)
        {
            Sweep(client);
            session = _sessions.Reserve(client, server, service == "PD", payer);
        }

        if (session < 0)
        {
            return Full(client, "sessions", SessionTable.PerChild, SessionTable.Capacity);
        }

        Error error = server == Router.Parent
            ? OpenAtParent(client, service, serverLabel, request, session)
            : OpenAtSibling(client, server, serverLabel, request, session);
        if (error != Error.None && error != Error.Deferred)
        {
            Drop(session, true);
        }

        return error;
    }

    /// <summary>
    /// A child closes a session. For the child it has ended then; a sibling is told when it can be, so nobody has to wait.
    /// </summary>
    internal Error Close(int client, int capability)
    {
        int session = _sessions.Find(client, _env.Badge(capability));
        if (session < 0)
        {
            return Error.InvalidCapability;
        }

        Error error = End(session);
        Sweep(client);
        Flush();
        return error;
    }

    private Error OpenAtParent(int client, string service, string label, Message request, int session)
    {
        Message message = Upward(service, label, request);
        Error error = _env.Call(Selectors.Parent, message);
        int selector = message.Capability(0);
        if (error == Error.None && selector != Selectors.Invalid)
        {
            _sessions.Open(session, selector);
            request.AddAll(message);
            for (int i = 1; i < message.CapabilityCount; i++)
            {
                _passed[i] = message.Capability(i);
            }

            return Error.None;
        }

        Release(message, 0);
        int token = error == Error.MustSend ? _env.Defer() : 0;
        if (token == 0)
        {
            return error == Error.None ? Error.BadData : error;
        }

        int row = _pending.Add(client, Router.Parent, session, token);
        if (row < 0)
        {
            return Full(client, "requests", PendingRequests.PerChild, PendingRequests.Capacity);
        }

        error = _env.Send(Selectors.Parent, Upward(service, label, request), row);
        if (error != Error.None)
        {
            _pending.Free(row);
            return error;
        }

        SetSent(row);
        return Error.Deferred;
    }

    private Error OpenAtSibling(int client, int server, string label, Message request, int session)
    {
        int token = _env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        int ram = request.Word(1);
        int caps = request.Word(2);
        Error error = _donations.Take(request.Capability(0), ram, caps);
        if (error != Error.None)
        {
            return error;
        }

        int row = _pending.Add(client, server, session, token);
        if (row < 0)
        {
            _donations.Return(client, _sessions.Payer(session), ram, caps);
            return Full(client, "requests", PendingRequests.PerChild, PendingRequests.Capacity);
        }

        _pending.SetDonation(row, ram, caps);
        _pending.SetContent(row, label, request);
        Flush();
        return Error.Deferred;
    }

    private Message Upward(string service, string label, Message request)
    {
        Message message = _env.Compose(ParentOperation.Session).Add(service.Length);
        for (int i = 1; i < 6; i++)
        {
            message.Add(request.Word(i));
        }

        return message.AddText(service + label).AddCapability(request.Capability(0));
    }

    /// <summary>A session is paid for by the child itself or by a protection domain below it, and by nobody else.</summary>
    private bool MayPay(int client, int payer)
    {
        int badge = _env.Badge(payer);
        return badge != 0 && (badge == _env.Badge(_children.Component(client)!.Pd) || _sessions.IsPdOf(client, badge));
    }

    private Error Full(int client, string what, int perChild, int capacity)
    {
        _log.Error(_children.Start(client).Who + ": table full: a child may have " + perChild.ToString() + " " + what
            + ", all together " + capacity.ToString());
        return Error.TableFull;
    }

    private void Release(Message answer, int from)
    {
        for (int i = from; i < answer.CapabilityCount; i++)
        {
            if (answer.Capability(i) != Selectors.Invalid)
            {
                _env.Release(answer.Capability(i));
            }
        }
    }
}
