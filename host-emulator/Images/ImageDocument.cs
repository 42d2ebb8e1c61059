// An image, taken apart into its header, sections and memory contents, as far as it can be read.
// Invariants: any bytes can be taken apart; what is wrong is remembered with its place; nothing is believed to be in the
// image that is not inside its bytes.
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A part of the image: bytes from one offset to another.</summary>
internal readonly record struct ImagePart(string Name, int At, int End, int? Count)
{
    internal int Size => End - At;
}

/// <summary>A section that was read.</summary>
/// <param name="Shape">Its place in the layout.</param>
/// <param name="At">Where the header says it begins; kept inside the image.</param>
/// <param name="End">The byte behind its last record that could be read.</param>
/// <param name="Records">Its records, the last of which may not be whole.</param>
/// <param name="Faults">What is wrong in it.</param>
internal sealed record ImageSection(SectionShape Shape, int At, int End, IReadOnlyList<ImageRecord> Records, IReadOnlyList<ImageFault> Faults);

internal sealed class ImageDocument
{
    private ImageDocument(byte[] bytes, ImageRecord header, IReadOnlyList<ImageFault> headerFaults)
    {
        Bytes = bytes;
        Header = header;
        HeaderFaults = headerFaults;
    }

    internal byte[] Bytes { get; }

    internal ImageRecord Header { get; }

    internal IReadOnlyList<ImageFault> HeaderFaults { get; }

    internal ImageSection[] Sections { get; private init; } = [];

    /// <summary>Where the memory contents begin; inside the image.</summary>
    internal int MemoryAt => Math.Clamp(Header.Int("memory_at"), Math.Min(ImageFormat.HeaderSize, CodeAt), CodeAt);

    /// <summary>Where the authentication code begins, which ends the image.</summary>
    internal int CodeAt => Math.Max(0, Bytes.Length - ImageFormat.TrailerSize);

    /// <summary>The page size that the image tells, if it can be one; otherwise 1024.</summary>
    internal int PageSize => Header.Int("page_size") is var size && size > 0 && int.IsPow2(size) ? size : 1024;

    /// <summary>Whether the layout of this image's version is known.</summary>
    internal bool IsKnown => Header.Int("magic") == ImageFormat.Magic && Header.Int("version") == ImageFormat.Version;

    /// <summary>Whether the file has as many bytes as the image says that it has, no fewer and none behind it, and all memory that its entries name.</summary>
    internal bool IsWhole => HasItsLength && this[Section.Entries].Records.All(entry => !entry.Has("content_at") || entry.Long("content_at") < 0
        || entry.Long("amount") == ContentOf(entry).Length);

    private bool HasItsLength => Bytes.Length >= ImageFormat.HeaderSize + ImageFormat.TrailerSize && Header.Int("size") == Bytes.Length;

    /// <summary>How many things are wrong with its fields.</summary>
    internal int FaultCount => HeaderFaults.Count + Sections.Sum(section => section.Faults.Count);

    /// <summary>Why it is not whole.</summary>
    internal string WhyNotWhole => HasItsLength ? "an entry's memory lies outside of it" : $"its header says {Quantity.Bytes(Header.Int("size"))}, and the file has {Quantity.Bytes(Bytes.Length)}";

    internal ImageRecord? Identity => this[Section.Identity].Records is [var first, ..] ? first : null;

    internal ImageSection this[Section section] => Sections[(int)section];

    /// <summary>Takes an image apart.</summary>
    internal static ImageDocument Read(byte[] bytes)
    {
        var cursor = new ImageCursor(bytes);
        cursor.Begin(0, Math.Min(bytes.Length, ImageFormat.HeaderSize));
        ImageRecord header = ImageShape.ReadRecord(cursor, "header", 0, ImageSchema.Header);
        var document = new ImageDocument(bytes, header, cursor.Faults);
        return new ImageDocument(bytes, header, cursor.Faults)
        {
            Sections = [.. ImageSchema.Sections.Select(shape => ReadSection(cursor, document, shape))],
        };
    }

    /// <summary>All parts in the order of their offsets, and what is between them as zeros: of a sound image, together all of it.</summary>
    internal List<ImagePart> Parts()
    {
        ImagePart header = new("header", 0, Math.Min(ImageFormat.HeaderSize, Bytes.Length), null);
        IEnumerable<ImagePart> sections = Sections.OrderBy(section => section.At).ThenBy(section => section.End)
            .Select(section => new ImagePart(section.Shape.Name, section.At, section.End, section.Records.Count));
        List<ImagePart> parts = [];
        foreach (ImagePart part in sections.Prepend(header).Append(new("memory", MemoryAt, CodeAt, null)).Append(new("code", CodeAt, Bytes.Length, null)))
        {
            if (parts.Count > 0 && parts[^1].End < part.At)
            {
                parts.Add(new ImagePart("zeros", parts[^1].End, part.At, null));
            }

            parts.Add(part);
        }

        return parts;
    }

    /// <summary>The bytes of an entry's contents; empty when it has none, or they are not inside the image.</summary>
    internal ReadOnlySpan<byte> ContentOf(ImageRecord entry)
    {
        long at = entry.Long("content_at");
        long size = entry.Long("amount");
        return !entry.Has("content_at") || at < 0 || size < 0 || MemoryAt + at + size > CodeAt ? [] : Bytes.AsSpan((int)(MemoryAt + at), (int)size);
    }

    private static ImageSection ReadSection(ImageCursor cursor, ImageDocument document, SectionShape shape)
    {
        (string atName, string countName) = ImageSchema.FieldsOf(shape.Section);
        long count = document.Header.Long(countName);
        cursor.Begin(document.Header.Int(atName), document.MemoryAt);
        int start = cursor.At;
        List<ImageRecord> records = [];
        if (count < 0 || count > shape.Most)
        {
            cursor.Stop(
                document.Header.PlaceOf(countName),
                $"the header counts {Invariant.Of(count)} {shape.Name}; there may be from 0 to {Invariant.Of(shape.Most)}");
        }

        while (records.Count < count && cursor.IsGood)
        {
            records.Add(ImageShape.ReadRecord(cursor, "", records.Count, shape.Record));
        }

        if (records.Count > 0 && !records[^1].IsWhole)
        {
            ImageRecord torn = records[^1];
            cursor.Fault(torn.At, $"record {Invariant.Of(torn.Number)} of {Invariant.Of(count)} is not whole");
        }

        return new ImageSection(shape, start, cursor.At, records, cursor.Faults);
    }
}
