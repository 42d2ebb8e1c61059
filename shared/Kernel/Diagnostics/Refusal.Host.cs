// One refused operation: who, where, what, and the figures that explain it.
namespace Tern.Kernel;

/// <summary>What was refused to a program.</summary>
public readonly record struct Refusal
{
    /// <summary>Who asked, and in which handler.</summary>
    public required ProgramPlace Place { get; init; }

    /// <summary>What was refused.</summary>
    public required RefusalKind Kind { get; init; }

    /// <summary>Why.</summary>
    public Error Error { get; init; }

    /// <summary>The selector, label, token or size that the operation was about.</summary>
    public int Argument { get; init; }

    /// <summary>The request's opcode.</summary>
    public int Opcode { get; init; }

    /// <summary>What is behind the selector: a service of core's such as <c>Timer</c>, another component's label; empty for nothing.</summary>
    public string Asked { get; init; }

    /// <summary>Whether <see cref="Asked"/> is one of core's services, the parent included.</summary>
    public bool IsCore { get; init; }

    /// <summary>The service that a session request or announcement names; the name of another operation; otherwise empty.</summary>
    public string Name { get; init; }

    /// <summary>The component's RAM quota in bytes, and what is left of it.</summary>
    public long RamQuota { get; init; }

    /// <summary>Bytes of the RAM quota that are left.</summary>
    public long RamLeft { get; init; }

    /// <summary>The component's capability quota.</summary>
    public int CapQuota { get; init; }

    /// <summary>Capabilities that are left of the quota.</summary>
    public int CapsLeft { get; init; }
}
