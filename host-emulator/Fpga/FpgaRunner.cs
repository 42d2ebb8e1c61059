// The back end above the engine: jobs one after the other, each at its time, the results of the last ones, and the queue emptied by an abort.
// Invariants: every job that was put ends exactly once, in order. A job does its work when its time has come; one that is stopped or lost in
// the middle has done a share of it that fits the time it had.
using Tern.Fpga;

namespace Tern.HostEmulator;

internal sealed class FpgaRunner(FpgaEngine engine, FpgaTiming timing)
{
    private readonly Queue<FpgaJob> _jobs = new(FpgaLimits.Jobs);
    private readonly byte[] _payload = new byte[FpgaLimits.Payload];
    private readonly Result?[] _results = new Result?[FpgaLimits.Results];
    private long _begun;
    private long _ends = long.MaxValue;

    /// <summary>Jobs that wait or run.</summary>
    internal int Count => _jobs.Count;

    /// <summary>Jobs are being dropped, until the bus is quiet.</summary>
    internal bool Stopping { get; private set; }

    /// <summary>The clock of the next thing that happens by itself.</summary>
    internal long Next => _ends;

    /// <summary>Queues a job that stands in the queue from a clock on.</summary>
    internal void Put(in FpgaJob job, ReadOnlySpan<byte> payload, long clock)
    {
        if (job.UsesPayload)
        {
            payload.CopyTo(_payload);
        }

        _jobs.Enqueue(job);
        if (_jobs.Count == 1)
        {
            Begin(clock);
        }
    }

    /// <summary>Ends the running job and drops the others; what has come to the memory by now stays.</summary>
    internal void Stop(long clock)
    {
        if (Stopping)
        {
            return;
        }

        Stopping = true;
        if (_jobs.Count == 0)
        {
            _ends = clock + 1;
            return;
        }

        DoShare(clock);
        _ends = clock + timing.Stopping;
    }

    /// <summary>The job that ends at <see cref="Next"/>, or with an abort the next of them.</summary>
    /// <returns>Its ending, or null when an abort is done.</returns>
    internal FpgaEnding? End()
    {
        if (_jobs.Count == 0)
        {
            Stopping = false;
            _ends = long.MaxValue;
            return null;
        }

        FpgaJob job = _jobs.Dequeue();
        FpgaOutcome outcome = Stopping ? new FpgaOutcome(FpgaStatus.Aborted, 0) : Do(job);
        _results[job.Number % FpgaLimits.Results] = new Result(job.Number, outcome);
        if (Stopping)
        {
            _ends++;
        }
        else if (_jobs.Count > 0)
        {
            Begin(_ends);
        }
        else
        {
            _ends = long.MaxValue;
        }

        return new FpgaEnding(job.Number, outcome.Status, job.UsesPayload, _jobs.Count == 0);
    }

    /// <summary>How a job ended, or null if none of this number is known.</summary>
    internal FpgaOutcome? ResultOf(byte number) =>
        _results[number % FpgaLimits.Results] is { } result && result.Number == number ? result.Outcome : null;

    internal void Reset(long clock)
    {
        if (_jobs.Count > 0 && !Stopping)
        {
            DoShare(clock);
        }

        _jobs.Clear();
        Array.Clear(_results);
        Stopping = false;
        _ends = long.MaxValue;
    }

    private void Begin(long clock)
    {
        _begun = clock;
        _ends = clock + timing.Clocks(_jobs.Peek(), _payload, engine);
    }

    private FpgaOutcome Do(in FpgaJob job, long most = long.MaxValue)
    {
        var outcome = new FpgaOutcome(FpgaStatus.Ok, 0);
        for (int index = 0; index < job.Count && outcome.Status == FpgaStatus.Ok; index++)
        {
            FpgaTransfer transfer = job.Transfer(index, _payload);
            outcome = engine.Do(transfer, _payload, most);
            most -= transfer.Length;
        }

        return outcome;
    }

    /// <summary>As much of the running job as the time it had is of the time it takes.</summary>
    private void DoShare(long clock)
    {
        FpgaJob job = _jobs.Peek();
        long bytes = 0;
        for (int index = 0; index < job.Count; index++)
        {
            bytes += engine.Extent(job.Transfer(index, _payload));
        }

        double share = Math.Clamp((double)(clock - _begun) / (_ends - _begun), 0, 1);
        Do(job, (long)(share * bytes) / FpgaLimits.WriteBurst * FpgaLimits.WriteBurst);
    }

    private sealed record Result(byte Number, FpgaOutcome Outcome);
}

/// <summary>A job has ended.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Status">How.</param>
/// <param name="FreesBuffer">The payload's buffer was its own.</param>
/// <param name="IsLast">No other waits.</param>
internal readonly record struct FpgaEnding(byte Number, byte Status, bool FreesBuffer, bool IsLast);
