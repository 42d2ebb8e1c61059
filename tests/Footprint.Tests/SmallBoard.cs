// The board that the budget is about: 8 components, pages of 256 bytes, one bank of 16 KB.
using Tern.Components;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>A small board with a kernel, RTCR and its targets, all running.</summary>
internal sealed class SmallBoard
{
    /// <summary>RTCR, its targets and others.</summary>
    public const int Components = 8;

    private const int BankSize = 16 * 1024;
    private const int Targets = 2;

    public SmallBoard()
    {
        var board = new TestBoard();
        BoardProfile profile = board.Profile;
        profile.Kind = "small";
        profile.PageSize = 256;
        profile.BankSizes = [BankSize];
        profile.AddressSpaceSize = 128 * 1024;
        profile.MaxTasks = Components + 1;
        profile.MaxThreads = Components + 1;
        profile.MaxThreadsPerTask = 2;
        profile.MaxObjects = 100;
        profile.MaxGates = 64;
        profile.MaxIrqs = 12;
        profile.MaxDataspaces = 18;
        profile.MaxRegionMaps = Components + 2;
        profile.MaxRegions = 24;
        profile.MaxRequests = 4;
        profile.MaxRequestsPerTask = 3;
        profile.MaxSessions = 38;
        profile.MaxCallDepth = 3;
        profile.Capabilities = 400;
        Watcher = new Watcher(new RtcrLimits { Targets = Targets, Objects = 13, Calls = 2, Domains = 1, Threads = 4, PendingCalls = 2, Exports = 2, Foreign = 1, Inbound = 1, Late = 1 }, Components - 1 - Targets);
        board.With("init", Watcher).With("sheep_counter", new SheepCounter()).With("idle", new Idle());
        Kernel = new Microkernel(board);
        Expect.Ok(Kernel.Boot());
        Run(board, 2_500_000_000);
        Expect.Ok(Watcher.Failure);
        Expect.Sound(Kernel);
        for (int slot = 0; slot < Targets; slot++)
        {
            Assert.IsTrue(board.Logged("target " + slot + "] 2 sheep"), "target " + slot + " does not count sheep");
        }
    }

    /// <summary>The board's loop, without the audit that tests have after each dispatch: a board audits itself before it commits a checkpoint.</summary>
    private void Run(TestBoard board, long until)
    {
        do
        {
            Kernel.Poll();
            while (Kernel.Dispatch())
            {
                Kernel.Poll();
            }

            board.Nanoseconds = Kernel.NextDeadlineNanoseconds;
        }
        while (board.Nanoseconds <= until);
    }

    /// <summary>The kernel with all its tables.</summary>
    public Microkernel Kernel { get; }

    /// <summary>RTCR's program.</summary>
    public Watcher Watcher { get; }
}
