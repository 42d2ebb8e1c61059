// Core's Timer service. A timer that falls behind does not fire for every missed period one by one: it signals their number.
namespace Tern.Kernel;

/// <summary>Core's side of a Timer session.</summary>
internal sealed class TimerSessionServer : CoreSession
{
    private const long MaxMicroseconds = long.MaxValue / 4000;
    private const long NotArmed = long.MinValue;

    private SignalTarget _target;
    private long _period;

    internal TimerSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
    }

    private long Now => Core.Board.Clock.Nanoseconds;

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case TimerOperation.Sigh:
                return _target.Set(Core, message);
            case TimerOperation.TriggerOnce:
                return Trigger(message.Word64(0), false);
            case TimerOperation.TriggerPeriodic:
                return Trigger(message.Word64(0), true);
            case TimerOperation.Elapsed:
                message.Add64(Now);
                return Error.None;
            case TimerOperation.Remaining:
                message.Add64(Remaining()).Add64(_period).Add64(Core.Timers.Order(Index));
                return Error.None;
            case TimerOperation.Rearm:
                return Rearm(message.Word64(0), message.Word64(2));
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>The deadline has come.</summary>
    internal void Fire(long now)
    {
        long deadline = Core.Timers.Deadline(Index);
        int count = 1;
        if (_period > 0)
        {
            // A division costs more than all the rest; nearly always nothing was missed.
            long late = now - deadline;
            long missed = late < _period ? 0 : late / _period;
            Core.Timers.Arm(Index, deadline + ((missed + 1) * _period));
            count = missed < int.MaxValue ? (int)missed + 1 : int.MaxValue;
        }
        else
        {
            Core.Timers.Cancel(Index);
        }

        _target.Trigger(this, count);
    }

    private Error Trigger(long microseconds, bool periodic)
    {
        if (microseconds < 0 || microseconds > MaxMicroseconds)
        {
            return Error.BadArgument;
        }

        _period = periodic ? microseconds * 1000 : 0;
        Core.Timers.Cancel(Index);
        if (microseconds > 0)
        {
            Core.Timers.Arm(Index, Now + (microseconds * 1000));
        }

        return Error.None;
    }

    private long Remaining()
    {
        if (!Core.Timers.IsArmed(Index))
        {
            return NotArmed;
        }

        // A deadline that has come and was not noticed yet is told too: how many periods were missed depends on it.
        return Core.Timers.Deadline(Index) - Now;
    }

    private Error Rearm(long remaining, long period)
    {
        bool armed = remaining != NotArmed;
        long most = MaxMicroseconds * 1000;
        if (period < 0 || period > most || (armed && (remaining < -most || remaining > most)))
        {
            return Error.BadArgument;
        }

        _period = period;
        Core.Timers.Cancel(Index);
        if (armed)
        {
            Core.Timers.Arm(Index, Now + remaining);
        }

        return Error.None;
    }
}
