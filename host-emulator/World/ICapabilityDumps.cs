// A machine whose capability spaces can be looked at from outside.
namespace Tern.HostEmulator;

/// <summary>Shows capability spaces.</summary>
public interface ICapabilityDumps
{
    /// <summary>A component's capability space as the kernel writes it, four selectors a row; <c>null</c> when there is none of that label.</summary>
    string? DumpCapabilities(string label);
}
