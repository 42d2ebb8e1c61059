// tern image export: writes a checkpoint of a NAS's disk into a file of its own.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class ImageExportCommand
{
    internal static Command New(Output output)
    {
        Argument<string> path = ImageCommand.PathArgument("path");
        Argument<string> target = Values.PathArgument("target", "the file to write; it must not be there yet");
        Option<string?> key = ImageCommand.KeyOption();
        var command = new Command("export", "Write an image of a NAS's disk into a file.") { path, target, key };
        ExamplesHelp.AddTo(
            ExitCodes.LookHelp,
            command,
            new Example("tern image export disks sheep_1.image --key 34:36:00:0c:22:38+0", "the checkpoint of that key, byte for byte"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            byte[] image = ImageCommand.Load(parsed, path, key);
            string file = parsed.GetValue(target)!;
            WholeFile.WriteNew(file, image);
            output.Standard.WriteLine($"{file}: {Quantity.Bytes(image.Length)}");
            return ExitCodes.Success;
        }));
        return command;
    }
}
