// Where a board takes its kernel's trace records: a trace pin on a board, a bench's trace in the emulator.
namespace Tern.Kernel;

/// <summary>Receives every trace record of the board, in order.</summary>
public interface ITrace
{
    /// <summary>A thread was made; records name it by its number, which no other thread of the board ever gets.</summary>
    /// <param name="subject">The number.</param>
    /// <param name="label">The component's place in the tree, such as <c>init -> manager</c>.</param>
    /// <param name="thread">The thread's name.</param>
    void Subject(int subject, string label, string thread);

    /// <summary>A record; <see cref="TraceKind"/> explains the numbers.</summary>
    /// <param name="nanoseconds">The board's clock.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="subject">To which thread; 0 for the kernel.</param>
    /// <param name="a">As the kind says.</param>
    /// <param name="b">As the kind says.</param>
    /// <param name="c">As the kind says.</param>
    void Record(long nanoseconds, int kind, int subject, int a, int b, int c);
}
