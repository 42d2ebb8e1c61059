// CRC-32 of IEEE 802.3 (reflected, polynomial 0xEDB88320): folded where the processor can, otherwise eight bytes a step
// ("slicing by 8").
using System.Buffers.Binary;

namespace Tern.HostEmulator;

internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Continues a checksum; 0 begins one.</summary>
    internal static uint Continue(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        if (Crc32Folding.IsSupported && data.Length >= Crc32Folding.Least)
        {
            int folded = data.Length / Crc32Folding.Step * Crc32Folding.Step;
            crc = Crc32Folding.Continue(crc, data[..folded]);
            data = data[folded..];
        }

        return ~Slice(crc, data);
    }

    /// <summary>Continues an inverted checksum by tables.</summary>
    internal static uint Slice(uint crc, ReadOnlySpan<byte> data)
    {
        uint[][] t = Tables;
        for (; data.Length >= 8; data = data[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
        }

        foreach (byte b in data)
        {
            crc = (crc >> 8) ^ t[0][(crc ^ b) & 0xFF];
        }

        return crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int slice = 0; slice < 8; slice++)
        {
            tables[slice] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                tables[slice][i] = slice == 0 ? OfByte(i) : (tables[slice - 1][i] >> 8) ^ tables[0][tables[slice - 1][i] & 0xFF];
            }
        }

        return tables;
    }

    private static uint OfByte(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        }

        return value;
    }
}
