// The client's side of core's IRQ service (Genode's irq_session.h).
namespace Tern.Kernel;

/// <summary>An IRQ session; opened with the interrupt's number as argument, or by its name (see <see cref="Open"/>).</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct IrqSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Opens a session of an interrupt that is known by its name; the board's wiring says which line it is.</summary>
    /// <returns>The session's selector; 0 with <see cref="Env.LastError"/>: NoDevice when the board has no such interrupt,
    /// Exists when somebody else has it.</returns>
    public static int Open(Env env, string name) => env.Connect("IRQ", name, 0, 0, IrqOperation.ByName);

    /// <summary>Sets who is signalled. The signal's count is how often the interrupt has fired.</summary>
    public Error Sigh(int signal) => env.Call(session, env.Compose(IrqOperation.Sigh).AddCapability(signal));

    /// <summary>Acknowledges the last interrupt: the line may fire again.</summary>
    public Error Acknowledge() => env.Call(session, env.Compose(IrqOperation.Acknowledge));

    /// <summary>The interrupt's number, as the session was opened with; <see cref="IrqOperation.ByName"/> also when the session is invalid.</summary>
    /// <param name="unacknowledged">Whether an interrupt waits for its acknowledgement.</param>
    public int Info(out bool unacknowledged) => Info(out unacknowledged, out int _);

    /// <summary>The same, and what waits behind the unacknowledged interrupt.</summary>
    /// <param name="unacknowledged">Whether an interrupt waits for its acknowledgement.</param>
    /// <param name="pending">How often it has fired since.</param>
    public int Info(out bool unacknowledged, out int pending)
    {
        Message message = env.Compose(IrqOperation.Info);
        bool valid = env.Call(session, message) == Error.None;
        unacknowledged = message.Word(1) != 0;
        pending = message.Word(2);
        return valid ? message.Word(0) : IrqOperation.ByName;
    }
}
