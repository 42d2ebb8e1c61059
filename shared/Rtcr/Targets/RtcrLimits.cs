// The sizes of RTCR's tables (rule "limits are declared and checked").
namespace Tern.Rtcr;

/// <summary>How much one RTCR can watch.</summary>
public sealed class RtcrLimits
{
    /// <summary>Most targets at a time.</summary>
    public int Targets = 4;

    /// <summary>Most objects that one target can name.</summary>
    public int Objects = 96;

    /// <summary>Most calls of one target that are to be issued again.</summary>
    public int Calls = 24;

    /// <summary>Most calls of all targets that wait for somebody else's answer.</summary>
    public int PendingCalls = 16;
}
