// Where the contents of two images differ: per dataspace, as ranges of pages that follow each other.
// Invariant: the capability map's words, which hold badges, are told from the rest, so that a restore's new badges are no change.
using System.Buffers.Binary;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>Pages of a dataspace that differ, one after the other.</summary>
/// <param name="At">Offset of the first page in the dataspace.</param>
/// <param name="End">Offset behind the last one.</param>
/// <param name="Bytes">How many bytes in them differ.</param>
internal readonly record struct PageRange(int At, int End, int Bytes);

/// <summary>How the contents of one dataspace differ.</summary>
/// <param name="Entry">The dataspace in the second image.</param>
/// <param name="Pages">How many pages both have.</param>
/// <param name="Ranges">Pages that differ, badges aside.</param>
/// <param name="Badges">How many words of the capability map have another badge and are in use in both.</param>
internal sealed record DataspaceDiff(ImageRecord Entry, int Pages, List<PageRange> Ranges, int Badges);

internal sealed class MemoryDiff(ImageDocument a, ImageDocument b)
{
    private const int MostSelectors = 0x10000;

    private readonly bool[] _isMapA = BadgeBytes(a);
    private readonly bool[] _isMapB = BadgeBytes(b);

    /// <summary>Compares the contents that both images have of an entry.</summary>
    internal DataspaceDiff Compare(ImageRecord entryA, ImageRecord entryB)
    {
        ReadOnlySpan<byte> contentA = a.ContentOf(entryA);
        ReadOnlySpan<byte> contentB = b.ContentOf(entryB);
        int pageSize = Math.Min(a.PageSize, b.PageSize);
        int length = Math.Min(contentA.Length, contentB.Length);
        List<PageRange> ranges = [];
        int badges = 0;
        for (int page = 0; page < length; page += pageSize)
        {
            int end = Math.Min(length, page + pageSize);
            int differing = contentA[page..end].SequenceEqual(contentB[page..end]) ? 0 : Count(entryA, entryB, page, end, ref badges);
            if (differing > 0 && ranges.Count > 0 && ranges[^1].End == page)
            {
                ranges[^1] = new PageRange(ranges[^1].At, end, ranges[^1].Bytes + differing);
            }
            else if (differing > 0)
            {
                ranges.Add(new PageRange(page, end, differing));
            }
        }

        return new DataspaceDiff(entryB, (length + pageSize - 1) / pageSize, ranges, badges / 4);
    }

    private int Count(ImageRecord entryA, ImageRecord entryB, int at, int end, ref int badges)
    {
        int offsetA = a.MemoryAt + entryA.Int("content_at");
        int offsetB = b.MemoryAt + entryB.Int("content_at");
        int count = 0;
        for (int i = at; i < end; i++)
        {
            bool isBadge = _isMapA[offsetA + i] && _isMapB[offsetB + i];
            bool isUsedAlike = isBadge && IsUsed(a, offsetA + i) == IsUsed(b, offsetB + i);
            badges += isUsedAlike && (i & 3) == 0 && !Word(a, offsetA + i).SequenceEqual(Word(b, offsetB + i)) ? 4 : 0;
            count += a.Bytes[offsetA + i] != b.Bytes[offsetB + i] && !isUsedAlike ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether the map's word at a byte names something.</summary>
    private static bool IsUsed(ImageDocument document, int at) => Word(document, at).ContainsAnyExcept((byte)0);

    private static ReadOnlySpan<byte> Word(ImageDocument document, int at)
    {
        int word = document.MemoryAt + ((at - document.MemoryAt) & ~3);
        return document.Bytes.AsSpan(word, Math.Min(4, document.Bytes.Length - word));
    }

    /// <summary>Which bytes of an image are a capability map's.</summary>
    private static bool[] BadgeBytes(ImageDocument document)
    {
        var entries = new ImageEntries(document);
        bool[] isMap = new bool[document.Bytes.Length];
        ILookup<long, ImageRecord> regions = document[Section.Regions].Records.Where(region => region.IsWhole).ToLookup(region => region.Long("map"));
        foreach ((bool _, ImageRecord? map) in entries.AddressSpaces().Take(ImageFormat.MaxDomains))
        {
            Mark(document, entries, map is null ? [] : [.. regions[map.Number]], isMap);
        }

        return isMap;
    }

    private static void Mark(ImageDocument document, ImageEntries entries, ImageRecord[] regions, bool[] isMap)
    {
        ImageRecord? first = Array.Find(regions, region => region.Long("address") <= MemoryLayout.InitialMemory
            && MemoryLayout.InitialMemory < region.Long("address") + region.Long("size"));
        ReadOnlySpan<byte> content = first is not null && entries.Find(first.Long("shows")) is { } initial ? document.ContentOf(initial) : [];
        long blockAt = first is null ? 0 : first.Long("offset") + MemoryLayout.InitialMemory - first.Long("address");
        if (blockAt < 0 || blockAt + CapabilityMap.SizeAt + 4 > content.Length)
        {
            return;
        }

        ReadOnlySpan<byte> block = content[(int)blockAt..];
        long address = BinaryPrimitives.ReadInt32LittleEndian(block[CapabilityMap.AddressAt..]);
        long end = address + (4L * Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(block[CapabilityMap.SizeAt..]), 0, MostSelectors));
        foreach (ImageRecord region in regions)
        {
            ImageRecord? shown = entries.Find(region.Long("shows"));
            int length = shown is null ? 0 : document.ContentOf(shown).Length;
            long start = region.Long("address");
            long delta = region.Long("offset") - start;
            long from = Math.Max(Math.Max(address, start) + delta, 0);
            long to = Math.Min(Math.Min(end, start + region.Long("size")) + delta, length);
            for (long at = from; at < to; at++)
            {
                isMap[document.MemoryAt + shown!.Int("content_at") + at] = true;
            }
        }
    }
}
