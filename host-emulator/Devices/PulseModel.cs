// A sensor that pulses an interrupt, as a bench file describes it.
namespace Tern.HostEmulator;

/// <summary>Pulses of one interrupt, on every board that wires it.</summary>
/// <param name="Interrupt">The interrupt's name, or its number as text.</param>
/// <param name="PeriodNanoseconds">From one pulse to the next, at least.</param>
/// <param name="JitterNanoseconds">How much later each may come; the seed says.</param>
public sealed record PulseModel(string Interrupt, long PeriodNanoseconds, long JitterNanoseconds);
