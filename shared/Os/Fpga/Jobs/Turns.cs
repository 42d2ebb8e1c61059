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
    // A handler ends in a time that others can wait for: a step with data takes a millisecond and more.
    private const int MostSteps = 8;

    private int _turn;

    /// <summary>Gives what there is room for.</summary>
    /// <returns>Whether there is more to give at once, and the handler has done enough.</returns>
    internal bool Run()
    {
        for (int count = 0; count < MostSteps; count++)
        {
            flight.Land();
            int at = Next();
            if (at == 0 || steps.Give(new EngineSession(env.Memory, at).NextJob) != Error.None)
            {
                return false;
            }

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
