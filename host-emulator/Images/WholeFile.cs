// Files that are there whole or not at all: written beside their place, and moved there when they are whole.
// Invariant: whatever fails, the place has what it had before and nothing is left beside it. What is no plain file (a device, a pipe,
// a link) cannot be replaced; it is written where it is.
namespace Tern.HostEmulator;

internal static class WholeFile
{
    private const string PartExtension = ".part";

    /// <summary>Writes a file, or writes it anew.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    internal static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Writes a file of text: UTF-8, lines that end alike on every host.</summary>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    internal static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="IOException">It is there, or cannot be written; the message names it.</exception>
    internal static void WriteNew(string path, byte[] content)
    {
        if (Path.Exists(path))
        {
            throw new IOException($"{path} is there already; name a new file");
        }

        Write(path, stream => stream.Write(content), overwrite: false);
    }

    /// <summary>Writes a file, or writes it anew.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="overwrite">Whether it may be there.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    internal static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        string part = CanReplace(path) ? path + PartExtension : path;
        try
        {
            WriteOrRemove(part, part != path, write);
            if (part != path)
            {
                Move(part, path, overwrite);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>What a person is told of a file that cannot be written.</summary>
    internal static IOException CannotWrite(string path, Exception reason)
    {
        string why = reason.Message.Replace(path + PartExtension, path, StringComparison.Ordinal).TrimEnd('.');
        int named = why.IndexOf(" : '", StringComparison.Ordinal);     // the host's way to add the file's name
        return new IOException($"{path} cannot be written: {(named < 0 ? why : why[..named])}", reason);
    }

    /// <summary>Whether nothing is there, or a plain file that something would be lost of.</summary>
    private static bool CanReplace(string path) => new FileInfo(path) is var file && (!file.Exists || (file.LinkTarget is null && file.Length > 0));

    private static void WriteOrRemove(string path, bool isNew, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            write(file);
        }
        catch
        {
            Remove(file, isNew);
            throw;
        }
    }

    private static void Move(string part, string path, bool overwrite)
    {
        try
        {
            File.Move(part, path, overwrite);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void Remove(FileStream file, bool isNew)
    {
        try
        {
            if (isNew)
            {
                File.Delete(file.Name);
            }
            else
            {
                file.SetLength(0);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // A device has no length, and what kept the content out may keep this out too; the first reason is the one to tell.
        }
    }
}
