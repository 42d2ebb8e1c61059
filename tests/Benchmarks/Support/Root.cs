// init's place in a benchmark: makes the components, passes their session requests on to core, and hands capabilities
// from one to another.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Benchmarks;

/// <summary>The parent of a benchmark's components.</summary>
internal sealed class Root : Hand
{
    /// <summary>Asks the parent to keep a capability for a sibling. Capability 0: it. Word 0: under which number.</summary>
    internal const int Deposit = 0x5001;

    /// <summary>Asks the parent for a capability. Word 0: its number. Answer: capability 0.</summary>
    internal const int Fetch = 0x5002;

    private readonly List<Component> _components = [];
    private readonly Dictionary<int, int> _deposits = [];

    // What it opened for its components, by badge: an answer's capability must outlive the handler that answers.
    private readonly Dictionary<int, int> _sessions = [];

    internal Root() => Line = 0;

    /// <summary>Adds a component to those that are made at the start.</summary>
    internal void Add(Component component) => _components.Add(component);

    public override void Construct(Env env)
    {
        base.Construct(env);
        for (int i = 0; i < _components.Count && Failure is null; i++)
        {
            Error error = _components[i].Make(env, i);
            Failure = error == Error.None ? null : new InvalidOperationException($"{_components[i].Name} could not be made: {Errors.Name(error)}");
        }
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        switch (request.Opcode)
        {
            case ParentOperation.Session:
                return Open(env, _components[label].Child!, request);
            case ParentOperation.Close:
                return Close(env, request.Capability(0));
            case Deposit:
                _deposits[request.Word(0)] = env.Keep(request.Capability(0));
                return Error.None;
            case Fetch:
                request.AddCapability(_deposits[request.Word(0)]);
                return Error.None;
            default:
                return base.OnRequest(env, label, request);
        }
    }

    private Error Open(Env env, Child child, Message request)
    {
        string text = request.Text;
        int name = request.Word(0);
        Message message = env.Compose(ParentOperation.Session)
            .Add(name).Add(request.Word(1)).Add(request.Word(2)).Add(request.Word(3))
            .AddText(text[..name] + child.Name + text[name..])
            .AddCapability(request.Capability(0) == Selectors.Invalid ? child.Pd : request.Capability(0));
        Error error = env.Call(Selectors.Parent, message);
        for (int i = 0; i < message.CapabilityCount && error == Error.None; i++)
        {
            request.AddCapability(message.Capability(i));
        }

        if (error == Error.None)
        {
            _sessions[env.Badge(message.Capability(0))] = message.Capability(0);
        }

        return error;
    }

    private Error Close(Env env, int session)
    {
        bool isKnown = _sessions.Remove(env.Badge(session), out int own);
        Error error = env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(session));
        if (isKnown)
        {
            env.Release(own);
        }

        return error;
    }
}

/// <summary>A component as its parent makes it.</summary>
/// <param name="name">Its name, and its program's.</param>
/// <param name="ram">Its RAM in bytes.</param>
/// <param name="caps">Its capabilities.</param>
internal sealed class Component(string name, int ram, int caps)
{
    internal string Name => name;

    /// <summary>The child, once it is made.</summary>
    internal Child? Child { get; private set; }

    /// <summary>Makes and starts it.</summary>
    internal Error Make(Env env, int label)
    {
        Error error = Child.Create(env, name, name, ram, caps, Priorities.Default, label, out Child? child);
        if (error != Error.None)
        {
            return error;
        }

        Child = child;
        error = child!.AddInitialMemory(Child.InitialMemoryOn(env), out int memory);
        env.Release(memory);
        error = error == Error.None ? child.Furnish(child.Pd, child.Cpu, child.Log) : error;
        return error == Error.None ? child.Start(true) : error;
    }
}
