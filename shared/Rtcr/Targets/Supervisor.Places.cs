// What stands in the places for targets, as those see it who decide over them: who lives, how much it works and owns, who has ended.
// Invariant: asking changes nothing.
using Tern.Kernel;

namespace Tern.Rtcr;

public sealed partial class Supervisor
{
    /// <summary>How many places for targets there are.</summary>
    public int Count => _targets.Length;

    /// <summary>Whether a place has a target that lives: it runs or is held.</summary>
    public bool IsAlive(int slot) => _targets[slot].State == TargetState.Running || _targets[slot].State == TargetState.Held;

    /// <summary>Whether a place is free.</summary>
    public bool IsFree(int slot) => _targets[slot].State == TargetState.Free;

    /// <summary>A free place; −1 for none.</summary>
    public int FindFree()
    {
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            if (IsFree(slot))
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>The name of the target in a place.</summary>
    public string NameOf(int slot) => _targets[slot].Name;

    /// <summary>The number of a target's last captured checkpoint.</summary>
    public int CommitOf(int slot) => _targets[slot].Commit;

    /// <summary>The epoch under which a target is held.</summary>
    public int EpochOf(int slot) => _targets[slot].Epoch;

    /// <summary>How many calls of a target wait for somebody else's answer.</summary>
    public int WaitingOf(int slot) => _targets[slot].Waiting;

    /// <summary>How often a target and its children were entered: the same number means that they have done nothing since.</summary>
    public int EntriesOf(int slot)
    {
        Target target = _targets[slot];
        int entries = 0;
        for (int domain = Domains.Own; IsAlive(slot) && domain != Domains.End; domain = Domains.Next(target.Storage, domain))
        {
            entries += new NativePd(_env, Domains.Native(target, domain)).Entries();
        }

        return entries;
    }

    /// <summary>Nanoseconds that a target and its children have run.</summary>
    public long CpuNanosecondsOf(int slot)
    {
        Target target = _targets[slot];
        long nanoseconds = 0;
        for (int domain = Domains.Own; IsAlive(slot) && domain != Domains.End; domain = Domains.Next(target.Storage, domain))
        {
            nanoseconds += new NativePd(_env, Domains.Native(target, domain)).CpuNanoseconds();
        }

        return nanoseconds;
    }

    /// <summary>Reads the budgets that a target and its children have together.</summary>
    public Error ReadQuota(int slot, ref Quota quota)
        => IsAlive(slot) ? Domains.ReadWhole(_env, _targets[slot], Domains.Own, ref quota) : Error.Busy;

    /// <summary>Finds a target that has exited or faulted. It still has its place, until <see cref="Stop(int)"/>.</summary>
    /// <param name="fault">None when it exited; otherwise why it was stopped.</param>
    /// <param name="exitValue">What it exited with.</param>
    /// <returns>Its place; −1 when all are well.</returns>
    public int TakeEnded(out Error fault, out int exitValue)
    {
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            Target target = _targets[slot];
            fault = IsAlive(slot) ? new NativePd(_env, target.Child!.Native).Fault() : Error.None;
            exitValue = target.ExitValue;
            if (IsAlive(slot) && (target.HasExited || fault != Error.None))
            {
                return slot;
            }
        }

        fault = Error.None;
        exitValue = 0;
        return -1;
    }
}
