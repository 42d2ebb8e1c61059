// The root interface (Genode's root.h): what a parent asks of a service that its child announced.
namespace Tern.Kernel;

/// <summary>Operations of a service's root capability. They are sent, not called.</summary>
public static class RootOperation
{
    /// <summary>Makes a session. Words: 0 RAM and 1 capabilities donated, 2 to 4 the client's arguments; text: the
    /// client's label. Answer: the session's capability.</summary>
    public const int Create = 0x7101;

    /// <summary>Ends a session. Capability 0: the session.</summary>
    public const int Close = 0x7102;

    /// <summary>Tells that a session's client has donated more. Words: 0 RAM and 1 capabilities; capability 0: the session.</summary>
    public const int Upgrade = 0x7103;
}
