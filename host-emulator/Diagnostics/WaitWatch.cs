// Who waits for an answer for a long time, in the boards' own time: a component whose server never answers stands still, and
// nothing else would tell of it. What is paused waits because somebody wants it to, and is left out.
// Invariant: looking changes nothing; in virtual time the same run says the same.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class WaitWatch(World world, IReadOnlyList<VirtualBoard> boards, Complaints complaints, long limitNanoseconds)
{
    private const int LooksPerLimit = 10;

    /// <summary>Looks from now on; a limit of 0 is never reached.</summary>
    internal void Begin()
    {
        if (limitNanoseconds > 0)
        {
            world.Every(limitNanoseconds / LooksPerLimit, Look);
        }
    }

    /// <summary>What has waited for long, a line each, when the run has ended.</summary>
    internal IEnumerable<string> Still() =>
        from found in Long()
        select $"{found.Board.Name}: {found.Wait.Client} {Describe(found.Wait)} since {Quantity.Time(AgeOf(found))}";

    private void Look()
    {
        foreach ((VirtualBoard Board, Wait Wait) found in Long())
        {
            complaints.Say(
                found.Board.Name, found.Wait.Client, LogLevel.Warning, counts: false,
                string.Create(CultureInfo.InvariantCulture, $"waits {found.Wait.Server} {found.Wait.Opcode} {found.Wait.Service} {found.Wait.ReplyLabel}"),
                () => $"{Describe(found.Wait)} since {Quantity.Time(AgeOf(found))}; {Why(found.Wait)}");
        }
    }

    private IEnumerable<(VirtualBoard Board, Wait Wait)> Long() =>
        from board in boards
        where limitNanoseconds > 0 && board.Machine is KernelMachine && !board.IsAsleep
        from wait in ((KernelMachine)board.Machine!).Waits()
        where !wait.ClientIsPinned && !wait.IsHeld && AgeOf((board, wait)) >= limitNanoseconds
        select (board, wait);

    private static string Describe(in Wait wait)
    {
        string what = wait.Service.Length > 0
            ? $"waits for its session of \"{wait.Service}\""
            : string.Create(CultureInfo.InvariantCulture, $"waits for an answer to opcode {wait.Opcode} (reply label {wait.ReplyLabel})");
        return wait.Server.Length > 0 ? $"{what} from {wait.Server}" : what;
    }

    private static string Why(in Wait wait) => wait switch
    {
        { Service.Length: > 0 } => "its server has not announced the service, does not answer, or is not on this board",
        { IsBegun: true } => "the request is there and no answer comes: who should give it may not be on this board",
        _ => "nobody there has taken the request yet",
    };

    private long AgeOf((VirtualBoard Board, Wait Wait) found) => world.Now - found.Board.Clock.ToWorld(found.Wait.SinceNanoseconds);
}
