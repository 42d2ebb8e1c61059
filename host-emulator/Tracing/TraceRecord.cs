// One record of a bench's trace.
namespace Tern.HostEmulator;

/// <summary>What a kernel recorded, in world time.</summary>
/// <param name="Time">Nanoseconds of world time.</param>
/// <param name="Subject">Whom it happened to.</param>
/// <param name="Kind">See <see cref="Tern.Kernel.TraceKind"/>.</param>
/// <param name="A">As the kind says.</param>
/// <param name="B">As the kind says.</param>
/// <param name="C">As the kind says.</param>
/// <param name="Other">The thread that one of the words names, if it does.</param>
public readonly record struct TraceRecord(long Time, TracedThread Subject, int Kind, int A, int B, int C, TracedThread? Other);
