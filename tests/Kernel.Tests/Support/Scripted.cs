// Components for tests: a program whose handlers each test writes in place, and who is a parent to its children.
using System;
using System.Collections;
using Tern.Kernel;

namespace Tern.Tests;

public delegate void EnvAction(Env env);

public delegate void SignalAction(Env env, int label, int count);

public delegate Error RequestAction(Env env, int label, Message request);

public delegate void ReplyAction(Env env, int label, Error error, Message answer);

public delegate Error OpenAction(Env env, int session, Message request);

public delegate void CloseAction(Env env, int session);

/// <summary>A program made of the handlers that a test gives it. What a test asserts in a handler fails the test, not the component.</summary>
public class Scripted : PinnedProgram
{
    /// <summary>The signal by which a test enters the component; see <see cref="Machine.Do"/>.</summary>
    internal const int EnterLabel = 99999;

    internal const int FirstChildLabel = 1000;
    private const int FirstForwardLabel = 50000;

    private readonly ArrayList _services = new ArrayList();
    private readonly ArrayList _sessions = new ArrayList();

    public EnvAction? Started { get; set; }

    public SignalAction? Signalled { get; set; }

    public RequestAction? Requested { get; set; }

    public ReplyAction? Replied { get; set; }

    public OpenAction? Opened { get; set; }

    public CloseAction? Closed { get; set; }

    /// <summary>The selector of the signal by which a test enters.</summary>
    internal int EnterSignal { get; private set; }

    /// <summary>What to run when entered.</summary>
    internal EnvAction? Entered { get; set; }

    /// <summary>What a test asserted in a handler and found wrong.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>Those that this component has made, or will when it starts.</summary>
    internal ArrayList Children { get; } = new ArrayList();

    /// <summary>Whether a child that cannot be made is no failure of the test.</summary>
    public bool IsUnruly { get; set; }

    /// <summary>The last error value that a child exited with; −1 before.</summary>
    internal int ExitValue { get; private set; } = -1;

    public override void Construct(Env env)
    {
        EnterSignal = env.Signal(EnterLabel);
        for (int i = 0; i < Children.Count; i++)
        {
            Error error = Child(i).Make(env, FirstChildLabel + i);
            Guard(error == Error.None, "a child could not be made: " + Errors.Name(error));
        }

        Try(Started, env);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == EnterLabel)
        {
            Try(Entered, env);
            return;
        }

        try
        {
            Signalled?.Invoke(env, label, count);
        }
        catch (Exception fault)
        {
            // Not a filter: nanoFramework\'s interpreter aborts when one calls and the kernel\'s own is passed too.
            if (!IsAssertion(fault))
            {
                throw;
            }

            Failure = fault;
        }
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        if (label >= FirstChildLabel && label - FirstChildLabel < Children.Count)
        {
            return ServeChild(env, Child(label - FirstChildLabel), request);
        }

        try
        {
            return Requested == null ? Error.UnknownOpcode : Requested(env, label, request);
        }
        catch (Exception fault)
        {
            // Not a filter: nanoFramework\'s interpreter aborts when one calls and the kernel\'s own is passed too.
            if (!IsAssertion(fault))
            {
                throw;
            }

            Failure = fault;
            return Error.Faulted;
        }
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label >= FirstForwardLabel)
        {
            Forward(env, label - FirstForwardLabel, error, answer);
            return;
        }

        try
        {
            Replied?.Invoke(env, label, error, answer);
        }
        catch (Exception fault)
        {
            // Not a filter: nanoFramework\'s interpreter aborts when one calls and the kernel\'s own is passed too.
            if (!IsAssertion(fault))
            {
                throw;
            }

            Failure = fault;
        }
    }

    public override Error OnOpen(Env env, int session, Message request) => Opened == null ? Error.None : Opened(env, session, request);

    public override void OnClose(Env env, int session) => Closed?.Invoke(env, session);

    private TestChild Child(int index) => (TestChild)Children[index]!;

    private void Try(EnvAction? action, Env env)
    {
        try
        {
            action?.Invoke(env);
        }
        catch (Exception fault)
        {
            // Not a filter: nanoFramework\'s interpreter aborts when one calls and the kernel\'s own is passed too.
            if (!IsAssertion(fault))
            {
                throw;
            }

            Failure = fault;
        }
    }

    private void Guard(bool condition, string message)
    {
        if (!condition && !IsUnruly)
        {
            Failure = new InvalidOperationException(message);
        }
    }

    private static bool IsAssertion(Exception fault) => fault.GetType().Name.StartsWith("Assert");

    /// <summary>The parent interface: core's sessions at once, those of children by way of their root.</summary>
    private Error ServeChild(Env env, TestChild child, Message request)
    {
        switch (request.Opcode)
        {
            case ParentOperation.Session:
                return OpenFor(env, child, request);
            case ParentOperation.Close:
                return CloseFor(env, request);
            case ParentOperation.Announce:
                _services.Add(new Service(request.Text, env.Keep(request.Capability(0))));
                return Error.None;
            case ParentOperation.Exit:
                ExitValue = request.Word(0);
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error OpenFor(Env env, TestChild child, Message request)
    {
        string text = request.Text;
        string name = text.Substring(0, request.Word(0));
        string rest = text.Substring(name.Length);
        string label = rest.Length > 0 ? child.Name + " -> " + rest : child.Name;
        for (int i = 0; i < _services.Count; i++)
        {
            var service = (Service)_services[i]!;
            if (service.Name == name)
            {
                return OpenAt(env, service.Root, label, request);
            }
        }

        Message message = env.Compose(ParentOperation.Session)
            .Add(name.Length).Add(request.Word(1)).Add(request.Word(2)).Add(request.Word(3)).Add(request.Word(4)).Add(request.Word(5))
            .AddText(name + label).AddCapability(request.Capability(0) == Selectors.Invalid ? child.Pd : request.Capability(0));
        Error error = env.Call(Selectors.Parent, message);
        for (int i = 0; i < message.CapabilityCount && error == Error.None; i++)
        {
            request.AddCapability(message.Capability(i));
        }

        return error;
    }

    private Error OpenAt(Env env, int root, string label, Message request)
    {
        int token = env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        Message message = env.Compose(RootOperation.Create)
            .Add(request.Word(1)).Add(request.Word(2)).Add(request.Word(3)).AddText(label);
        Error error = env.Send(root, message, FirstForwardLabel + token);
        _sessions.Add(new Session(token, root));
        return error == Error.None ? Error.Deferred : error;
    }

    private void Forward(Env env, int token, Error error, Message answer)
    {
        for (int i = 0; i < _sessions.Count; i++)
        {
            var session = (Session)_sessions[i]!;
            if (session.Token == token && session.Badge == 0)
            {
                session.Badge = env.Badge(answer.Capability(0));
            }
        }

        env.Reply(token, error, env.Compose(0).AddCapability(answer.Capability(0)));
        env.Release(answer.Capability(0));
    }

    private Error CloseFor(Env env, Message request)
    {
        int badge = env.Badge(request.Capability(0));
        for (int i = 0; i < _sessions.Count; i++)
        {
            var session = (Session)_sessions[i]!;
            if (session.Badge == badge)
            {
                return env.Send(session.Root, env.Compose(RootOperation.Close).AddCapability(request.Capability(0)), 0);
            }
        }

        return env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(request.Capability(0)));
    }

    private sealed class Service(string name, int root)
    {
        public string Name => name;

        public int Root => root;
    }

    private sealed class Session(int token, int root)
    {
        public int Token => token;

        public int Root => root;

        public int Badge { get; set; }
    }
}
