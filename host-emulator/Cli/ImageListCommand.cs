// tern image list: the checkpoints of a NAS's disk, or of a directory.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class ImageListCommand
{
    private static readonly string[] Header = ["file", "key", "component", "commit", "epoch", "size", "state"];
    private static readonly bool[] RightAligned = [false, false, false, true, true, true, false];

    internal static Command New(Output output)
    {
        Argument<string> path = ImageCommand.PathArgument("path");
        var command = new Command("list", "List checkpoints: key, component, commit, epoch, size and state.") { path };
        ExamplesHelp.AddTo(
            ExitCodes.LookHelp,
            command,
            new("tern image list disks", "what \"tern run --nas-directory disks\" left on the boards' disks"),
            new("tern image list disks/nas.disk", "one disk"),
            new("tern image list images", "what \"tern run --images images\" kept"));
        command.SetAction(parsed => CommandLine.WithFiles(output, () =>
        {
            List<string[]> rows = [.. ImageSource.Find(parsed.GetValue(path)!).Select(Row)];
            TextTable.Write(output.Standard, Header, rows, RightAligned, output.Width);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static string[] Row(FoundCheckpoint found)
    {
        string file = Printable.Line(Path.GetFileName(found.File));
        if (found.IsUnknownDisk)
        {
            return [file, "-", "-", "-", "-", Quantity.Bytes(new FileInfo(found.File).Length), "no whole index"];
        }

        byte[] image = found.ReadImage();
        ImageDocument? document = image.Length == 0 ? null : ImageDocument.Read(image);
        string component = document?.Identity is { } identity ? Printable.Of(identity.Text("name")) : "-";
        if (found.Stored is { } stored)
        {
            return
            [
                file, stored.Key.ToString(), component, Invariant.Of(stored.Commit), Invariant.Of(stored.Epoch), Quantity.Bytes(stored.Size),
                Enum.GetName(stored.State)?.ToLowerInvariant() ?? "unknown",
            ];
        }

        bool isImage = document is { IsKnown: true };
        return
        [
            file,
            isImage ? Os.Mac.Format(document!.Header.Long("mac")) : "-",
            component,
            isImage ? Invariant.Of(document!.Header.Long("commit")) : "-",
            isImage ? Invariant.Of(document!.Header.Long("epoch")) : "-",
            Quantity.Bytes(image.Length),
            !isImage ? "no image" : document!.IsWhole ? "file" : "not whole",
        ];
    }
}
