// When checkpoints are due by themselves: by time, and when a target has done something since the last one.
// Invariants: nothing is taken before the way to the NAS is there, if there is to be one; a target that has done nothing is
// not captured because of a change; one deadline serves all targets.
using Tern.Cms;

namespace Tern.Rtcr;

/// <summary>Starts checkpoints.</summary>
internal sealed class Schedule : ITimed
{
    private const long Never = long.MaxValue;
    private const long Millisecond = 1_000_000;

    private readonly Protection _protection;
    private readonly Supervisor _supervisor;
    private readonly Timeouts _timeouts;
    private readonly int _timeout;
    private bool _hasBegun;

    internal Schedule(Protection protection, Supervisor supervisor, Timeouts timeouts)
    {
        _protection = protection;
        _supervisor = supervisor;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
    }

    /// <summary>Begins: each target that runs gets its first checkpoint, if there is somewhere for it to go.</summary>
    internal void Begin(bool takesFirst)
    {
        _hasBegun = true;
        for (int slot = 0; slot < _protection.Count; slot++)
        {
            if (takesFirst && _supervisor.IsAlive(slot))
            {
                _protection.Checkpoint(slot);
                _protection[slot].NextPeriod = _timeouts.Now + (_protection[slot].Rules.PeriodMilliseconds * Millisecond);
            }
        }

        OnTimeout();
    }

    /// <summary>Another target has come: when to look is found out anew, though not now, because the agent may be asking.</summary>
    internal void Renew() => _timeouts.Set(_timeout, 1);

    /// <summary>Takes what is due, and finds out when to look again.</summary>
    public void OnTimeout()
    {
        long next = Never;
        for (int slot = 0; slot < _protection.Count && _hasBegun; slot++)
        {
            if (_supervisor.IsAlive(slot))
            {
                long due = Look(slot, _protection[slot], _timeouts.Now);
                next = due < next ? due : next;
            }
        }

        if (next != Never)
        {
            long wait = (next - _timeouts.Now + Millisecond - 1) / Millisecond;
            _timeouts.Set(_timeout, wait < 1 ? 1 : (int)wait);
        }
    }

    /// <summary>When a target is to be looked at next.</summary>
    private long Look(int slot, TargetPlan plan, long now)
    {
        long next = Never;
        TargetRules rules = plan.Rules;
        if (rules.PeriodMilliseconds > 0)
        {
            if (now >= plan.NextPeriod)
            {
                _protection.Checkpoint(slot);
                plan.NextPeriod = now + (rules.PeriodMilliseconds * Millisecond);
            }

            next = plan.NextPeriod;
        }

        if (rules.OnChange)
        {
            long least = plan.TakenAt + (rules.MinMilliseconds * Millisecond);
            if (now >= plan.NextLook && now >= least)
            {
                if (_supervisor.EntriesOf(slot) != plan.TakenEntries)
                {
                    _protection.Checkpoint(slot);
                }

                least = now + (rules.MinMilliseconds * Millisecond);
            }

            plan.NextLook = least > plan.NextLook ? least : plan.NextLook;
            next = plan.NextLook < next ? plan.NextLook : next;
        }

        return next;
    }
}
