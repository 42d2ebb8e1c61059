// The client's side of core's Timer service.
namespace Tern.Kernel;

/// <summary>A Timer session: <c>new TimerSession(env, env.Connect("Timer"))</c>.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct TimerSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Sets who is signalled when the timer fires.</summary>
    public Error Sigh(int signal) => env.Call(session, env.Compose(TimerOperation.Sigh).AddCapability(signal));

    /// <summary>Fires once, after a number of microseconds; 0 disarms.</summary>
    public Error TriggerOnce(long microseconds) => env.Call(session, env.Compose(TimerOperation.TriggerOnce).Add64(microseconds));

    /// <summary>Fires again and again, with a period in microseconds; 0 disarms.</summary>
    public Error TriggerPeriodic(long microseconds) => env.Call(session, env.Compose(TimerOperation.TriggerPeriodic).Add64(microseconds));

    /// <summary>Nanoseconds since the board was switched on; −1 when the session is invalid.</summary>
    public long ElapsedNanoseconds()
    {
        Message message = env.Compose(TimerOperation.Elapsed);
        return env.Call(session, message) == Error.None ? message.Word64(0) : -1;
    }
}
