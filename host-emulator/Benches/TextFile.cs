// Text files, read whole or not at all: within a limit, in UTF-8.
// Invariant: no byte is replaced; what is no text, or too much of it, is refused with its place.
using System.Buffers;
using System.Text;

namespace Tern.HostEmulator;

/// <summary>A file is not the text that it should be.</summary>
internal sealed class TextFileException(string file, int line, int column, string reason)
    : IOException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}:{line}:{column}: {reason}"))
{
    internal int Line { get; } = line;

    internal int Column { get; } = column;

    internal string Reason { get; } = reason;
}

internal static class TextFile
{
    private const int Buffer = 65536;

    /// <summary>Reads a text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="TextFileException">It is longer, or not in UTF-8.</exception>
    internal static string Read(string path, int most) => Decode(ReadBytes(path, most), path);

    /// <summary>Reads bytes; never more than <paramref name="most"/> and one, also of a device without an end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    internal static byte[] ReadBytes(string path, int most)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"\"{path}\" is a directory; name a file");
        }

        using FileStream file = File.OpenRead(path);
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[Buffer];
        for (int got = file.Read(buffer); got > 0; got = file.Read(buffer))
        {
            bytes.Write(buffer, 0, got);
            if (bytes.Length > most)
            {
                throw new InvalidDataException($"{path} has more than {Quantity.Count(most, "byte")}; that is more than is read");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The text of bytes; a mark of UTF-8 before it is passed over.</summary>
    internal static string Decode(byte[] bytes, string file)
    {
        ReadOnlySpan<byte> all = bytes;
        ReadOnlySpan<byte> rest = all.StartsWith(Encoding.UTF8.Preamble) ? all[Encoding.UTF8.Preamble.Length..] : all;
        if (all.StartsWith(Encoding.Unicode.Preamble) || all.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            throw new TextFileException(file, 1, 1, "this is UTF-16; save it as UTF-8");
        }

        (int line, int column) = (1, 1);
        for (ReadOnlySpan<byte> left = rest; left.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(left, out Rune rune, out int length) != OperationStatus.Done)
            {
                throw new TextFileException(file, line, column, $"byte 0x{left[0]:X2} is not UTF-8; save the file as UTF-8");
            }

            bool isEnd = rune.Value == '\n' || (rune.Value == '\r' && (left.Length == 1 || left[1] != '\n'));
            (line, column) = isEnd ? (line + 1, 1) : (line, column + 1);
            left = left[length..];
        }

        return Encoding.UTF8.GetString(rest);
    }
}
