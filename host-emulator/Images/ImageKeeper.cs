// Keeps every committed checkpoint of a run as a file: when RTCR reports that one is stored, it is read from the disk where
// some board's NAS has just put it.
// Invariants: the run is only watched; a file has the bytes that the NAS has, all of them, or is not there; no file of a run is
// overwritten by the same run.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal sealed class ImageKeeper
{
    private readonly string _directory;
    private readonly BenchRun _run;
    private readonly Action<string, string> _warn;
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Watches a run.</summary>
    /// <param name="directory">Where the files go; it is made if need be.</param>
    /// <param name="run">The run.</param>
    /// <param name="warn">Told, with a board's name, what could not be kept.</param>
    internal ImageKeeper(string directory, BenchRun run, Action<string, string> warn)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        _run = run;
        _warn = warn;
        run.Reports.Added += OnReport;
    }

    private void OnReport(Report report)
    {
        if (report.Word != ReportWords.Committed || report.Target is not { } target || report.Number("commit") is not { } commit)
        {
            return;
        }

        // The same image can have two records, before and after its component moved.
        byte[]? image = Find(target, commit).FirstOrDefault(found => _kept.Add(SealOf(found)));
        if (image is null)
        {
            _warn(report.Board, $"checkpoint {Invariant.Of(commit)} of {target} is on no board's disk; it is not kept as a file");
            return;
        }

        string name = FileNames.Of(target, Invariant.Of(commit), report.Board);
        string unique = name;
        for (int i = 2; !_written.Add(unique); i++)
        {
            unique = FileNames.Of(name, Invariant.Of(i));
        }

        WholeFile.Write(Path.Combine(_directory, unique + ImageSource.ImageExtension), image);
    }

    private static string SealOf(byte[] image) => Convert.ToHexStringLower(image, image.Length - ImageFormat.TrailerSize, ImageFormat.TrailerSize);

    private IEnumerable<byte[]> Find(string target, long commit)
    {
        foreach (IBlockDevice disk in _run.Boards.Select(board => board.Storage).OfType<IBlockDevice>())
        {
            foreach (StoredCheckpoint stored in NasDisk.Read((at, bytes) => ReadAt(disk, at, bytes)) ?? [])
            {
                byte[] image = stored.Commit == commit ? stored.ReadImage() : [];
                if (image.Length >= ImageFormat.TrailerSize && ImageDocument.Read(image).Identity is { } identity
                    && Printable.Line(identity.Text("name")) == target)
                {
                    yield return image;
                }
            }
        }
    }

    private static bool ReadAt(IBlockDevice disk, long at, Span<byte> target)
    {
        long end = at + target.Length;
        if (at < 0 || end > (long)disk.BlockSize * disk.BlockCount)
        {
            return false;
        }

        int first = (int)(at / disk.BlockSize);
        int count = (int)((end + disk.BlockSize - 1) / disk.BlockSize) - first;
        byte[] blocks = new byte[count * disk.BlockSize];
        bool isRead = disk.Read(first, blocks, 0, count);
        blocks.AsSpan((int)(at - ((long)first * disk.BlockSize)), target.Length).CopyTo(target);
        return isRead;
    }
}
