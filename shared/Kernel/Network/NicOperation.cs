// The Nic and Uplink sessions (Genode's nic_session.h and uplink_session.h, on flows instead of frames). A session is a
// dataspace that both sides share (FlowTable) and a signal context each way; messages only set it up.
namespace Tern.Kernel;

/// <summary>Operations of a Nic or Uplink session.</summary>
public static class NicOperation
{
    /// <summary>
    /// Sets the session up. Words: 0 address, 1 netmask, 2 gateway (all 0: what the server assigns), 3 most flows at once,
    /// 4 bytes of each flow's rings (0: the server's choice); capability 0: the client's signal context. Answer: words
    /// 0 flows, 1 bytes a ring; capabilities 0 the dataspace, 1 the server's signal context.
    /// </summary>
    /// <remarks>
    /// Exists: somebody has the address, or the session is set up already. BadArgument: the address is none for this
    /// client, or the sizes are out of their ranges.
    /// </remarks>
    public const int Setup = 1;
}
