// The parent interface (Genode's parent.h): what every component may ask of its parent.
namespace Tern.Kernel;

/// <summary>Operations of <see cref="Selectors.Parent"/>.</summary>
public static class ParentOperation
{
    /// <summary>Opens a session. Words: 0 the length of the service's name, which is ASCII, in bytes; 1 RAM and 2 capabilities donated, 3 to 5 the
    /// service's own arguments; text: the service's name, directly followed by the session's label;
    /// capability 0: the PD session of whoever asked first, which pays for it and with which the session ends. A parent
    /// that passes the request on puts its child's name before the label. Answer: the session's capability, and more if the service says so.</summary>
    public const int Session = 1;

    /// <summary>Closes a session that was opened through the parent. Capability 0: the session.</summary>
    public const int Close = 2;

    /// <summary>Announces a service. Text: its name; capability 0: its root (see <see cref="RootOperation"/>).</summary>
    public const int Announce = 3;

    /// <summary>The component has done its work. Word 0: its exit value, 0 for success.</summary>
    public const int Exit = 4;

    /// <summary>Donates to a session that is open. Words: 0 RAM in bytes, 1 capabilities; capabilities: 0 the session, 1 the PD session
    /// that paid for it when it was opened. What was donated returns there when the session is closed, as far as its server has it free.</summary>
    public const int Upgrade = 5;
}
