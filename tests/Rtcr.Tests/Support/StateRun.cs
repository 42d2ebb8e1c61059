// One cell of the table: a state, checkpointed and restored in one manner, against an undisturbed run of the same length.
// Time passes only between dispatches here, so that the two can be compared to the nanosecond.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Runs a state in a flavour and says what differs.</summary>
public sealed class StateRun
{
    private const string Target = "probe";
    private const int UntilLater = 330;
    private const int Rest = 670;
    private const int ColdTime = 5000;

    private readonly State _state;
    private readonly int _flavour;
    private string _problem = "";
    private string _capabilities = "";
    private int _console;
    private int _reports;

    private StateRun(State state, int flavour)
    {
        _state = state;
        _flavour = flavour;
    }

    /// <summary>Runs one cell.</summary>
    /// <returns>What is wrong; empty when all is well.</returns>
    public static string Run(State state, int flavour) => new StateRun(state, flavour).Run();

    private string Run()
    {
        RtcrBench undisturbed = Bench(_state.NeedsServers, 4096);
        BringToPoint(undisturbed, false);
        int consoleFrom = _console;
        int reportsFrom = _reports;
        Finish(undisturbed, _state.Held > 0);
        string end = _state.Faults || _state.Exits ? "" : new ImageView(undisturbed.Checkpoint()).Text;
        Judge(undisturbed.Console(Target, 0));

        RtcrBench last = Bench(_state.NeedsServers, 4096, _flavour >= Flavour.Beside);
        byte[] image = BringToPoint(last, true)!;
        if (_flavour != Flavour.GoesOn)
        {
            last = Restore(last, image);
        }

        Finish(last, _state.Held > 0 && _flavour == Flavour.GoesOn);
        Same("console", undisturbed.Console(Target, consoleFrom), last.Console(Target, _console));
        Same("reports", undisturbed.Reports(Target, reportsFrom), last.Reports(Target, _reports));
        if (!_state.Faults && !_state.Exits && _problem.Length == 0)
        {
            Same("state at the end", end, new ImageView(last.Checkpoint()).Text);
        }

        return _problem;
    }

    private RtcrBench Bench(bool underInit, int pageSize) => Bench(underInit, pageSize, false);

    private RtcrBench Bench(bool underInit, int pageSize, bool usesBank)
    {
        TestBoard board = StateBench.Board();
        board.Profile.PageSize = pageSize;
        board.With(Target, _state.Program);
        return new RtcrBench(board, underInit) { UsesBank = usesBank }.Boot();
    }

    /// <summary>Runs a fresh target to the point of its checkpoint.</summary>
    /// <returns>The checkpoint, if one is to be taken.</returns>
    private byte[]? BringToPoint(RtcrBench bench, bool checkpoint)
    {
        byte[]? image = null;
        if (_state.Unborn)
        {
            bench.Do(env =>
            {
                Start(bench);
                image = Point(bench, env, checkpoint);
            });
            return image;
        }

        bench.Do(env => Start(bench), _state.At > 0 ? -1 : _state.Dispatches);
        if (_state.At > 0)
        {
            bench.Run(_state.At, _state.Dispatches);
        }

        if (_state.Held > 0)
        {
            bench.Hold();
        }

        _state.Before?.Invoke(bench);
        if (_state.Held > 0)
        {
            bench.Run(_state.Held);
        }

        bench.Do(env => image = Point(bench, env, checkpoint));
        return image;
    }

    private void Start(RtcrBench bench) => Expect.Ok(bench.StartHere(Target, Target, _state.Ram, _state.Caps, _state.Config));

    private byte[]? Point(RtcrBench bench, Env env, bool checkpoint)
    {
        bench.Board.Nanoseconds += _state.Late * 1_000_000L;
        _console = bench.Board.Lines.Count;
        _reports = bench.Board.Submitted.Count;
        _capabilities = bench.Capabilities(Target);
        return checkpoint ? bench.CheckpointHere(env) : null;
    }

