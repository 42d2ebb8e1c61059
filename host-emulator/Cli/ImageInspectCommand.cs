// tern image inspect: what an image holds, for people or, as JSON, for scripts. Does not check the seal: that is verify's.
using System.CommandLine;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class ImageInspectCommand
{
    internal static Command New(Output output)
    {
        Argument<string> path = ImageCommand.PathArgument();
        Option<string?> key = ImageCommand.KeyOption();
        Option<string?> section = Values.Choice(
            "--section", "show this part alone, field by field: " + string.Join(", ", ImageText.SectionNames), ImageText.SectionNames, helpName: "part");
        var hex = new Option<bool>("--hex") { Description = "show where each field stands, and its bytes; contents as a dump" };
        Option<string?> format = Values.Choice("--format", "text, or json with every field and its offset", ["text", "json"], "text");
        var command = new Command("inspect", "Show what an image holds: sections, sessions, capabilities, threads, timers, memory.") { path, key, section, hex, format };
        ExamplesHelp.AddTo(
            ExitCodes.LookHelp,
            command,
            new("tern image inspect images/sheep_1-3-ecu1.image", "everything, in tables"),
            new("tern image inspect disks --key 34:36:00:0c:22:38+0", "a checkpoint on a NAS's disk"),
            new("tern image inspect sheep.image --section entries --hex", "each field's offset and bytes"),
            new("tern image inspect sheep.image --section memory --hex", "the contents of its dataspaces"),
            new("tern image inspect sheep.image --format json", "for scripts"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            ImageDocument document = ImageDocument.Read(ImageCommand.Load(parsed, path, key));
            Warn(output.Error, document);
            string? part = parsed.GetValue(section);
            if (parsed.GetValue(format) == "json")
            {
                ImageJson.Write(output.Standard, document, part);
            }
            else if (part is not null || parsed.GetValue(hex))
            {
                foreach (string name in part is null ? ImageText.SectionNames : [part])
                {
                    ImageText.WriteSection(output.Standard, document, name, parsed.GetValue(hex));
                }
            }
            else
            {
                ImageText.WriteSummary(output.Standard, document);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Warn(TextWriter writer, ImageDocument document)
    {
        int faults = document.FaultCount;
        if (!document.IsKnown)
        {
            writer.WriteLine($"warning: this is no image of version {Invariant.Of(ImageFormat.Version)}; what is shown may mean nothing. Try tern image verify.");
        }
        else if (!document.IsWhole)
        {
            writer.WriteLine($"warning: this image is not whole: {document.WhyNotWhole}. What is shown is what is there. Try tern image verify.");
        }
        else if (faults > 0)
        {
            writer.WriteLine($"warning: {Quantity.Count(faults, "problem")} in this image; what is shown stops at each. Try tern image verify.");
        }
    }
}
