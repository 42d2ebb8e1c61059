// How important a log line is. Genode's spelling tells: "[init -> x] Error: …", "[init -> x] Warning: …".
namespace Tern.HostEmulator;

/// <summary>The level of a log line; also the least important level that is shown.</summary>
public enum LogLevel
{
    /// <summary>Something failed.</summary>
    Error,

    /// <summary>Something is odd.</summary>
    Warning,

    /// <summary>The story of the run.</summary>
    Info,

    /// <summary>Details: lines that begin with <c>Debug:</c>, and the emulator's own.</summary>
    Debug,
}
