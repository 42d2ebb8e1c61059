// The write interceptor: what the engine writes to an intercepted region goes to its redundant copy too, and its granules are marked.
// Invariants: of overlapping regions the lowest number counts; a burst is mirrored and marked whole or not at all. Page numbers wrap as the
// hardware's do, at 2^20.
namespace Tern.HostEmulator;

internal sealed class FpgaInterceptor(byte[] memory, FpgaDirtyMap map)
{
    private const int PageBits = 12;
    private const uint PageMask = (1 << (32 - PageBits)) - 1;

    private readonly Region[] _regions = new Region[FpgaLimits.Regions];

    /// <summary>From the next write on. No pages end a region.</summary>
    internal void Set(int number, uint primary, uint redundant, uint pages, int granularity) =>
        _regions[number] = new Region(primary >> PageBits, redundant >> PageBits, pages, granularity);

    internal void Reset() => Array.Clear(_regions);

    /// <summary>Writes at most a burst's bytes, which do not cross a multiple of 128 bytes.</summary>
    /// <returns>Whether every memory that was written has the address.</returns>
    internal bool Write(uint address, ReadOnlySpan<byte> data)
    {
        bool written = Store(address, data);
        uint page = address >> PageBits;
        for (int number = 0; number < _regions.Length; number++)
        {
            Region region = _regions[number];
            uint offset = (page - region.Primary) & PageMask;
            if (offset >= region.Pages)
            {
                continue;
            }

            Mark(number, region, offset, address);
            uint mirrored = ((region.Redundant + offset) << PageBits) | (address % FpgaLimits.Page);
            return Store(mirrored, data) && written;
        }

        return written;
    }

    /// <summary>A burst lies in one granule, which is no smaller and aligned.</summary>
    private void Mark(int number, Region region, uint offset, uint address)
    {
        const int Share = FpgaLimits.Map / FpgaLimits.Regions;
        uint start = (offset << PageBits) | (address % FpgaLimits.Page);
        map.Mark((number * Share) + (int)((start >> region.Granularity) % Share));
    }

    private bool Store(uint address, ReadOnlySpan<byte> data)
    {
        if (address >= memory.Length)
        {
            return false;
        }

        data.CopyTo(memory.AsSpan((int)address));
        return true;
    }

    private readonly record struct Region(uint Primary, uint Redundant, uint Pages, int Granularity);
}
