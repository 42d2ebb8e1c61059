// Deadlines of a program's state machines over one Timer session: the only clock that they have.
// Invariant: an owner that is told of its timeout is not armed any longer; spurious signals of the timer do no harm.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Who waits for a time.</summary>
public interface ITimed
{
    /// <summary>The time has come.</summary>
    void OnTimeout();
}

/// <summary>A fixed table of deadlines, one for each owner.</summary>
public sealed class Timeouts
{
    private const long Never = long.MaxValue;

    private readonly int _signalLabel;
    private readonly ITimed?[] _owner;
    private readonly long[] _deadline;
    private readonly TimerSession _timer;
    private long _armed = Never;
    private int _count;

    /// <summary>Opens the Timer session.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="signalLabel">A signal label that is the timer's own.</param>
    /// <param name="capacity">Most owners.</param>
    public Timeouts(Env env, int signalLabel, int capacity)
    {
        _signalLabel = signalLabel;
        _owner = new ITimed?[capacity];
        _deadline = new long[capacity];
        _timer = new TimerSession(env, env.Connect("Timer"));
        _timer.Sigh(env.Signal(signalLabel));
    }

    /// <summary>Nanoseconds since the board was switched on.</summary>
    public long Now => _timer.ElapsedNanoseconds();

    /// <summary>Gives an owner its place in the table.</summary>
    /// <returns>The number to set its deadline by.</returns>
    public int Add(ITimed owner)
    {
        _owner[_count] = owner;
        _deadline[_count] = Never;
        return _count++;
    }

    /// <summary>Sets an owner's deadline, in place of the one it had.</summary>
    public void Set(int owner, int milliseconds)
    {
        long deadline = Now + (milliseconds * 1_000_000L);
        _deadline[owner] = deadline;
        if (deadline < _armed)
        {
            Arm(deadline);
        }
    }

    /// <summary>Takes an owner's deadline back. The timer may still fire for it, in vain.</summary>
    public void Clear(int owner) => _deadline[owner] = Never;

    /// <summary>Whether an owner waits.</summary>
    public bool IsSet(int owner) => _deadline[owner] != Never;

    /// <summary>Takes a signal, and tells everybody whose time has come.</summary>
    /// <returns>Whether it was the timer's.</returns>
    public bool OnSignal(int label)
    {
        if (label != _signalLabel)
        {
            return false;
        }

        _armed = Never;
        long now = Now;
        long next = Never;
        for (int i = 0; i < _count; i++)
        {
            if (_deadline[i] <= now)
            {
                _deadline[i] = Never;
                _owner[i]!.OnTimeout();
            }
        }

        // Those told may have set deadlines, their own and each other's.
        for (int i = 0; i < _count; i++)
        {
            next = _deadline[i] < next ? _deadline[i] : next;
        }

        if (next < _armed)
        {
            Arm(next);
        }

        return true;
    }

    private void Arm(long deadline)
    {
        _armed = deadline;
        long microseconds = (deadline - Now + 999) / 1000;
        _timer.TriggerOnce(microseconds > 0 ? microseconds : 1);
    }
}
