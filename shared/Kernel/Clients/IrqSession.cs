// The client's side of core's IRQ service (Genode's irq_session.h).
namespace Tern.Kernel;

/// <summary>An IRQ session; opened with the line as argument.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct IrqSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Sets who is signalled.</summary>
    public Error Sigh(int signal) => env.Call(session, env.Compose(IrqOperation.Sigh).AddCapability(signal));

    /// <summary>Acknowledges the last interrupt: the line may fire again.</summary>
    public Error Acknowledge() => env.Call(session, env.Compose(IrqOperation.Acknowledge));

    /// <summary>The line; −1 when the session is invalid.</summary>
    /// <param name="unacknowledged">Whether an interrupt waits for its acknowledgement.</param>
    public int Info(out bool unacknowledged)
    {
        Message message = env.Compose(IrqOperation.Info);
        bool valid = env.Call(session, message) == Error.None;
        unacknowledged = message.Word(1) != 0;
        return valid ? message.Word(0) : -1;
    }
}
