// The RTL cannot be run here, and why.
namespace Tern.HostEmulator;

/// <summary>The RTL's native library is missing or cannot be used; the message names the command that builds it.</summary>
public sealed class RtlLibraryException : Exception
{
    /// <summary>With a message for whoever asked for the RTL.</summary>
    public RtlLibraryException(string message)
        : base(message)
    {
    }
}
