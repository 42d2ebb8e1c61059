// tern caps diff: compares the capability spaces of a target before a checkpoint and after the restore.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class CapsCommand
{
    internal static Command New(Output output)
    {
        var command = new Command("caps", "Compare dumps of capability spaces.") { NewDiff(output) };
        ExamplesHelp.AddTo(
            ExitCodes.DiffHelp,
            command,
            new("tern run --capability-dumps caps", "dump each target's capability space before its checkpoint and after its restore"),
            new("tern caps diff caps/sheep_1-1-before.txt caps/sheep_1-1-after.txt", "whether they are equal but for badges"));
        return command;
    }

    private static Command NewDiff(Output output)
    {
        Argument<string> before = Values.PathArgument("before", "the dump before the checkpoint");
        Argument<string> after = Values.PathArgument("after", "the dump after the restore");
        var command = new Command("diff", "Compare two dumps: equal but for badges, or which rows are missing, extra or changed.") { before, after };
        ExamplesHelp.AddTo(ExitCodes.DiffHelp, command, new Example("tern caps diff sheep_1-1-before.txt sheep_1-1-after.txt", "two dumps of tern run --capability-dumps"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            var diff = new CapabilityDiff(Read(parsed.GetValue(before)!), Read(parsed.GetValue(after)!));
            foreach (string line in diff.Lines)
            {
                output.Standard.WriteLine(line);
            }

            string badges = $"{Quantity.Count(diff.Both, "capability")} in both, {Invariant.Of(diff.Renamed)} with another badge";
            output.Standard.WriteLine(diff.Lines.Count == 0
                ? $"equal but for badges: {badges}"
                : $"{Quantity.Count(diff.Lines.Count, "difference")}; {badges}");
            return diff.Lines.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static SortedDictionary<int, CapabilityCell> Read(string path) => CapabilityRows.Read(TextFile.Read(path, CapabilityRows.MostBytes), path);
}
