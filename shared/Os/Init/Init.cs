// init: starts components from a configuration, gives each its budget and its configuration, and stands as parent between
// its children and the rest of the world: what it does not route, nobody gets. It may be a child of an init itself.
// Invariants: a child is known by the label of its parent gate; whatever a child does or its start node says, the others run on.
// The configuration's reference is docs/init.md.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The program <c>init</c>.</summary>
public sealed class Init : PinnedProgram
{
    // Fault signals have their children's labels, which are smaller.
    private const int WorkLabel = Supervisor.ConfigLabel;

    /// <summary>The ROM module that is a component's configuration.</summary>
    internal const string ConfigModule = "config";

    private readonly ChildTable _children = new ChildTable();
    private SessionBroker _sessions = null!;
    private Supervisor _supervisor = null!;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        var log = new InitLog(env);
        XmlNode root = ConfigReader.Open(env, out ConfigReader reader);
        if (!root.IsValid)
        {
            if (reader.Faults == 0)
            {
                log.Error("no ROM module \"" + ConfigModule + "\": " + Errors.Name(env.LastError));
            }

            return;
        }

        var cpu = new CpuSession(env, Selectors.Cpu);
        InitConfig config = InitConfig.Read(reader, root, cpu.AffinitySpace(), cpu.Priorities() - 1);

        var services = new ServiceTable(env);
        _sessions = new SessionBroker(env, log, config, _children, services);
        _supervisor = new Supervisor(env, log, _children, _sessions, env.Signal(WorkLabel));
        ReadStarts(log, config, services);
        for (int child = 0; child < _children.Count; child++)
        {
            StartNode start = _children.Start(child);
            RouteCheck.WarnOfTargets(log, start.Who, start.Route, _children, services);
            if (start.IsGood)
            {
                _supervisor.Start(child);
            }
        }
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        _sessions.Begin();
        if (label >= Supervisor.ConfigLabel)
        {
            ConfigRom? rom = _children.Config(label - Supervisor.ConfigLabel - Supervisor.FirstLabel);
            return rom == null ? Error.Gone : rom.Request(request);
        }

        int child = label - Supervisor.FirstLabel;
        switch (request.Opcode)
        {
            case ParentOperation.Session:
                return OpenSession(child, request);
            case ParentOperation.Close:
                return CloseSession(env, child, request.Capability(0));
            case ParentOperation.Upgrade:
                return _children.State(child) == ChildState.Running ? _sessions.Upgrade(child, request) : Error.Gone;
            case ParentOperation.Announce:
                return _sessions.Announce(child, request.Text, request.Capability(0));
            case ParentOperation.Exit:
                _supervisor.Exit(child, request.Word(0));
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        _sessions.Begin();
        _sessions.Answered(label, error, answer);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        _sessions.Begin();
        if (label == WorkLabel)
        {
            _supervisor.Work();
        }
        else
        {
            _supervisor.Fault(label - Supervisor.FirstLabel);
        }
    }

    private void ReadStarts(InitLog log, InitConfig config, ServiceTable services)
    {
        for (XmlNode node = config.FirstStart; node.IsValid; node = node.NextNamed("start"))
        {
            StartNode? start = StartNode.Read(log, config, node);
            if (start == null)
            {
                continue;
            }

            int other = _children.Find(start.Name);
            if (other >= 0)
            {
                log.Error(start.Place + "the name is taken by an earlier start node; give each another, and the same <binary>");
                continue;
            }

            int child = _children.Add(start);
            if (child < 0)
            {
                log.Error(start.Place + "table full: one init has at most " + InitConfig.MaxStarts.ToString() + " children");
                return;
            }

            services.Add(log, child, start);
        }
    }

    private Error OpenSession(int child, Message request)
    {
        string text = request.Text;
        int length = request.Word(0);
        if (length <= 0 || length > text.Length || _children.State(child) != ChildState.Running)
        {
            return _children.State(child) != ChildState.Running ? Error.Gone : Error.BadArgument;
        }

        string service = text.Substring(0, length);
        string label = text.Substring(length);
        if (service != "ROM" || label != ConfigModule || _sessions.RoutesConfig(child))
        {
            return _sessions.Open(child, service, label, request);
        }

        Error error = _supervisor.Config(child, out int gate);
        if (error == Error.None)
        {
            request.AddCapability(gate);
        }

        return error;
    }

    private Error CloseSession(Env env, int child, int session)
    {
        // A configuration stays until its child ends.
        ConfigRom? config = _children.Config(child);
        bool isConfig = config != null && env.Badge(session) != 0 && env.Badge(session) == env.Badge(config.Gate);
        return isConfig ? Error.None : _sessions.Close(child, session);
    }
}
