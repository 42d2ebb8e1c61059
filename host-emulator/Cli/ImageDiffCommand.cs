// tern image diff: what differs between two images. Its exit status is that of diff: 0 the same, 1 not, 2 trouble.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class ImageDiffCommand
{
    internal static Command New(Output output)
    {
        Argument<string> a = ImageCommand.PathArgument("before");
        Argument<string> b = ImageCommand.PathArgument("after");
        Option<string?> key = ImageCommand.KeyOption();
        var restored = new Option<bool>("--ignore-badges")
        {
            Description = "what a restore changes is no difference: badges, commit, epoch, MAC address, checksum and code",
        };
        var stat = new Option<bool>("--stat") { Description = "the summary alone, a line a part" };
        var command = new Command("diff", "Show what differs between two images: fields, capabilities, pages of memory.") { a, b, key, restored, stat };
        ExamplesHelp.AddTo(
            ExitCodes.DiffHelp,
            command,
            new("tern image diff sheep_1-2-ecu1.image sheep_1-3-ecu1.image", "what the target did between two checkpoints"),
            new("tern image diff before.image after.image --ignore-badges", "whether a restored target has the state that it had"),
            new("tern image diff monday/nas.disk tuesday/nas.disk --key 34:36:00:0c:22:38+0", "the same key on two disks"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            ImageDocument before = ImageDocument.Read(ImageCommand.Load(parsed, a, key));
            ImageDocument after = ImageDocument.Read(ImageCommand.Load(parsed, b, key));
            Check(before, parsed.GetValue(a)!);
            Check(after, parsed.GetValue(b)!);
            return Write(output.Standard, new ImageDiff(before, after, parsed.GetValue(restored)), parsed.GetValue(stat));
        }));
        return command;
    }

    /// <summary>Of half an image, half of the differences would be shown.</summary>
    private static void Check(ImageDocument document, string path)
    {
        string? fault = !document.IsKnown ? "is no image that can be compared"
            : !document.IsWhole ? $"is not whole: {document.WhyNotWhole}"
            : document.FaultCount > 0 ? $"cannot be compared: it has {Quantity.Count(document.FaultCount, "problem")}"
            : null;
        if (fault is not null)
        {
            throw new InvalidDataException($"{path} {fault}; try tern image verify");
        }
    }

    private static int Write(TextWriter writer, ImageDiff diff, bool isShort)
    {
        int width = diff.Parts.Max(part => part.Name.Length);
        foreach (PartDiff part in diff.Parts.Where(part => part.Lines.Count > 0))
        {
            if (isShort)
            {
                writer.WriteLine($"{part.Name.PadRight(width)} | {part.Summary}");
                continue;
            }

            writer.WriteLine(part.Name);
            foreach (string line in part.Lines)
            {
                writer.WriteLine("  " + line);
            }
        }

        writer.WriteLine(diff.Summary);
        return diff.IsSame ? ExitCodes.Success : ExitCodes.Failed;
    }
}
