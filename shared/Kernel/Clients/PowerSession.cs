// The client's side of core's Power service.
namespace Tern.Kernel;

/// <summary>A Power session: <c>new PowerSession(env, env.Connect("Power"))</c>.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct PowerSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Sets who is signalled when the board is about to sleep, and when it is awake again. From then on the board waits for this session.</summary>
    public Error Sigh(int signal) => env.Call(session, env.Compose(PowerOperation.Sigh).AddCapability(signal));

    /// <summary>Reads what the board intends.</summary>
    /// <param name="remainingNanoseconds">How long it stays awake at most; −1 when it does not intend to sleep.</param>
    /// <returns>The number of the announcement that it will sleep; 0 when there is none.</returns>
    public int Info(out long remainingNanoseconds)
    {
        Message message = env.Compose(PowerOperation.Info);
        bool known = env.Call(session, message) == Error.None;
        remainingNanoseconds = known ? message.Word64(1) : -1;
        return known ? message.Word(0) : 0;
    }

    /// <summary>Says that the board may sleep as far as this session is concerned.</summary>
    /// <param name="announcement">The number that <see cref="Info"/> told.</param>
    /// <returns>Stale when another announcement holds now, or none.</returns>
    public Error Ready(int announcement) => env.Call(session, env.Compose(PowerOperation.Ready).Add(announcement));
}
