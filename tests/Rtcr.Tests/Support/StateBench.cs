// Short ways to a target in a state, for tests that are not about the table.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Benches with a target called <c>probe</c>.</summary>
public static class StateBench
{
    public const string Target = "probe";

    /// <summary>A board where time passes only between dispatches, and with no larger tables than it needs: the kernel audits them all
    /// after each dispatch.</summary>
    public static TestBoard Board()
    {
        var board = new TestBoard { DispatchNanoseconds = 0 };
        BoardProfile profile = board.Profile;
        profile.MaxTasks = 12;
        profile.MaxThreads = 12;
        profile.MaxObjects = 320;
        profile.MaxGates = 160;
        profile.MaxIrqs = 100;
        profile.MaxDataspaces = 64;
        profile.MaxRegionMaps = 24;
        profile.MaxRegions = 80;
        profile.MaxRequests = 64;
        profile.MaxSessions = 80;
        return board;
    }

    /// <summary>A booted board whose image has a program.</summary>
    public static RtcrBench Boot(Program program, bool underInit) => Boot(Board(), program, underInit);

    public static RtcrBench Boot(TestBoard board, Program program, bool underInit)
        => new RtcrBench(board.With(Target, program), underInit).Boot();

    /// <summary>A board on which the target has run for a while.</summary>
    public static RtcrBench Started(Program program, bool underInit, int milliseconds)
    {
        RtcrBench bench = Boot(program, underInit);
        bench.Start(Target, Target, 256 * 1024, ConfigReader.Text);
        bench.Run(milliseconds);
        return bench;
    }

    /// <summary>An image of a state of the table.</summary>
    public static byte[] ImageOf(string state)
    {
        State row = Find(state);
        RtcrBench bench = Boot(row.Program, row.NeedsServers);
        Expect.Ok(bench.TryStart(Target, Target, row.Ram, row.Caps, row.Config));
        bench.Run(row.At, row.Dispatches);
        return bench.Checkpoint();
    }

    public static State Find(string state)
    {
        State[] all = StateTable.All();
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Name == state)
            {
                return all[i];
            }
        }

        throw new System.ArgumentException("no state " + state);
    }
}
