// Checkpoints whose copies a co-processor makes: what becomes of them, and of a target whose memory is lost with it.
// Invariants: if the co-processor fails, the processor makes the copies;
// if it is gone with the target's memory, the target goes on from its last image.
using Tern.Kernel;

namespace Tern.Rtcr;

internal sealed partial class Protection
{
    /// <summary>The co-processor has made an image's copies, or not.</summary>
    /// <param name="slot">The target's place.</param>
    /// <param name="error">Gone when its memory is lost.</param>
    /// <param name="size">The image's size.</param>
    internal void Copied(int slot, Error error, int size)
    {
        TargetPlan plan = _plans[slot];
        if (!plan.IsCopying)
        {
            return;
        }

        PlanStep step = plan.Step;
        plan.IsCopying = false;
        plan.Step = PlanStep.Idle;
        error = error == Error.None ? Publish(slot, Copier!.Place, size) : error;
        if (error == Error.None)
        {
            error = Taken(slot, step, error, size, "fpga");
        }
        else if (error != Error.Gone)
        {
            _env.Log("Warning: checkpoint of " + _supervisor.NameOf(slot) + " not copied by the co-processor (" + Errors.Name(error)
                + "); the processor does it");
            error = TakeByProcessor(slot, out size);
            error = Taken(slot, step, error, size, "processor");
        }

        if (error != Error.None)
        {
            NotTaken(slot, step, error);
        }
        else if (plan.Step == PlanStep.Idle)
        {
            // Without a manager nothing follows.
            GoOn(slot);
        }
    }

    /// <summary>What a target had beside the co-processor is lost: it goes on from its last image.</summary>
    /// <returns>As <see cref="Ended"/>.</returns>
    internal bool MemoryLost(int slot)
    {
        // One that leaves is held, and its last image is stored. If it stays after all, its first access tells.
        return _plans[slot].Step <= PlanStep.Committing && Ended(slot, Error.DeviceFailed, 0);
    }

    /// <summary>Takes an image by the processor alone.</summary>
    private Error TakeByProcessor(int slot, out int size)
    {
        Error error = _supervisor.Checkpoint(slot, Draft, Mac, out size);
        return error == Error.None ? Publish(slot, Draft, size) : error;
    }

    /// <summary>Puts an image that is whole in the place of the last one.</summary>
    private Error Publish(int slot, ImagePlace made, int size)
        => _env.CopyDataspace(made.Dataspace, made.Offset, Dataspace, OffsetOf(slot), size);

    private void NotTaken(int slot, PlanStep step, Error error)
    {
        Watcher?.OnStored(slot, 0, error);
        if (step == PlanStep.CommittingLast)
        {
            GiveUp(slot, error);
        }
        else
        {
            GoOn(slot);
        }
    }

    /// <summary>The image that the co-processor makes will not be complete.</summary>
    private void GiveUpCopy(int slot)
    {
        Copier?.Abandon(slot);
        TargetPlan plan = _plans[slot];
        if (plan.IsCopying)
        {
            plan.IsCopying = false;
            plan.Step = PlanStep.Idle;
            Watcher?.OnStored(slot, 0, Error.Gone);
        }
    }
}
