// The kinds of what is refused.
namespace Tern.Kernel;

/// <summary>What was refused, or found nobody.</summary>
public enum RefusalKind
{
    /// <summary><see cref="Env.Call"/>: refused, or answered with an error.</summary>
    Call,

    /// <summary>A send was refused: nothing is under way.</summary>
    Send,

    /// <summary>An answer brings an error.</summary>
    Answer,

    /// <summary>Another operation of <see cref="Env"/>, known by its name.</summary>
    Operation,

    /// <summary><see cref="Env.Allocate"/> answered 0.</summary>
    Allocate,

    /// <summary>A request with an opcode that the server's program does not know.</summary>
    UnknownOpcode,

    /// <summary>An event for which the program has no handler at all.</summary>
    Unhandled,

    /// <summary>A device or timer of the component fired, and no signal context was set or it has ended.</summary>
    Unheard,
}
