// The client's side of core's TRACE service (Genode's trace_session.h).
namespace Tern.Kernel;

/// <summary>A TRACE session.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct TraceSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>The subject after another one.</summary>
    /// <param name="subject">The last one; −1 to begin.</param>
    /// <returns>−1 at the end.</returns>
    public int Next(int subject)
    {
        Message message = env.Compose(TraceOperation.Next).Add(subject);
        return env.Call(session, message) == Error.None ? message.Word(0) : -1;
    }

    /// <summary>Describes a subject.</summary>
    public Error Read(int subject, ref TraceSubject into)
    {
        Message message = env.Compose(TraceOperation.Info).Add(subject);
        Error error = env.Call(session, message);
        if (error == Error.None)
        {
            string text = message.Text;
            into.Label = text.Substring(0, message.Word(6));
            into.Thread = text.Substring(message.Word(6));
            into.State = message.Word(0);
            into.Nanoseconds = message.Word64(1);
            into.Priority = message.Word(3);
            into.IsRunning = message.Word(4) != 0;
            into.PauseCount = message.Word(5);
        }

        return error;
    }

    /// <summary>Traces a subject into a dataspace of the client, which <see cref="TraceReader"/> reads.</summary>
    public Error Attach(int subject, int dataspace)
        => env.Call(session, env.Compose(TraceOperation.Attach).Add(subject).AddCapability(dataspace));

    /// <summary>Makes no records for now.</summary>
    public Error Pause(int subject) => env.Call(session, env.Compose(TraceOperation.Pause).Add(subject));

    /// <summary>Makes records again.</summary>
    public Error Resume(int subject) => env.Call(session, env.Compose(TraceOperation.Resume).Add(subject));

    /// <summary>Traces a subject no longer.</summary>
    public Error Detach(int subject) => env.Call(session, env.Compose(TraceOperation.Detach).Add(subject));
}
