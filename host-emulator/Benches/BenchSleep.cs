// When a bench lets boards sleep, and when it wakes them.
namespace Tern.HostEmulator;

/// <summary>An announcement that boards will sleep, or that they wake up, at a world time.</summary>
/// <param name="Time">When, in nanoseconds of world time.</param>
/// <param name="Grace">In how many nanoseconds they sleep at the latest; <c>null</c> when they are woken.</param>
/// <param name="Boards">Which boards.</param>
public sealed record BenchSleep(long Time, long? Grace, IReadOnlyList<string> Boards);
