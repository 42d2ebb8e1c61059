// The regions of an image: what is attached where, and whether that can be.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.HostEmulator;

internal static class Mappings
{
    internal static void Check(References references)
    {
        long map = -1;
        long end = 0;
        foreach (ImageRecord region in references.Whole(Section.Regions))
        {
            string name = "region " + Invariant.Of(region.Number);
            bool isGood = references.CheckEntry(region, "map", "the map of " + name)
                & references.CheckEntry(region, "shows", "what is shown by " + name);
            if (!isGood)
            {
                continue;
            }

            ImageRecord holder = references.Entries.Find(region.Long("map"))!;
            ImageRecord shown = references.Entries.Find(region.Long("shows"))!;
            long address = region.Long("address");
            long size = region.Long("size");
            long offset = region.Long("offset");
            bool isForeign = ImageEntries.KindOf(shown) == ObjectKind.Foreign;
            references.Check(
                holder.Int("type") == (int)ObjectType.RegionMap, region, "map", () => $"the map of {name} is {references.Entries.Describe(holder.Number)}, no region map");
            references.Check(
                isForeign || shown.Int("type") is (int)ObjectType.Dataspace or (int)ObjectType.RegionMap, region, "shows",
                () => $"{name} shows {references.Entries.Describe(shown.Number)}, which is no memory");
            references.Check(
                isForeign || offset + size <= shown.Long("amount"), region, "size",
                () => $"{name} shows bytes {Invariant.Of(offset)} to {Invariant.Of(offset + size)} of entry #{Invariant.Of(shown.Number)}, which has {Invariant.Of(shown.Long("amount"))}");
            references.Check(address + size <= int.MaxValue, region, "address", () => $"{name} ends behind the last address");

            // What is another target's may come last, when that target is not there yet.
            bool follows = isForeign || holder.Number != map || address >= end;
            references.Check(follows, region, "address", () => $"{name} begins at 0x{Invariant.Hex(address, 1)}, inside or before the one before");
            (map, end) = isForeign ? (map, end) : (holder.Number, address + size);
        }
    }
}
