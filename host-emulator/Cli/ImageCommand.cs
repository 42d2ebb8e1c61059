// tern image: looks into checkpoint images. Each subcommand says on standard output what it found, on standard error what
// kept it from looking, and never changes what it looks at.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class ImageCommand
{
    internal static Command New(Output output, BenchCatalog catalog)
    {
        var command = new Command("image", "Look into checkpoint images: files, and what a NAS has on its disk.")
        {
            ImageListCommand.New(output),
            ImageInspectCommand.New(output),
            ImageVerifyCommand.New(output, catalog),
            ImageDiffCommand.New(output),
            ImageExportCommand.New(output),
        };
        ExamplesHelp.AddTo(
            ExitCodes.ToolHelp,
            command,
            new("tern run --images images", "keep every committed checkpoint of a run as a file"),
            new("tern image list images", "what there is"),
            new("tern image inspect images/sheep_1-2-ecu1.image", "what one holds"),
            new("tern image diff images/sheep_1-2-ecu1.image images/sheep_1-3-ecu1.image", "what changed"));
        return command;
    }

    /// <summary>The image that a command looks at.</summary>
    internal static Argument<string> PathArgument(string name = "file") => Values.PathArgument(name, "an image file, a NAS's disk file, or a directory of them");

    /// <summary>Which checkpoint of several.</summary>
    internal static Option<string?> KeyOption()
    {
        Option<string?> key = Values.Word("--key", "which checkpoint of a NAS, as tern image list shows it: MAC address + offset");
        return key;
    }

    /// <summary>Reads the image that the command line names.</summary>
    internal static byte[] Load(ParseResult parsed, Argument<string> path, Option<string?> key) =>
        ImageSource.Load(parsed.GetValue(path)!, parsed.GetValue(key) is not { } text ? null
            : CheckpointKey.TryParse(text, out CheckpointKey wanted) ? wanted
            : throw new UsageException($"--key is \"{Values.Shown(text)}\"; a key is a MAC address and an offset, such as 34:36:00:0c:22:38+0"));
}
