// The capability map in the target's memory: a restore has to find it through the regions of the address space, to write the
// new badges there.
using System.Buffers.Binary;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class MapCheck
{
    private const int MostSelectors = 4096;

    internal static void Check(References references)
    {
        ILookup<long, ImageRecord> regions = references.Whole(Section.Regions).ToLookup(region => region.Long("map"));
        foreach ((bool isOwn, ImageRecord? map) in references.Entries.AddressSpaces().Take(ImageFormat.MaxDomains))
        {
            Check(references, map is null ? [] : [.. regions[map.Number]], isOwn);
        }
    }

    private static void Check(References references, ImageRecord[] regions, bool isOwn)
    {
        bool hasMemory = regions.Any(region => region.Long("address") <= MemoryLayout.InitialMemory
            && MemoryLayout.InitialMemory < region.Long("address") + region.Long("size"));
        if (!hasMemory && !isOwn)
        {
            // A child that is still being made has no memory yet, and so no map.
            return;
        }

        ReadOnlySpan<byte> block = Show(references, regions, MemoryLayout.InitialMemory, CapabilityMap.SizeAt + 4, out _);
        if (block.IsEmpty)
        {
            Fault(references, $"no own memory is attached at 0x{MemoryLayout.InitialMemory:x}, where the runtime's block is");
            return;
        }

        long address = BinaryPrimitives.ReadInt32LittleEndian(block[CapabilityMap.AddressAt..]);
        int size = BinaryPrimitives.ReadInt32LittleEndian(block[CapabilityMap.SizeAt..]);
        if ((uint)size > MostSelectors)
        {
            Fault(references, $"the capability map would have {Invariant.Of(size)} selectors; it may have {Invariant.Of(MostSelectors)}");
            return;
        }

        for (int selector = 0; selector < size;)
        {
            // A map may lie across several dataspaces, but no word of it does.
            long at = address + (4L * selector);
            if (Show(references, regions, at, 4, out long end).IsEmpty)
            {
                Fault(references, $"no own memory is attached at 0x{Invariant.Hex(at, 1)}, where the capability map has selector {Invariant.Hex(selector, 6)}");
                return;
            }

            selector += (int)Math.Min(size, (end - at) / 4);
        }
    }

    /// <summary>The contents that the address space shows from an address on; empty when they are not the target's own.</summary>
    private static ReadOnlySpan<byte> Show(References references, ImageRecord[] regions, long address, int length, out long end)
    {
        foreach (ImageRecord region in regions)
        {
            end = region.Long("address") + region.Long("size");
            ImageRecord? shown = references.Entries.Find(region.Long("shows"));
            long offset = region.Long("offset") + address - region.Long("address");
            if (address >= region.Long("address") && address + length <= end && shown is not null && MadeObjects.IsOwnMemory(references.Entries, shown))
            {
                ReadOnlySpan<byte> content = references.Document.ContentOf(shown);
                return offset >= 0 && offset + length <= content.Length ? content[(int)offset..] : [];
            }
        }

        end = 0;
        return [];
    }

    private static void Fault(References references, string text) =>
        references.Faults.Add(new ImageFault(references.Document[Section.Regions].At, text));
}
