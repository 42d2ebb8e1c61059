// Where an image comes from: a file that is one, a NAS's disk file, or a directory of either.
// Invariants: nothing is written; what cannot be read is an exception whose message says what to do.
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A checkpoint that was found in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Stored">The NAS's record; <c>null</c> for a file that is an image.</param>
/// <param name="ReadImage">Reads the image.</param>
internal sealed record FoundCheckpoint(string File, StoredCheckpoint? Stored, Func<byte[]> ReadImage)
{
    /// <summary>A disk on which there is something, but no index of a NAS that is whole.</summary>
    internal bool IsUnknownDisk { get; init; }
}

internal static class ImageSource
{
    internal const string DiskExtension = ".disk";
    internal const string ImageExtension = ".image";

    /// <summary>Reads one image.</summary>
    /// <param name="path">An image file, a NAS's disk, or a directory.</param>
    /// <param name="key">Which checkpoint, where there are several.</param>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not clear which image is meant, or there is none.</exception>
    internal static byte[] Load(string path, CheckpointKey? key)
    {
        List<FoundCheckpoint> all = Find(path);
        if (all is [{ Stored: null } file] && !Directory.Exists(path))
        {
            return file.ReadImage();
        }

        FoundCheckpoint[] fitting = [.. all.Where(found => HasImage(found) && (key is null || found.Stored?.Key == key))];
        if (fitting.Length != 1)
        {
            string keys = string.Join(", ", all.Where(HasImage).Select(found => found.Stored!.Key));
            throw new InvalidDataException(
                keys.Length == 0 ? $"{path} has no checkpoint with an image{Unknown(all)}"
                : fitting.Length == 0 ? $"{path} has no checkpoint {key}; it has {keys}"
                : key is null ? $"{path} has several checkpoints; choose one with --key: {keys}"
                : $"{path} has several checkpoints {key}; name the one disk file");
        }

        byte[] image = fitting[0].ReadImage();
        return image.Length > 0 ? image : throw new InvalidDataException(
            $"the image of checkpoint {fitting[0].Stored!.Key} does not lie inside {fitting[0].File}; the disk was cut short");

        static bool HasImage(FoundCheckpoint found) => found.Stored is not null && found.Stored.State != Cms.NasState.Forgotten;
    }

    /// <summary>All checkpoints of a file or directory, in the order of file names and of the NAS's index.</summary>
    internal static List<FoundCheckpoint> Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? ReadFile(path) : throw new FileNotFoundException($"there is no file or directory \"{path}\"");
        }

        List<FoundCheckpoint> found = [];
        foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
        {
            bool isDisk = file.EndsWith(DiskExtension, StringComparison.Ordinal);
            if (isDisk || file.EndsWith(ImageExtension, StringComparison.Ordinal))
            {
                // A disk that is blank is nobody's fault in a directory of all boards' disks; one that cannot be read is told of.
                found.AddRange(ReadFile(file).Where(checkpoint => !isDisk || checkpoint.Stored is not null || checkpoint.IsUnknownDisk));
            }
        }

        return found.Exists(checkpoint => !checkpoint.IsUnknownDisk) ? found : throw new InvalidDataException(
            $"{path} has no checkpoints: no *{DiskExtension} with a NAS's index, as \"tern run BENCH --nas-directory\" writes, and no *{ImageExtension}{Unknown(found)}");
    }

    private static string Unknown(List<FoundCheckpoint> all) => all.Find(found => found.IsUnknownDisk) is { } disk
        ? $"; {Path.GetFileName(disk.File)} is not blank, but neither copy of a NAS's index on it is whole" : "";

    private static List<FoundCheckpoint> ReadFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        bool isImage = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && BitConverter.ToInt32(magic) == ImageFormat.Magic;
        List<StoredCheckpoint>? stored = isImage ? null : NasDisk.Read((at, target) => ReadAt(path, at, target));
        bool isUnknown = !isImage && stored is null && path.EndsWith(DiskExtension, StringComparison.Ordinal)
            && NasDisk.Judge((at, target) => ReadAt(path, at, target)) == NasDiskState.Unknown;
        return stored is null
            ? [new FoundCheckpoint(path, null, () => File.ReadAllBytes(path)) { IsUnknownDisk = isUnknown }]
            : [.. stored.Select(checkpoint => new FoundCheckpoint(path, checkpoint, checkpoint.ReadImage))];
    }

    private static bool ReadAt(string path, long at, Span<byte> target)
    {
        using FileStream file = File.OpenRead(path);
        if (at < 0 || at > file.Length - target.Length)
        {
            return false;
        }

        file.Position = at;
        file.ReadExactly(target);
        return true;
    }
}
