// The drill: a target's whole life (start, run, checkpoint, end, restore, run, checkpoint, end) in which one allocation of the kernel
// fails, once. Whoever was refused says so by a named error and can be asked again; nothing else happens to anybody.
// Invariant: a drill is the same each time, so its allocations can be made to fail one after another.
using System.Text;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>One life of a target, with a failure at a place.</summary>
public sealed class Drill
{
    private const string Target = "probe";
    private const string Neighbour = "neighbour";

    private readonly string _config;
    private readonly RtcrBench _bench;
    private readonly StringBuilder _problems = new StringBuilder();
    private int _refusals;

    private Drill(Program program, string config)
    {
        _config = config;
        _bench = StateBench.Boot(program, false);
    }

    /// <summary>How many allocations a life without failures has.</summary>
    public static int Allocations(Program program, string config)
    {
        var drill = new Drill(program, config);
        int before = drill._bench.Kernel.Failpoint.Allocations;
        drill.Live(0);
        return drill._bench.Kernel.Failpoint.Allocations - before;
    }

    /// <summary>Lets one allocation fail.</summary>
    /// <param name="program">The target's program.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="number">Which one, from 1.</param>
    /// <returns>What is wrong; empty for nothing.</returns>
    public static string Run(Program program, string config, int number)
    {
        var drill = new Drill(program, config);
        drill.Live(number);
        return drill._problems.Length == 0 ? "" : "allocation " + number + ": " + drill._problems;
    }

    private void Live(int failing)
    {
        // A neighbour under the same RTCR, to whom nothing must happen; and RTCR's own memory grows the first time only.
        _bench.Place = 1;
        _bench.Start(Neighbour, "sheep_counter", 256 * 1024, "<config period_ms=\"100\"/>");
        _bench.Place = 0;
        Cycle(false);
        Quota before = _bench.Quota();

        _bench.Kernel.Failpoint.Arm(failing);
        Cycle(true);
        Check(failing == 0 || !_bench.Kernel.Failpoint.IsArmed, "the allocation was never tried");
        Check(_refusals <= 1, _refusals + " operations were refused for one failure");
        _bench.Kernel.Failpoint.Arm(0);
        Returned(before);

        // And afterwards all is as ever.
        Cycle(false);
        Returned(before);
        int sheep = (int)(_bench.Board.Nanoseconds / 100_000_000) - 1;
        Check(_bench.Board.Logged(Neighbour + "] " + sheep + " sheep"), "the neighbour has not " + sheep + " sheep");
    }

    private void Cycle(bool mayFail)
    {
        Attempt("start", mayFail, () => _bench.TryStart(Target, Target, 256 * 1024, 100, _config));
        _bench.Run(150);
        byte[]? image = null;
        Attempt("checkpoint", mayFail, () => Checkpoint(out image));
        _bench.Stop();
        if (image == null)
        {
            return;
        }

        Attempt("restore", mayFail, () => _bench.Restore(image));
        _bench.Run(150);
        Attempt("second checkpoint", mayFail, () => Checkpoint(out byte[]? _));
        _bench.Stop();
        Expect.Sound(_bench.Kernel);
    }

    private Error Checkpoint(out byte[]? image)
    {
        Error error = Error.None;
        byte[]? taken = null;
        _bench.Do(env => error = _bench.TryCheckpointHere(env, CommandedRtcr.Capacity, out taken));
        image = taken;

        // A target to which the failure happened may have stopped, or ended itself; then there is nothing to capture.
        return error == Error.Faulted || error == Error.Gone ? Error.None : error;
    }

    /// <summary>Tries an operation, and once more if it was refused.</summary>
    private void Attempt(string what, bool mayFail, Operation operation)
    {
        Error error = operation();
        if (error == Error.None)
        {
            return;
        }

        _refusals++;
        bool isNamed = error == Error.OutOfRam || error == Error.OutOfCaps || error == Error.TableFull;
        Check(mayFail && isNamed, what + " was refused: " + Errors.Name(error));
        error = operation();
        Check(error == Error.None, what + " was refused again: " + Errors.Name(error));
    }

    private void Returned(Quota before)
    {
        Quota now = _bench.Quota();
        Check(now.RamQuota == before.RamQuota, "RAM quota was " + before.RamQuota + ", is " + now.RamQuota);
        Check(now.RamUsed == before.RamUsed, "RAM used was " + before.RamUsed + ", is " + now.RamUsed);
        Check(now.CapQuota == before.CapQuota, "capability quota was " + before.CapQuota + ", is " + now.CapQuota);
        Check(now.CapUsed == before.CapUsed, "capabilities used were " + before.CapUsed + ", are " + now.CapUsed);
    }

    private void Check(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Append(problem);
            _problems.Append("; ");
        }
    }

    private delegate Error Operation();
}
