// Where an image comes from: a file that is one, a NAS's disk file, or a directory of either.
// Invariants: nothing is written; what cannot be read is an exception whose message says what to do.
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A checkpoint that was found in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Stored">The NAS's record; <c>null</c> for a file that is an image.</param>
/// <param name="IsUnknownDisk">Whether the file is a disk on which there is something, but no index of a NAS that is whole.</param>
/// <param name="ReadImage">Reads the image.</param>
internal sealed record FoundCheckpoint(string File, StoredCheckpoint? Stored, bool IsUnknownDisk, Func<byte[]> ReadImage);

internal static class ImageSource
{
    internal const string DiskExtension = ".disk";
    internal const string ImageExtension = ".image";

    /// <summary>Bytes of an image file: more than any board of a bench has memory for.</summary>
    private const int MostImage = 512 * 1024 * 1024;
    private const int MostNamed = 10;

    /// <summary>Reads one image.</summary>
    /// <param name="path">An image file, a NAS's disk, or a directory.</param>
    /// <param name="key">Which checkpoint, where there are several.</param>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not clear which image is meant, or there is none.</exception>
    internal static byte[] Load(string path, CheckpointKey? key)
    {
        List<FoundCheckpoint> all = Find(path);
        if (all is [{ Stored: null, IsUnknownDisk: false } file] && key is null)
        {
            return file.ReadImage();
        }

        FoundCheckpoint? damaged = all.Find(found => found.IsUnknownDisk);
        if (damaged is not null)
        {
            throw new InvalidDataException($"{damaged.File} is not blank, but neither copy of a NAS's index on it is whole; what it stores cannot be found");
        }

        FoundCheckpoint[] fitting = [.. all.Where(found => HasImage(found) && (key is null || found.Stored?.Key == key))];
        if (fitting.Length != 1)
        {
            string keys = string.Join(", ", all.Where(HasImage).Select(found => found.Stored!.Key));
            string[] files = [.. all.Where(found => found.Stored is null).Select(found => Path.GetFileName(found.File))];
            string some = string.Join(", ", files.Take(MostNamed)) + (files.Length > MostNamed ? ", …" : "");
            throw new InvalidDataException(
                keys.Length == 0 && files.Length > 0 && key is not null ? $"--key chooses a checkpoint on a NAS's disk, and {path} is {(files.Length == 1 ? "an image" : "no disk")}"
                : files.Length > 0 && key is null ? $"{path} has {Quantity.Count(files.Length, "image")}{(keys.Length > 0 ? " and a disk" : "")}; name the file: {some}"
                : keys.Length == 0 ? $"{path} has no checkpoint with an image"
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
                // Among all boards' disks, one that is blank is as it should be; one that cannot be read is told of.
                found.AddRange(ReadFile(file).Where(checkpoint => !isDisk || checkpoint.Stored is not null || checkpoint.IsUnknownDisk));
            }
        }

        return found.Count > 0 ? found : throw new InvalidDataException(
            $"{path} has no checkpoints: no *{DiskExtension} with a NAS's index, as \"tern run BENCH --nas-directory\" writes, and no *{ImageExtension}");
    }

    private static List<FoundCheckpoint> ReadFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        bool isImage = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && BitConverter.ToInt32(magic) == ImageFormat.Magic;
        List<StoredCheckpoint>? stored = isImage ? null : NasDisk.Read((at, target) => ReadAt(path, at, target));
        bool isUnknown = !isImage && stored is null && path.EndsWith(DiskExtension, StringComparison.Ordinal)
            && NasDisk.Judge((at, target) => ReadAt(path, at, target)) == NasDiskState.Unknown;
        return stored is null
            ? [new FoundCheckpoint(path, null, isUnknown, isUnknown ? () => [] : () => TextFile.ReadBytes(path, MostImage))]
            : [.. stored.Select(checkpoint => new FoundCheckpoint(path, checkpoint, false, checkpoint.ReadImage))];
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
