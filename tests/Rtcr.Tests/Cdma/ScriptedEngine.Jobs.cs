// The jobs of a scripted co-processor: a copy is made at the moment at which it is answered, a read when the job ends.
// Invariant: jobs end in the order in which they were submitted, and are told in that order.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Tests;

public sealed partial class ScriptedEngine
{
    private const int MostJobs = 64;

    // By the job's number, modulo their length.
    private readonly int[] _opcode = new int[MostJobs];
    private readonly int[] _from = new int[MostJobs];
    private readonly int[] _to = new int[MostJobs];
    private readonly int[] _length = new int[MostJobs];
    private readonly int[] _outcome = new int[MostJobs];
    private int _submitted;
    private int _ended;
    private int _collected;
    private int _buffer;
    private int _memory;

    /// <summary>Whether jobs end as soon as they are submitted; otherwise with <see cref="Complete"/>.</summary>
    public bool Completes { get; set; } = true;

    /// <summary>How many jobs may be outstanding.</summary>
    public int MostOutstanding { get; set; } = 8;

    /// <summary>How the next job that ends does so.</summary>
    public Error JobError { get; set; } = Error.None;

    /// <summary>How many jobs are outstanding.</summary>
    public int Outstanding => _submitted - _ended;

    /// <summary>Ends so many jobs, and tells the client.</summary>
    public void Complete(int count)
    {
        while (count-- > 0 && Outstanding > 0)
        {
            _ended++;
            int row = _ended % MostJobs;
            Error error = JobError;
            JobError = Error.None;
            if (error == Error.None && _opcode[row] == CopyEngineOperation.Read)
            {
                error = _env.CopyDataspace(_memory, _from[row], _buffer, _to[row], _length[row]);
            }

            _outcome[row] = (int)error;
        }

        Signal();
    }

    private Error Submit(int opcode, int from, int to, int length)
    {
        if (length <= 0 || _buffer == Selectors.Invalid)
        {
            return Error.BadArgument;
        }

        if (!IsPresent || Outstanding >= MostOutstanding)
        {
            return IsPresent ? Error.Busy : Error.Unreachable;
        }

        if (opcode == CopyEngineOperation.Copy)
        {
            Expect.Ok(_env.CopyDataspace(_memory, from, _memory, to, length));
        }
        else if (opcode != CopyEngineOperation.Read)
        {
            return Error.UnknownOpcode;
        }

        _submitted++;
        int row = _submitted % MostJobs;
        _opcode[row] = opcode;
        _from[row] = from;
        _to[row] = to;
        _length[row] = length;
        Put(_submitted, 0, 0);
        if (Completes)
        {
            Complete(1);
        }

        return Error.None;
    }

    private void Collect()
    {
        if (_collected < _ended)
        {
            _collected++;
            Put(_collected, _outcome[_collected % MostJobs], 0);
        }
        else
        {
            Put(0, 0, 0);
        }
    }

    private void LoseJobs()
    {
        while (Outstanding > 0)
        {
            _ended++;
            _outcome[_ended % MostJobs] = (int)Error.Gone;
        }
    }
}
