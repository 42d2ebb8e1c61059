// Whom a record is about: a thread of a board, or the board's kernel.
namespace Tern.HostEmulator;

/// <summary>A subject of a bench's trace.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Label">The component's place in the tree, or <c>kernel</c>.</param>
/// <param name="Thread">The thread's name.</param>
public sealed record TracedThread(string Board, string Label, string Thread)
{
    /// <summary>What the kernel itself is called.</summary>
    public const string Kernel = "kernel";

    /// <summary>The component's own name, the last of its label.</summary>
    public string Component => Label[(Label.LastIndexOf(' ') + 1)..];

    /// <summary>Whether a person means this component.</summary>
    public bool IsCalled(string name) => Component == name || Label == name;
}
