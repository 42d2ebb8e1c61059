// Gives steps to the co-processor, and takes their endings from its replies.
// Every reply tells which job ended last and whether any has failed since that was acknowledged. So a step needs no question of
// its own unless it has a value, or one of those that ended has failed.
// Invariant: a cause is acknowledged before the steps that ended until then are looked for, so none ends unnoticed between the two.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The way to the co-processor's queue and back.</summary>
/// <param name="link">The link.</param>
/// <param name="identity">What the co-processor can hold.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="endings">Who is told how steps ended.</param>
internal sealed class Flight(SpiLink link, Introduction identity, JobTable jobs, Endings endings)
{
    private const int AcknowledgeRounds = 4;
    private const int AnswerPolls = 256;

    // A selection takes at least 25 microseconds; a copy of so many bytes about one.
    private const int LeastPolls = 64;
    private const int BytesPerPoll = 1024;

    /// <summary>What is under way.</summary>
    internal FlightTable Steps { get; } = new FlightTable();

    /// <summary>Gives a step whose outcome comes later.</summary>
    /// <param name="command">See <see cref="FpgaCommand"/>.</param>
    /// <param name="argument0">First argument.</param>
    /// <param name="argument1">Second argument.</param>
    /// <param name="argument2">Third argument.</param>
    /// <param name="payload">Bytes of payload, which stand in the frame already.</param>
    /// <param name="row">The job; 0 for the driver's own.</param>
    /// <param name="bytes">How much it moves.</param>
    /// <returns>None; Busy: there is no room until another has ended; Unreachable: lost; else why it is refused.</returns>
    internal Error Give(byte command, int argument0, int argument1, int argument2, int payload, int row, int bytes)
    {
        if (Steps.Count >= identity.Jobs || (payload > 0 && Steps.Payloads > 0))
        {
            return Error.Busy;
        }

        Error error = link.Execute(command, argument0, argument1, argument2, payload, 0);
        error = error == Error.None ? Outcome(link.Reply.Status) : error;
        if (error == Error.None)
        {
            Steps.Add(link.Reply.Value & 0xff, row, bytes, payload > 0);
            jobs.Steps[row] += row == 0 ? 0 : 1;
        }

        // With nothing under way there is nothing to wait for: a co-processor that is busy then is none.
        return error == Error.Busy && Steps.Count == 0 ? link.Lose() : error;
    }

    /// <summary>Does a step that reads, now; nothing else may be under way. What was read stands at <see cref="FrameBuffer.AnswerAt"/>.</summary>
    /// <returns>None; Unreachable: lost; else how the step ended.</returns>
    internal Error Fetch(byte command, int argument0, int argument1, int length)
    {
        Error error = link.Execute(command, argument0, argument1, length, 0, length);
        error = error == Error.None ? link.Await(length, AnswerPolls) : error;
        error = error == Error.None ? Outcome(link.Reply.Status) : error;
        return error == Error.Busy || (error == Error.None && link.Reply.Length != length) ? link.Lose() : error;
    }

    /// <summary>Takes from the last reply which steps have ended.</summary>
    internal void Land()
    {
        while (!link.IsLost && Steps.Ended(link.Reply.FinishedJob) > 0)
        {
            int row = Steps.FirstRow;
            byte status = FpgaStatus.Ok;
            int value = 0;
            if (Steps.IsFirstSuspect || (link.Reply.Interrupts & FpgaInterrupt.JobFailed) != 0 || jobs.Operation[row] == CopyEngineOperation.Crc)
            {
                if (link.Execute(FpgaCommand.Status, Steps.FirstNumber, 0, 0) != Error.None)
                {
                    return;
                }

                status = link.Reply.Status;
                value = link.Reply.Value;
            }

            Steps.RemoveFirst();
            bool differs = status == FpgaStatus.Mismatch;
            value = jobs.Operation[row] == CopyEngineOperation.Compare && !differs ? -1 : value;
            endings.StepEnded(row, differs ? Error.None : Outcome(status), value);
        }
    }

    /// <summary>Has the interrupt line go low, and takes what has ended.</summary>
    internal void Acknowledge()
    {
        for (int round = 0; round < AcknowledgeRounds && !link.IsLost; round++)
        {
            link.Execute(FpgaCommand.InterruptAcknowledge, FpgaInterrupt.JobDone | FpgaInterrupt.Idle, 0, 0);
            Land();
            if ((link.Reply.Interrupts & FpgaInterrupt.JobFailed) != 0
                && link.Execute(FpgaCommand.InterruptAcknowledge, FpgaInterrupt.JobFailed, 0, 0) == Error.None)
            {
                Steps.Suspect(Steps.Ended(link.Reply.FinishedJob));
                Land();
            }

            // The line rises again only if it has fallen.
            if (!link.Reply.HasInterrupt)
            {
                return;
            }
        }
    }

    /// <summary>Waits until one more step has ended.</summary>
    /// <returns>None or Unreachable.</returns>
    internal Error AwaitOne()
    {
        int count = Steps.Count;
        int polls = LeastPolls + (Steps.FirstBytes / BytesPerPoll);
        while (Steps.Count == count && !link.IsLost)
        {
            if (polls-- == 0)
            {
                return link.Lose();
            }

            if (link.Poll(0) == Error.None)
            {
                Land();
            }
        }

        return link.IsLost ? Error.Unreachable : Error.None;
    }

    /// <summary>Waits until no step is under way.</summary>
    /// <returns>None or Unreachable.</returns>
    internal Error Drain()
    {
        while (Steps.Count > 0 && !link.IsLost)
        {
            AwaitOne();
        }

        return link.IsLost ? Error.Unreachable : Error.None;
    }

    /// <summary>Forgets what was under way when the co-processor was lost.</summary>
    internal void Forget()
    {
        while (Steps.Count > 0)
        {
            int row = Steps.FirstRow;
            Steps.RemoveFirst();
            if (row == 0 || jobs.Session[row] == 0)
            {
                endings.StepEnded(row, Error.Gone, 0);
            }
        }
    }

    private static Error Outcome(byte status) => status switch
    {
        FpgaStatus.Ok => Error.None,
        FpgaStatus.QueueFull => Error.Busy,
        FpgaStatus.BadArgument or FpgaStatus.BadCommand => Error.BadArgument,
        FpgaStatus.Aborted => Error.Gone,
        _ => Error.DeviceFailed,
    };
}
