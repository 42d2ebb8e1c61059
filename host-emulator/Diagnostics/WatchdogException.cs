// The run was ended from outside: one piece of work took too long in real time.
namespace Tern.HostEmulator;

/// <summary>Tells which board, component and handler did not come back, and where in the code it was.</summary>
public sealed class WatchdogException(string message) : Exception(message);
