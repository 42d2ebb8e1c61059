// Where to restore: the thesis's product of free RAM and free capabilities, times the share of the processor that is idle.
// RAM weighs most, but a board without capabilities, or one that is full, is out of the question whatever else it has.
// A board that is never idle counts as idle for a thousandth: it comes last, but before none at all.
namespace Tern.Cms;

/// <summary>The metric by which boards are compared.</summary>
public static class TargetChoice
{
    private const long MaxKib = 0x7fff_ffff;
    private const int MaxCaps = 0xf_ffff;

    /// <summary>Whether a board has room for a component at all.</summary>
    public static bool Fits(in SystemInformation board, in Checkpoint checkpoint)
        => board.FreeRam >= checkpoint.NeedRam && board.FreeCaps >= checkpoint.NeedCaps && board.FreeRam > 0 && board.FreeCaps > 0;

    /// <summary>How suitable a board is: free KiB × free capabilities × idle thousandths; at least 1 where a component fits.</summary>
    public static long Metric(in SystemInformation board)
    {
        long kib = board.FreeRam >> 10;
        kib = kib > MaxKib ? MaxKib : kib < 1 ? 1 : kib;
        int caps = board.FreeCaps > MaxCaps ? MaxCaps : board.FreeCaps;
        int idle = 1000 - board.LoadPermille;
        return kib * caps * (idle < 1 ? 1 : idle);
    }

    /// <summary>Whether a board is better than another; of equals the one with the lower MAC address, so that two managers agree.</summary>
    public static bool IsBetter(long metric, long mac, long otherMetric, long otherMac)
        => metric > otherMetric || (metric == otherMetric && mac < otherMac);
}
