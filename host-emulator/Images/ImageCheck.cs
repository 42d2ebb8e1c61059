// One check of an image: what was checked, how it went, and what to do.
namespace Tern.HostEmulator;

internal enum CheckOutcome
{
    Good,
    Bad,

    /// <summary>Not checked, because something else has to be right first.</summary>
    Skipped,
}

/// <summary>A check that was made.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What was found to be right, or why nothing was checked.</param>
/// <param name="Faults">What is wrong.</param>
/// <param name="Advice">What to do when it is bad.</param>
internal sealed record ImageCheck(string Name, CheckOutcome Outcome, string Detail, IReadOnlyList<ImageFault> Faults, string Advice)
{
    /// <summary>Whether it is about what the file is at all: then another file or tool helps, and not another copy.</summary>
    internal bool IsOfHeader => Name is "size" or "magic" or "version" or "flags";

    internal static ImageCheck Of(string name, string detail, IEnumerable<ImageFault> faults, string advice)
    {
        ImageFault[] all = [.. faults];
        return new ImageCheck(name, all.Length == 0 ? CheckOutcome.Good : CheckOutcome.Bad, detail, all, advice);
    }

    internal static ImageCheck Skip(string name, string why) => new(name, CheckOutcome.Skipped, why, [], "");
}
