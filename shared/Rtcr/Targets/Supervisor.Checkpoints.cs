// Taking a checkpoint, in one go or in three steps: hold and capture, let the target run, seal. Between the first two a
// co-processor may be told to copy.
// Invariants: a target that was held for a capture runs again whatever comes of it; a checkpoint that failed has no number.
using Tern.Kernel;

namespace Tern.Rtcr;

public sealed partial class Supervisor
{
    private long _heldAt;

    /// <summary>Nanoseconds that the last checkpoint held its target.</summary>
    public long StopNanoseconds { get; private set; }

    /// <summary>Nanoseconds that sealing the last image took.</summary>
    public long SealNanoseconds { get; private set; }

    /// <summary>Takes a checkpoint: holds the target, captures, lets it run, seals.</summary>
    /// <param name="slot">The target's place.</param>
    /// <param name="dataspace">Where the image goes, attached in RTCR's address space.</param>
    /// <param name="address">Where it is attached.</param>
    /// <param name="offset">Where in the dataspace the image begins, a multiple of the page size.</param>
    /// <param name="capacity">How many bytes it may have.</param>
    /// <param name="mac">The board's MAC address.</param>
    /// <param name="size">The image's size.</param>
    /// <returns>Full when the image does not fit; BadData when the target names something of unknown origin; Gone when the
    /// target has exited; AuditFailed when the kernel is not sound; the fault that stopped the target otherwise.</returns>
    public Error Checkpoint(int slot, int dataspace, int address, int offset, int capacity, long mac, out int size)
        => Checkpoint(slot, new ImagePlace(dataspace, address, offset, capacity), mac, out size);

    /// <summary>Takes a checkpoint (see <see cref="Checkpoint(int, int, int, int, int, long, out int)"/>).</summary>
    internal Error Checkpoint(int slot, ImagePlace place, long mac, out int size)
    {
        Error error = Capture(slot, place, mac, null, out size);
        if (error == Error.None)
        {
            LetRun(slot);
            error = Close(slot, place, size);
        }

        return error;
    }

    /// <summary>Holds a target and captures it, but for what a co-processor is to copy.</summary>
    /// <returns>None when the target is held, until <see cref="LetRun"/>; otherwise as <see cref="Checkpoint(int, int, int, int, int, long, out int)"/>.</returns>
    internal Error Capture(int slot, ImagePlace place, long mac, CopyPlan? plan, out int size)
    {
        Target target = _targets[slot];
        size = 0;
        Error error = MayCapture(target);
        if (error != Error.None)
        {
            return error;
        }

        _heldAt = _timer.ElapsedNanoseconds();
        TargetThreads.Pause(_env, target);
        target.Commit++;
        Trace(TracePoint.CheckpointBegin, target, target.Commit);
        _serving.Sweep(target);
        error = _checkpointer.Capture(target, place, mac, plan, out size);
        if (error != Error.None)
        {
            target.Commit--;
            Resume(target, error);
        }

        return error;
    }

    /// <summary>A captured target runs on: what of it is still to be copied does not change any more.</summary>
    internal void LetRun(int slot) => Resume(_targets[slot], Error.None);

    /// <summary>Completes an image of which nothing is missing.</summary>
    internal Error Close(int slot, ImagePlace place, int size)
    {
        long start = _timer.ElapsedNanoseconds();
        Error error = _seal.Close(place, size);
        Trace(TracePoint.CheckpointSealed, _targets[slot], (int)error);
        SealNanoseconds = _timer.ElapsedNanoseconds() - start;
        return error;
    }

    /// <summary>The memory beside a co-processor that a place's targets get from now on.</summary>
    internal void SetBank(int slot, LiveBank bank) => _targets[slot].Bank = bank;

    /// <summary>Most objects of a target, and so most dataspaces.</summary>
    internal int MostObjects => _targets[0].Storage.Capacity;

    /// <summary>Whether something of the target in a place lives beside the co-processor.</summary>
    internal bool LivesInBank(int slot) => IsAlive(slot) && _targets[slot].Bank != null && _targets[slot].Bank!.HasAny(_targets[slot]);

    /// <summary>Moves what a target has in the board's memory to its place's new bank. One that had memory in the bank before has lost it, and is restored or leaves.</summary>
    internal void Adopt(int slot)
    {
        if (IsAlive(slot) && !IsBeside(slot))
        {
            _targets[slot].Bank!.Adopt(_targets[slot]);
        }
    }

    /// <summary>Whether memory of the target was put beside the co-processor, even if that has gone meanwhile.</summary>
    internal bool IsBeside(int slot) => IsAlive(slot) && _targets[slot].IsBeside;

    /// <summary>Whether a target had memory beside a co-processor that does not answer any more.</summary>
    internal bool HasLostMemory(int slot)
    {
        if (!IsBeside(slot))
        {
            return false;
        }

        LiveBank bank = _targets[slot].Bank!;
        bank.Check();
        return !bank.IsUsable;
    }

    /// <summary>A handler that was stopped in the middle has left no state worth keeping, nor has a target that is done.</summary>
    private Error MayCapture(Target target)
    {
        if (!target.IsAlive)
        {
            return Error.Busy;
        }

        var native = new NativePd(_env, target.Child!.Native);
        Error error = target.HasExited ? Error.Gone : native.Fault();
        string broken = "";
        error = error == Error.None ? native.Audit(out broken) : error;
        if (broken.Length > 0)
        {
            _env.Log("Error: " + Errors.Name(error) + ": " + broken);
        }

        return error;
    }

    private void Resume(Target target, Error captured)
    {
        TargetThreads.Resume(_env, target);
        Trace(TracePoint.CheckpointCaptured, target, (int)captured);
        StopNanoseconds = _timer.ElapsedNanoseconds() - _heldAt;
    }
}
