// Whose job is next. The sessions that have something to give take turns, a step each, so that one that always has more keeps nobody waiting
// longer than for a step of every other.
// Invariant: nobody is overtaken: if the step whose turn it is has to wait for room, so does everything behind it. What it waits for is
// under way at the co-processor and ends.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The turns of the sessions.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="flight">What is under way.</param>
/// <param name="steps">Who gives a step.</param>
internal sealed class Turns(Env env, Flight flight, StepMaker steps)
{
    private int _turn;

    /// <summary>Gives what there is room for.</summary>
    /// <param name="most">Most steps: who waits for the handler's end does not wait for all that there is to do.</param>
    /// <returns>Whether there may be more to give at once.</returns>
    internal bool Run(int most)
    {
        for (int count = 0; count < most; count++)
        {
            int at = Next();
            if (at == 0 || steps.Give(new EngineSession(env.Memory, at).NextJob) != Error.None)
            {
                return false;
            }

            // A short step has often ended by the time that its reply is there.
            flight.Land();
            _turn = env.NextSession(at);
        }

        return Next() != 0;
    }

    /// <summary>Gives all that a session has to give, whoever's turn it is.</summary>
    /// <returns>None or Unreachable.</returns>
    internal Error Flush(int at)
    {
        Error error = Error.None;
        int row = new EngineSession(env.Memory, at).NextJob;
        while (row != 0 && error == Error.None)
        {
            error = steps.Give(row);
            error = error == Error.Busy ? flight.AwaitOne() : error;
            row = new EngineSession(env.Memory, at).NextJob;
        }

        return error;
    }

    /// <summary>A session ends.</summary>
    internal void End(int at) => _turn = _turn == at ? env.NextSession(at) : _turn;

    /// <summary>The session whose turn it is; 0 when none has anything to give.</summary>
    private int Next()
    {
        for (int at = _turn; at != 0; at = env.NextSession(at))
        {
            if (new EngineSession(env.Memory, at).NextJob != 0)
            {
                return at;
            }
        }

        int first = env.NextSession(0);
        while (first != 0 && new EngineSession(env.Memory, first).NextJob == 0)
        {
            first = env.NextSession(first);
        }

        return first;
    }
}
