// The sweep: one scenario, checkpointed after each of its dispatches in turn, and restored from each of these checkpoints on
// another board. Every such run must end as the undisturbed one does: the same output, and the same state to the byte.
// Invariant: the run that is checkpointed at every dispatch is one and the same run, so it also shows that a checkpoint
// leaves no trace in the target.
using System.Collections;
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Sweeps a scenario.</summary>
public sealed class Sweep
{
    private readonly Scenario _scenario;
    private readonly ArrayList _points = new ArrayList();
    private string _console = "";
    private string _reports = "";
    private string _end = "";

    private Sweep(Scenario scenario)
    {
        _scenario = scenario;
    }

    /// <summary>How many checkpoints the scenario had.</summary>
    public int Points => _points.Count;

    /// <summary>Runs the scenario undisturbed, and once more with a checkpoint after every dispatch.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="problem">What is wrong with the run that was checkpointed; empty when it is as the undisturbed one.</param>
    public static Sweep Of(Scenario scenario, out string problem)
    {
        var sweep = new Sweep(scenario);
        sweep.RunUndisturbed();
        problem = sweep.RunCheckpointed();
        return sweep;
    }

    /// <summary>Restores the target from one of the checkpoints and lets it run to the end.</summary>
    /// <param name="index">The checkpoint's number.</param>
    /// <returns>What differs from the undisturbed run; empty for nothing.</returns>
    public string Restore(int index)
    {
        var point = (Point)_points[index]!;
        RtcrBench bench = _scenario.Boot();
        var said = new Transcript(bench);
        byte[] again = point.Image;
        Error error = bench.RestoreNext(
            point.Image,
            env => again = bench.Rtcr.IsFree(bench.Place) ? again : bench.CheckpointHere(env));
        if (error != Error.None)
        {
            return At(index) + "restore: " + Errors.Name(error);
        }

        string problem = Difference("image of the restored target", new ImageView(point.Image).Text, new ImageView(again).Text);
        long end = bench.Board.Nanoseconds + point.Remaining;
        while (Scenario.Step(bench, end))
        {
        }

        problem += Difference("console", _console, point.Console + said.Console);
        problem += Difference("reports", _reports, point.Reports + said.Reports);
        problem += Difference("state at the end", _end, EndState(bench));
        return problem.Length == 0 ? "" : At(index) + problem;
    }

    private void RunUndisturbed()
    {
        RtcrBench bench = _scenario.Boot();
        var said = new Transcript(bench);
        _scenario.Start(bench);
        long end = _scenario.EndOf(bench);
        while (Scenario.Step(bench, end))
        {
        }

        _console = said.Console;
        _reports = said.Reports;
        _end = EndState(bench);
    }

    private string RunCheckpointed()
    {
        RtcrBench bench = _scenario.Boot();
        var said = new Transcript(bench);
        _scenario.Start(bench);
        long end = _scenario.EndOf(bench);
        bool lives = true;
        do
        {
            lives = lives && Take(bench, end, said);
        }
        while (Scenario.Step(bench, end));

        return Difference("console of the checkpointed run", _console, said.Console)
            + Difference("reports of the checkpointed run", _reports, said.Reports)
            + Difference("state at the end of the checkpointed run", _end, EndState(bench));
    }

    /// <summary>Takes a checkpoint. A target that has ended, or was stopped, has none any more.</summary>
    private bool Take(RtcrBench bench, long end, Transcript said)
    {
        byte[]? image = null;
        bench.DoNext(env => bench.TryCheckpointHere(env, CommandedRtcr.Capacity, out image));
        if (image != null)
        {
            _points.Add(new Point(image, end - bench.Board.Nanoseconds, said.Console, said.Reports));
        }

        return image != null;
    }

    private static string EndState(RtcrBench bench)
    {
        byte[]? image = null;
        Error error = Error.None;
        bench.DoNext(env => error = bench.TryCheckpointHere(env, CommandedRtcr.Capacity, out image));
        return image == null ? Errors.Name(error) : new ImageView(image).Text;
    }

    private string At(int index) => _scenario.Name + ", checkpoint " + index + " of " + Points + ": ";

    private static string Difference(string what, string expected, string actual)
    {
        int at = 0;
        while (at < expected.Length && at < actual.Length && expected[at] == actual[at])
        {
            at++;
        }

        return expected == actual ? "" : what + " differs:\n  expected ..." + Around(expected, at) + "...\n  found    ..." + Around(actual, at) + "...\n";
    }

    private static string Around(string text, int at)
    {
        int from = at > 160 ? at - 160 : 0;
        int end = at + 160 < text.Length ? at + 160 : text.Length;
        return text.Substring(from, end - from);
    }

    /// <summary>What a target says from now on.</summary>
    private sealed class Transcript
    {
        private readonly RtcrBench _bench;
        private readonly int _lines;
        private readonly int _submitted;

        internal Transcript(RtcrBench bench)
        {
            _bench = bench;
            _lines = bench.Board.Lines.Count;
            _submitted = bench.Board.Submitted.Count;
        }

        internal string Console => _bench.Console(Scenario.Target, _lines);

        internal string Reports => _bench.Reports(Scenario.Target, _submitted);
    }

    /// <summary>A checkpoint, how much of the scenario was left, and what the target had said.</summary>
    private sealed class Point
    {
        internal readonly byte[] Image;
        internal readonly long Remaining;
        internal readonly string Console;
        internal readonly string Reports;

        internal Point(byte[] image, long remaining, string console, string reports)
        {
            Image = image;
            Remaining = remaining;
            Console = console;
            Reports = reports;
        }
    }
}
