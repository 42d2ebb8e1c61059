// What programs do wrong, as the kernel notices it: numbers, names and exceptions; whoever listens makes the texts. The
// kernel reports through partial methods that only the host implements, so on a board nothing of this exists, not even the calls.
// Invariants: told within the handler that it is about, so the listener may look but must not enter the kernel; what goes
// well is not told, so hot paths do not come here.
namespace Tern.Kernel;

/// <summary>Hears of refused operations, of events without a handler, and of exceptions.</summary>
public interface IDiagnostics
{
    /// <summary>An operation was refused, answered with an error, or found nobody.</summary>
    void Refused(in Refusal refusal);

    /// <summary>A handler was ended in the middle; the component is stopped.</summary>
    void Failed(in HandlerFailure failure);

    /// <summary>A session is asked for; its answer will come with a label.</summary>
    /// <param name="component">Who asks.</param>
    /// <param name="service">Of which service.</param>
    /// <param name="replyLabel">What the answer is known by.</param>
    void Opening(string component, string service, int replyLabel);

    /// <summary>A capability came with a request, was not kept, and is gone with the handler's end.</summary>
    /// <param name="place">The handler.</param>
    /// <param name="selector">The selector that names nothing from now on.</param>
    void Dropped(ProgramPlace place, int selector);
}
