// Where a target runs.
namespace Tern.HostEmulator;

/// <summary>A board, and on it the RTCR that is the target's parent.</summary>
public readonly record struct Place(string Board, string Holder)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Board}/{Holder}";
}
