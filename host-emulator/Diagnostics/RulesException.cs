// A bench wants programs that break the rules of programs.
namespace Tern.HostEmulator;

/// <summary>Tells which programs break which rules.</summary>
public sealed class RulesException(IReadOnlyList<string> violations)
    : Exception(
        $"{Quantity.Count(violations.Count, "place")} in the bench's programs would not work on a board, or not survive a migration:\n  "
        + string.Join("\n  ", violations))
{
    /// <summary>What breaks which rule, a line each.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