    private void Finish(RtcrBench bench, bool held)
    {
        if (held)
        {
            bench.Release();
        }

        bench.Run(UntilLater);
        _state.Later?.Invoke(bench);
        bench.Run(Rest);
    }

    /// <summary>Restores in the flavour.</summary>
    /// <returns>The bench where the target is now.</returns>
    private RtcrBench Restore(RtcrBench origin, byte[] image)
    {
        RtcrBench bench = origin;
        switch (_flavour)
        {
            case Flavour.SameBoard:
                bench.Stop();
                bench.Run(ColdTime);
                break;
            case Flavour.OfRestored:
                image = RestoreAndCompare(Bench(_state.NeedsServers, 4096), image);
                bench = Bench(_state.NeedsServers, 4096);
                break;
            case Flavour.Twice:
                bench = Bench(_state.NeedsServers, 4096);
                RestoreAndCompare(bench, image);
                bench.Run(130);
                bench.Stop();
                break;
            case Flavour.Beside:
                bench = Bench(_state.NeedsServers, 4096, true);
                break;
            case Flavour.UsedBoard:
                bench = Bench(_state.NeedsServers, 4096);
                Use(bench);
                break;
            default:
                bench = Bench(_state.NeedsServers || _flavour == Flavour.UnderInit, _flavour == Flavour.SmallPages ? 256 : 4096);
                break;
        }

        RestoreAndCompare(bench, image);
        return bench;
    }

    /// <summary>Restores, and compares what RTCR and the kernel see of the target before it runs.</summary>
    /// <returns>A checkpoint taken in the handler in which the restore completed.</returns>
    private byte[] RestoreAndCompare(RtcrBench bench, byte[] image)
    {
        byte[] again = image;
        string capabilities = "";
        _console = bench.Board.Lines.Count;
        _reports = bench.Board.Submitted.Count;
        Error error = bench.Restore(image, env =>
        {
            if (!bench.Rtcr.IsFree(bench.Place))
            {
                capabilities = bench.Capabilities(Target);
                again = bench.CheckpointHere(env);
            }
        });
        if (error != Error.None)
        {
            Say("restore: " + Errors.Name(error));
            return again;
        }

        Same("capability space", _capabilities, capabilities);
        Same("image", new ImageView(image).Text, new ImageView(again).Text);
        return again;
    }

    /// <summary>Makes a board's badges, RTCR's selectors and the target's place others than those of a fresh board.</summary>
    private static void Use(RtcrBench bench)
    {
        bench.Start("first", "pattern_memory", 256 * 1024, "<config size=\"9000\"/>");
        bench.Run(250);
        bench.Stop();
        bench.Start("second", "sheep_counter");
        bench.Run(1200);
        bench.Place = 1;
        bench.Start("third", "sheep_counter");
        bench.Run(700);
        bench.Stop();
    }

    /// <summary>The undisturbed target must have found nothing wrong itself.</summary>
    private void Judge(string console)
    {
        bool broken = console.IndexOf("broken") >= 0 || console.IndexOf("Error") >= 0;
        bool faulted = console.IndexOf("fault:") >= 0;
        if (broken || faulted != (_state.Faults || _state.ChildFaults))
        {
            Say("undisturbed it says:\n" + console);
        }
    }

    private void Same(string what, string expected, string actual)
    {
        if (expected == actual)
        {
            return;
        }

        int at = 0;
        while (at < expected.Length && at < actual.Length && expected[at] == actual[at])
        {
            at++;
        }

        Say(what + " differs:\n  expected ..." + Around(expected, at) + "...\n  found    ..." + Around(actual, at) + "...");
    }

    private static string Around(string text, int at)
    {
        int from = at > 120 ? at - 120 : 0;
        int end = at + 160 < text.Length ? at + 160 : text.Length;
        return text.Substring(from, end - from);
    }

    private void Say(string problem) => _problem += (_problem.Length > 0 ? "\n" : "") + problem;
}
