// What a client's part of the co-processor's memory should hold, in plain C#: every job that was submitted, in order, at once.
using System.Buffers.Binary;
using Tern.Os;

namespace Tern.HostEmulator.Tests;

/// <summary>The reference for one session.</summary>
internal sealed class EngineTwin(int size, int bufferSize)
{
    private readonly Region?[] _regions = new Region?[4];

    internal byte[] Memory { get; } = new byte[size];

    internal byte[] Buffer { get; } = new byte[bufferSize];

    /// <summary>The values that jobs will end with, by their numbers.</summary>
    internal Dictionary<int, int> Values { get; } = [];

    /// <summary>The content was lost.</summary>
    internal void Lose()
    {
        Array.Clear(Memory);
        Array.Clear(_regions);
    }

    internal void Write(int address, int offset, int length) => Store(address, Buffer.AsSpan(offset, length));

    internal void Read(int address, int offset, int length) => Memory.AsSpan(address, length).CopyTo(Buffer.AsSpan(offset));

    internal void Copy(int source, int destination, int length) => Store(destination, Memory.AsSpan(source, length).ToArray());

    internal void Fill(int pattern, int address, int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(pattern >> (8 * (i & 3)));
        }

        Store(address, bytes);
    }

    internal void Compare(int job, int source, int destination, int length)
    {
        int same = Memory.AsSpan(source, length).CommonPrefixLength(Memory.AsSpan(destination, length));
        Values[job] = same == length ? -1 : destination + same;
    }

    internal void Crc(int job, int source, int length) => Values[job] = Tern.Cms.Crc32.Compute(0, Memory, source, length);

    internal void CopyList(int offset, int entries)
    {
        for (int entry = 0; entry < entries; entry++)
        {
            Span<byte> at = Buffer.AsSpan(offset + (entry * CopyEngineList.EntrySize));
            Copy(BinaryPrimitives.ReadInt32LittleEndian(at), BinaryPrimitives.ReadInt32LittleEndian(at[4..]), BinaryPrimitives.ReadInt32LittleEndian(at[8..]));
        }
    }

    internal void DirtyRead(int region, int first, bool clear, int bytes, int offset)
    {
        bool[] dirty = _regions[region]!.Dirty;
        for (int i = 0; i < 8 * bytes; i++)
        {
            int mask = 1 << (i & 7);
            byte old = Buffer[offset + (i / 8)];
            Buffer[offset + (i / 8)] = (byte)(dirty[first + i] ? old | mask : old & ~mask);
            dirty[first + i] &= !clear;
        }
    }

    internal void DirtyClear(int region, int first, int bytes) => Array.Clear(_regions[region]!.Dirty, first, 8 * bytes);

    internal void Intercept(int region, int primary, int redundant, int length, int granularity)
        => _regions[region] = length == 0 ? null : new Region(primary, redundant, length, granularity);

    internal bool HasRegion(int region) => _regions[region] is not null;

    private void Store(int address, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Memory.AsSpan(address));
        foreach (Region region in _regions.OfType<Region>())
        {
            int begin = Math.Max(address, region.Primary);
            int end = Math.Min(address + bytes.Length, region.Primary + region.Length);
            for (int at = begin; at < end; at++)
            {
                Memory[region.Redundant + at - region.Primary] = Memory[at];
                region.Dirty[(at - region.Primary) >> region.Granularity] = true;
            }
        }
    }

    private sealed record Region(int Primary, int Redundant, int Length, int Granularity)
    {
        internal bool[] Dirty { get; } = new bool[8192];
    }
}
