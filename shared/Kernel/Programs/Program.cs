// The shape of every program. A program is text: its component's state is its memory (rule "a program is text").
namespace Tern.Kernel;

/// <summary>
/// A component's program. It is entered for one event at a time, runs to completion, and keeps nothing in itself: no
/// instance fields, no mutable static ones. All it has is its <see cref="Env"/>, selectors and messages.
/// </summary>
public abstract partial class Program
{
    /// <summary>First start of the component: never called on restore.</summary>
    public abstract void Construct(Env env);

    /// <summary>A signal context was triggered.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="label">The number given to <see cref="Env.Signal(int)"/>.</param>
    /// <param name="count">How often it was triggered since the last time; at least 1.</param>
    public virtual void OnSignal(Env env, int label, int count) => Unhandled(env);

    /// <summary>A client opens a session of a service that the program announced.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="session">The address of the client's zeroed record in the component's memory.</param>
    /// <param name="request">Words from 0: RAM and capabilities donated, then the client's own arguments; text: the
    /// client's label. Capabilities added to it are not passed on.</param>
    /// <returns><see cref="Error.None"/> to accept.</returns>
    public virtual Error OnOpen(Env env, int session, Message request) => Error.None;

    /// <summary>A session's client has donated more to it: see <see cref="Env.DonatedRam"/> for the sum. It is this component's until the
    /// session is closed.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="session">The address of the session's record.</param>
    /// <param name="ram">Bytes of RAM.</param>
    /// <param name="caps">Capabilities.</param>
    public virtual void OnUpgrade(Env env, int session, int ram, int caps)
    {
    }

    /// <summary>A session is closed; its record is freed afterwards.</summary>
    public virtual void OnClose(Env env, int session)
    {
    }

    /// <summary>A request for a session or another RPC object of this component.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="label">The address of the session's record, or the number given to <see cref="Env.Gate(int)"/>.</param>
    /// <param name="request">The request; what is added to it is the answer.</param>
    /// <returns>The outcome for the client; <see cref="Error.Deferred"/> after <see cref="Env.Defer"/>.</returns>
    public virtual Error OnRequest(Env env, int label, Message request) => Error.UnknownOpcode;

    /// <summary>The answer to a <see cref="Env.Send(int, Message, int)"/> or <see cref="Env.Open(string, string, int)"/>.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="label">The number given with the request.</param>
    /// <param name="error">The outcome.</param>
    /// <param name="answer">What the server answered; its capabilities belong to this component.</param>
    public virtual void OnReply(Env env, int label, Error error, Message answer) => Unhandled(env);

    // An event came for which the program has no handler.
    static partial void Unhandled(Env env);
}
