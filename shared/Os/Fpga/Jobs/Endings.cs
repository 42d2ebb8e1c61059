// How jobs end: with their last step, with a failure, by the client's wish, or because the co-processor was lost.
// Invariants: a session's jobs end in the order in which they were submitted, each once; a job that fails in the middle gives nothing
// more; a session is ready once its memory was emptied, and not before.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Ends jobs.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="jobs">The jobs.</param>
internal sealed class Endings(Env env, JobTable jobs)
{
    /// <summary>How the driver's last own step ended.</summary>
    internal Error OwnOutcome { get; set; }

    /// <summary>A step has ended.</summary>
    /// <param name="row">Its job; 0 for one of the driver's own.</param>
    /// <param name="outcome">How.</param>
    /// <param name="value">Its value.</param>
    internal void StepEnded(int row, Error outcome, int value)
    {
        if (row == 0)
        {
            OwnOutcome = outcome;
            return;
        }

        jobs.Steps[row]--;
        int at = jobs.Session[row];
        if (at == 0)
        {
            if (jobs.Steps[row] == 0)
            {
                jobs.Free(row);
            }

            return;
        }

        jobs.Value[row] = value;
        if (outcome != Error.None)
        {
            Fail(row, outcome);
        }
        else
        {
            EndFirst(at);
        }
    }

    /// <summary>A job ends with an error once its steps under way have ended, and gives nothing more.</summary>
    internal void Fail(int row, Error outcome)
    {
        jobs.Outcome[row] = jobs.Outcome[row] == Error.None ? outcome : jobs.Outcome[row];
        jobs.Done[row] = jobs.Length[row];
        EndFirst(jobs.Session[row]);
    }

    /// <summary>All that a client has submitted and that was not given to the co-processor ends as gone.</summary>
    internal void Cancel(int at)
    {
        var session = new EngineSession(env.Memory, at);
        for (int row = session.NextJob; row != 0; row = jobs.Next(row))
        {
            // What empties the session's memory is not the client's.
            if (jobs.Number[row] != 0)
            {
                jobs.Outcome[row] = Error.Gone;
                jobs.Done[row] = jobs.Length[row];
            }
        }

        EndFirst(at);
    }

    /// <summary>The co-processor was lost with all its steps: all jobs of a session end as gone.</summary>
    internal void LoseAll(int at)
    {
        var session = new EngineSession(env.Memory, at);
        for (int row = session.FirstJob; row != 0; row = jobs.Next(row))
        {
            if (!jobs.HasEnded[row])
            {
                jobs.Outcome[row] = Error.Gone;
                jobs.Steps[row] = 0;
                jobs.Done[row] = jobs.Length[row];
            }
        }

        EndFirst(at);
    }

    /// <summary>Ends the oldest jobs of a session that have nothing left to give and no step under way.</summary>
    internal void EndFirst(int at)
    {
        var session = new EngineSession(env.Memory, at);
        while (session.NextJob != 0 && jobs.IsGiven(session.NextJob))
        {
            session.NextJob = jobs.Next(session.NextJob);
        }

        int row = session.FirstJob;
        while (row != 0 && (jobs.HasEnded[row] || (jobs.IsGiven(row) && jobs.Steps[row] == 0)))
        {
            int next = jobs.Next(row);
            session.HasNews |= !jobs.HasEnded[row];
            jobs.HasEnded[row] = true;
            if (jobs.Number[row] == 0)
            {
                Emptied(at, row);
            }

            row = next;
        }
    }

    /// <summary>The job that was to empty a session's memory has ended.</summary>
    private void Emptied(int at, int row)
    {
        Error outcome = jobs.Outcome[row];
        jobs.Remove(env.Memory, at, row);
        var session = new EngineSession(env.Memory, at);
        if (outcome == Error.None)
        {
            session.State = CopyEngineState.Ready;
            session.Generation++;
        }
        else if (outcome != Error.Gone)
        {
            env.Log("Error: memory from 0x" + Hex.Format(session.Base, 1) + " on cannot be emptied, " + session.Size.ToString() + " bytes: " + Errors.Name(outcome));
        }
    }
}
