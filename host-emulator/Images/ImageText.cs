// An image as plain text: a summary with its tables, one section field by field, or bytes.
// Invariant: the same image gives the same text, byte for byte.
using System.Text;

namespace Tern.HostEmulator;

internal static class ImageText
{
    internal const string Memory = "memory";
    private const int BytesPerLine = 16;

    /// <summary>The names of what <see cref="WriteSection"/> shows.</summary>
    internal static string[] SectionNames => ["header", .. ImageSchema.Sections.Select(shape => shape.Name), Memory, "code"];

    /// <summary>Writes who it is, the parts, and all tables.</summary>
    internal static void WriteSummary(TextWriter writer, ImageDocument document)
    {
        foreach (string line in Summary(document))
        {
            writer.WriteLine(line);
        }

        foreach (ImageTable table in ImageTables.All(document).Prepend(ImageTables.Parts(document)))
        {
            writer.WriteLine();
            table.Write(writer);
        }
    }

    /// <summary>Who and from where, in two or three lines.</summary>
    internal static IEnumerable<string> Summary(ImageDocument document)
    {
        ImageRecord header = document.Header;
        ImageRecord? identity = document.Identity;
        string who = identity is null ? "no target" : $"{Printable.Of(identity.Text("name"))}, program {Printable.Of(identity.Text("program"))}";
        yield return $"{who}: checkpoint {Invariant.Of(header.Long("commit"))} of epoch {Invariant.Of(header.Long("epoch"))}, taken at {Os.Mac.Format(header.Long("mac"))}";
        yield return $"image version {Invariant.Of(header.Long("version"))}, {Quantity.Bytes(document.Bytes.Length)}, pages of {Invariant.Of(header.Long("page_size"))}";
        if (identity is not null)
        {
            yield return $"RAM quota {Quantity.Bytes(identity.Long("ram_quota"))}, capability quota {Invariant.Of(identity.Long("cap_quota"))}, "
                + $"priority {Invariant.Of(identity.Long("priority"))}, "
                + $"configuration {Quantity.Bytes(identity.Long("config_length"))}";
        }

        // An image has no time since when; a component that stands still is one whose images say the same again and again.
        foreach (string wait in ImageTables.Waits(document))
        {
            yield return wait;
        }
    }

    /// <summary>Writes one part, field by field; contents and code as bytes.</summary>
    internal static void WriteSection(TextWriter writer, ImageDocument document, string name, bool hex)
    {
        if (name == "header")
        {
            WriteRecord(writer, document, document.Header, hex, "");
        }
        else if (name == Memory)
        {
            WriteContents(writer, document, hex);
        }
        else if (name == "code")
        {
            WriteBytes(writer, document.Bytes, document.CodeAt, document.Bytes.Length, document.CodeAt);
        }
        else
        {
            ImageSection section = document.Sections.Single(section => section.Shape.Name == name);
            foreach (ImageRecord record in section.Records)
            {
                writer.WriteLine($"{name} {Invariant.Of(record.Number)}, {Invariant.Of(record.At)} to {Invariant.Of(record.End - 1)}");
                WriteRecord(writer, document, record, hex, "  ");
            }

            foreach (ImageFault fault in section.Faults)
            {
                writer.WriteLine("bad: " + fault);
            }
        }
    }

    private static void WriteRecord(TextWriter writer, ImageDocument document, ImageRecord record, bool hex, string indent)
    {
        var rows = record.Flat().Select(flat => hex
            ? (string[])[indent + Invariant.Hex(flat.Field.At, 8), BytesOf(document, flat.Field), flat.Path, flat.Field.Shown]
            : [indent + flat.Path, flat.Field.Shown]).ToList();
        int[] widths = [.. Enumerable.Range(0, hex ? 4 : 2).Select(column => rows.Select(row => row[column].Length).Append(0).Max())];
        foreach (string[] row in rows)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>A field's bytes, the first few of a long one.</summary>
    private static string BytesOf(ImageDocument document, ImageField field)
    {
        const int most = 8;
        string bytes = Convert.ToHexStringLower(document.Bytes, field.At, Math.Min(field.Size, most));
        return bytes + (field.Size > most ? "…" : "");
    }

    private static void WriteContents(TextWriter writer, ImageDocument document, bool hex)
    {
        var entries = new ImageEntries(document);
        foreach (ImageRecord entry in entries.Used.Where(entry => entry.Long("content_at") >= 0))
        {
            ReadOnlySpan<byte> content = document.ContentOf(entry);
            int at = document.MemoryAt + entry.Int("content_at");
            int used = content.Length - content.Count((byte)0);
            writer.WriteLine(
                $"#{Invariant.Of(entry.Number)} {entries.Describe(entry.Number)}: {Quantity.Bytes(content.Length)} at {Invariant.Of(at)}, {Invariant.Grouped(used)} of them not 0");
            if (hex && content.Length > 0)
            {
                WriteBytes(writer, document.Bytes, at, at + content.Length, 0);
            }
        }
    }

    /// <summary>Writes bytes as <c>hexdump -C</c> does: sixteen a line, equal lines as one asterisk.</summary>
    private static void WriteBytes(TextWriter writer, byte[] bytes, int at, int end, int first)
    {
        ReadOnlySpan<byte> last = [];
        bool skipped = false;
        int origin = at - first;
        for (int line = at; line < end; line += BytesPerLine)
        {
            ReadOnlySpan<byte> row = bytes.AsSpan(line, Math.Min(BytesPerLine, end - line));
            if (line > at && row.SequenceEqual(last))
            {
                writer.Write(skipped ? "" : "*\n");
                skipped = true;
                continue;
            }

            last = row;
            skipped = false;
            var text = new StringBuilder(Invariant.Hex(line - origin, 8) + " ");
            for (int i = 0; i < BytesPerLine; i++)
            {
                text.Append(i % 8 == 0 ? " " : "").Append(i < row.Length ? Invariant.Hex(row[i], 2) + " " : "   ");
            }

            text.Append(" |");
            foreach (byte b in row)
            {
                text.Append(b is >= 0x20 and < 0x7f ? (char)b : '.');
            }

            writer.WriteLine(text.Append('|'));
        }

        writer.WriteLine(Invariant.Hex(end - origin, 8));
    }
}
