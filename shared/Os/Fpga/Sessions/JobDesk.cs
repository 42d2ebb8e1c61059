// Where jobs are submitted and collected: every word is checked against the session, and addresses become the co-processor's own.
// Invariants: no job in the table reaches beyond its session's part of the memory (lists are checked again when they are given); a job that
// uses the buffer stays within it.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Checks and translates.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="engine">The co-processor.</param>
internal sealed class JobDesk(Env env, JobTable jobs, CopyEngine engine)
{
    /// <summary>Most jobs of a session that were not collected.</summary>
    internal const int MostJobs = 16;

    private const int MostDirtyBytes = 4096;

    // What a request asks for, when it was checked; one request is looked at at a time.
    private int _first;
    private int _second;
    private int _offset;
    private int _length;
    private int _region;

    /// <summary>Submits a job.</summary>
    /// <returns>None: the number was added to the request; else see <see cref="CopyEngineOperation"/>.</returns>
    internal Error Submit(int at, Message request)
    {
        var session = new EngineSession(env.Memory, at);
        Error error = Check(at, session, request);
        if (error != Error.None)
        {
            return error;
        }

        if (session.State != CopyEngineState.Ready)
        {
            return Error.Unreachable;
        }

        if (session.Jobs >= MostJobs)
        {
            return Error.Busy;
        }

        error = Prepare(at, request.Opcode);
        if (error != Error.None)
        {
            return error;
        }

        int row = jobs.Add(env.Memory, at);
        if (row == 0)
        {
            return Error.Busy;
        }

        session.Number = session.Number == int.MaxValue ? 1 : session.Number + 1;
        jobs.Number[row] = session.Number;
        jobs.Operation[row] = request.Opcode;
        jobs.First[row] = _first;
        jobs.Second[row] = _second;
        jobs.Offset[row] = _offset;
        jobs.Length[row] = _length;
        request.Add(session.Number);
        return Error.None;
    }

    /// <summary>Answers with the oldest job, if it has ended, and forgets it.</summary>
    internal void Collect(int at, Message request)
    {
        var session = new EngineSession(env.Memory, at);
        int row = session.FirstJob;
        if (row == 0 || !jobs.HasEnded[row])
        {
            request.Add(0).Add(0).Add(0);
            return;
        }

        int value = jobs.Outcome[row] == Error.None ? jobs.Value[row] : 0;
        if (jobs.Operation[row] == CopyEngineOperation.Compare && jobs.Outcome[row] == Error.None && value != -1)
        {
            value -= session.Base;
        }

        request.Add(jobs.Number[row]).Add((int)jobs.Outcome[row]).Add(value);
        jobs.Remove(env.Memory, at, row);
    }

    /// <summary>Whether a job of a session that has not ended uses its buffer.</summary>
    internal bool UsesBuffer(int at)
    {
        bool uses = false;
        for (int row = new EngineSession(env.Memory, at).FirstJob; row != 0; row = jobs.Next(row))
        {
            uses |= !jobs.HasEnded[row] && jobs.Operation[row] is CopyEngineOperation.Write or CopyEngineOperation.Read
                or CopyEngineOperation.CopyList or CopyEngineOperation.DirtyRead;
        }

        return uses;
    }

    private Error Check(int at, EngineSession session, Message request)
    {
        int offset = session.Base;
        bool good;
        switch (request.Opcode)
        {
            case CopyEngineOperation.Write:
            case CopyEngineOperation.Read:
                good = session.Has(request.Word(0), request.Word(2)) && IsInBuffer(session, request.Word(1), request.Word(2));
                Set(request.Word(0) + offset, 0, request.Word(1), request.Word(2));
                break;
            case CopyEngineOperation.Fill:
                good = session.Has(request.Word(1), request.Word(2));
                Set(request.Word(0), request.Word(1) + offset, 0, request.Word(2));
                break;
            case CopyEngineOperation.Copy:
                good = CopyLists.IsCopy(session, request.Word(0), request.Word(1), request.Word(2));
                Set(request.Word(0) + offset, request.Word(1) + offset, 0, request.Word(2));
                break;
            case CopyEngineOperation.Compare:
                good = session.Has(request.Word(0), request.Word(2)) && session.Has(request.Word(1), request.Word(2));
                Set(request.Word(0) + offset, request.Word(1) + offset, 0, request.Word(2));
                break;
            case CopyEngineOperation.Crc:
                good = session.Has(request.Word(0), request.Word(1));
                Set(request.Word(0) + offset, 0, 0, request.Word(1));
                break;
            case CopyEngineOperation.CopyList:
                good = CheckList(session, request.Word(0), request.Word(1));
                break;
            case CopyEngineOperation.DirtyRead:
                good = CheckDirty(at, request.Word(0), request.Word(1), request.Word(3))
                    && request.Word(2) is 0 or 1 && IsInBuffer(session, request.Word(4), request.Word(3));
                _second = request.Word(2);
                _offset = request.Word(4);
                _region = request.Word(0);
                break;
            case CopyEngineOperation.DirtyClear:
                good = CheckDirty(at, request.Word(0), request.Word(1), request.Word(2));
                _region = request.Word(0);
                break;
            default:
                return Error.UnknownOpcode;
        }

        return good ? Error.None : Error.BadArgument;
    }

    /// <summary>Has what is shown of the memory agree with what the job that was checked will do.</summary>
    private Error Prepare(int at, int operation)
    {
        switch (operation)
        {
            case CopyEngineOperation.Write:
                return engine.Banks.BeforeWriting(at, _first, _length);
            case CopyEngineOperation.Read:
            case CopyEngineOperation.Crc:
                return engine.Banks.BeforeReading(at, _first, _length);
            case CopyEngineOperation.Fill:
                return engine.Banks.BeforeWriting(at, _second, _length);
            case CopyEngineOperation.Copy:
                return engine.Banks.BeforeCopying(at, _first, _second, _length);
            case CopyEngineOperation.Compare:
                Error error = engine.Banks.BeforeReading(at, _first, _length);
                return error == Error.None ? engine.Banks.BeforeReading(at, _second, _length) : error;
            case CopyEngineOperation.CopyList:
                return engine.BeforeList(at, _length / CopyEngineList.EntrySize);
            case CopyEngineOperation.DirtyRead:
            case CopyEngineOperation.DirtyClear:
                return engine.Interception.BeforeLooking(at, _region);
            default:
                return Error.None;
        }
    }

    private void Set(int first, int second, int offset, int length)
    {
        _first = first;
        _second = second;
        _offset = offset;
        _length = length;
    }

    private bool CheckList(EngineSession session, int offset, int entries)
    {
        if (entries <= 0 || entries > CopyEngineList.MostEntries)
        {
            return false;
        }

        int length = entries * CopyEngineList.EntrySize;
        Set(0, 0, offset, length);
        return IsInBuffer(session, offset, length) && engine.TakeList(session, offset, entries) == Error.None;
    }

    private bool CheckDirty(int at, int region, int first, int bytes)
    {
        int bits = engine.Identity.DirtyBits;
        int start = engine.Interception.FirstBit(at, region);
        Set(start + first, 0, 0, bytes);
        return start >= 0 && first >= 0 && (first & 63) == 0 && bytes > 0 && bytes <= MostDirtyBytes && (bytes & 7) == 0
            && first <= bits && 8 * bytes <= bits - first;
    }

    private bool IsInBuffer(EngineSession session, int offset, int length)
    {
        int size = session.Buffer == Selectors.Invalid ? 0 : env.SizeOf(session.Buffer);
        return offset >= 0 && length > 0 && length <= size && offset <= size - length;
    }
}
