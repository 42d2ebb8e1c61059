// The sizes of RTCR's tables (rule "limits are declared and checked").
namespace Tern.Rtcr;

/// <summary>How much one RTCR can watch.</summary>
public sealed class RtcrLimits
{
    /// <summary>Most targets at a time.</summary>
    public int Targets = 4;

    /// <summary>Most objects that one target can name.</summary>
    public int Objects = 96;

    /// <summary>Most protection domains of one target, its own included; at most <see cref="ImageFormat.MaxDomains"/>.</summary>
    public int Domains = 8;

    /// <summary>Most threads of all domains of one target; at most <see cref="ImageFormat.MaxThreads"/>.</summary>
    public int Threads = 32;

    /// <summary>Most calls of one target that are to be issued again.</summary>
    public int Calls = 24;

    /// <summary>Most calls of all targets that wait for somebody else's answer.</summary>
    public int PendingCalls = 16;

    /// <summary>Most services, sessions and objects that all targets have given to the outside.</summary>
    public int Exports = 48;

    /// <summary>Most objects of the outside's that all targets have been given.</summary>
    public int Foreign = 24;

    /// <summary>Most requests of clients that wait at all targets.</summary>
    public int Inbound = 12;

    /// <summary>Most selectors and regions of targets that wait for other targets' objects.</summary>
    public int Late = 16;
}
