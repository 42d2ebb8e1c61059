// The front end: decides what a frame in order means, queues jobs, sets registers, and keeps the reply until the next command is taken.
// Invariants: a command is executed at most once: a frame with the last taken command's sequence number only has its reply sent again. While a
// command is unanswered, only Abort is taken. After a reset nothing is executed before Identify.
using Tern.Fpga;

namespace Tern.HostEmulator;

internal sealed class FpgaCommandDecoder(FpgaRunner runner, FpgaInterceptor interceptor)
{
    private const byte Causes = FpgaInterrupt.JobDone | FpgaInterrupt.JobFailed | FpgaInterrupt.Idle;

    private bool _introduced;
    private bool _waiting;
    private byte _waitingNumber;
    private byte _nextNumber;
    private byte _lastFinished;
    private byte _causes;
    private byte _enabled;
    private byte _badFrames;
    private byte _status;

    /// <summary>The reply's sequence number.</summary>
    internal byte Sequence { get; private set; }

    /// <summary>The reply's status; whether it is there yet is <see cref="IsPending"/>'s to say.</summary>
    internal byte Status => _status;

    /// <summary>Bytes of the reply's payload, once it is there.</summary>
    internal int Length { get; private set; }

    internal byte Link { get; private set; }

    internal uint Value { get; private set; }

    /// <summary>The reply's payload is the identity.</summary>
    internal bool IsIdentity { get; private set; }

    /// <summary>The payload's buffer belongs to a job.</summary>
    internal bool IsBufferBusy { get; private set; }

    internal bool IsPending => _waiting || runner.Stopping;

    internal bool InterruptLine => (_causes & _enabled) != 0;

    internal byte Flags => (byte)((runner.Count > 0 ? FpgaFlag.Running : 0) | (IsBufferBusy ? FpgaFlag.BufferBusy : 0)
        | (runner.Count == FpgaLimits.Jobs ? FpgaFlag.QueueFull : 0) | (InterruptLine ? FpgaFlag.Interrupt : 0)
        | (_introduced ? FpgaFlag.Introduced : 0));

    internal byte FinishedJob => _lastFinished;

    internal byte FreeJobs => (byte)(FpgaLimits.Jobs - runner.Count);

    internal byte Interrupts => _causes;

    internal byte BadFrames => _badFrames;

    internal void Reset()
    {
        _introduced = _waiting = IsIdentity = IsBufferBusy = false;
        _nextNumber = 1;
        _lastFinished = _causes = _enabled = _badFrames = Sequence = 0;
        _status = FpgaStatus.NotIntroduced;
        Link = FpgaLink.Taken;
        (Length, Value) = (0, 0);
    }

    /// <summary>A frame that was not in order: counted and forgotten.</summary>
    internal void Refuse(byte verdict)
    {
        Link = verdict;
        _badFrames++;
    }

    /// <summary>A frame in order.</summary>
    internal void Take(FpgaFrameReceiver frame, long clock)
    {
        bool repeated = _introduced && frame.Sequence == Sequence && frame.Command != FpgaCommand.Identify;
        bool busy = frame.PayloadRefused || (IsPending && frame.Command != FpgaCommand.Abort);
        Link = frame.Command == FpgaCommand.Poll ? FpgaLink.Taken : repeated ? FpgaLink.Repeated : busy ? FpgaLink.Busy : FpgaLink.Taken;
        if (frame.Command == FpgaCommand.Poll || Link != FpgaLink.Taken)
        {
            return;
        }

        Sequence = frame.Sequence;
        (Length, Value, IsIdentity) = (0, 0, false);
        _status = Judge(frame);
        if (_status == FpgaStatus.Ok)
        {
            Execute(frame, clock);
        }
    }

    /// <summary>A job has ended.</summary>
    internal void Finished(FpgaEnding ending)
    {
        _lastFinished = ending.Number;
        IsBufferBusy &= !ending.FreesBuffer;
        _causes |= (byte)((ending.Status == FpgaStatus.Ok ? FpgaInterrupt.JobDone : FpgaInterrupt.JobFailed) | (ending.IsLast ? FpgaInterrupt.Idle : 0));
        if (_waiting && ending.Number == _waitingNumber)
        {
            _waiting = false;
            _status = ending.Status;
            Length = ending.Status == FpgaStatus.Ok ? Length : 0;
        }
    }

    private byte Judge(FpgaFrameReceiver frame)
    {
        if (!_introduced && frame.Command != FpgaCommand.Identify)
        {
            return FpgaStatus.NotIntroduced;
        }

        if (!FpgaArguments.IsKnown(frame.Command))
        {
            return FpgaStatus.BadCommand;
        }

        if (!FpgaArguments.AreInOrder(frame))
        {
            return FpgaStatus.BadArgument;
        }

        return FpgaArguments.Queues(frame.Command) && runner.Count == FpgaLimits.Jobs ? FpgaStatus.QueueFull : FpgaStatus.Ok;
    }

    private void Execute(FpgaFrameReceiver frame, long clock)
    {
        switch (frame.Command)
        {
            case FpgaCommand.Identify:
                _introduced = true;
                (Length, IsIdentity) = (FpgaFrameSender.IdentityBytes, true);
                break;
            case FpgaCommand.Status:
                TellStatus((byte)frame.Argument0);
                break;
            case FpgaCommand.Abort:
                _waiting = false;
                runner.Stop(clock);
                break;
            case FpgaCommand.InterruptEnable:
                _enabled = (byte)(frame.Argument0 & Causes);
                break;
            case FpgaCommand.InterruptAcknowledge:
                _causes &= (byte)~frame.Argument0;
                break;
            case FpgaCommand.InterceptRegion:
                interceptor.Set((int)(frame.Argument0 % FpgaLimits.Regions), frame.Argument0, frame.Argument1, frame.Argument2 / FpgaLimits.Page,
                    (int)(frame.Argument2 % FpgaLimits.Page));
                break;
            default:
                Queue(frame, clock);
                break;
        }
    }

    /// <summary>Jobs end in order, so those between the last that ended and the next to be given are under way.</summary>
    private void TellStatus(byte number)
    {
        if ((byte)(number - _lastFinished - 1) < runner.Count)
        {
            _status = FpgaStatus.Queued;
        }
        else if (runner.ResultOf(number) is { } outcome)
        {
            (_status, Value) = (outcome.Status, outcome.Value);
        }
        else
        {
            _status = FpgaStatus.UnknownJob;
        }
    }

    private void Queue(FpgaFrameReceiver frame, long clock)
    {
        FpgaJob job = FpgaJob.Of(frame.Command, _nextNumber, frame.Argument0, frame.Argument1, frame.Argument2, frame.Length);
        Value = _nextNumber++;
        IsBufferBusy |= job.UsesPayload;
        if (FpgaArguments.WaitsForJob(frame.Command))
        {
            _waiting = true;
            _waitingNumber = job.Number;
            Length = (int)frame.Argument2;
        }

        runner.Put(job, frame.Payload, clock);
    }
}
