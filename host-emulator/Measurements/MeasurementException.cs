// What is measured does not do what it should: its figures would mean nothing.
namespace Tern.HostEmulator;

/// <summary>Ends a measurement.</summary>
internal sealed class MeasurementException(string message) : Exception(message);
