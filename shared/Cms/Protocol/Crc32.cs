// CRC-32 (IEEE 802.3, reflected) of frames. Images are checked by the board's crypto unit instead (CryptoSession).
namespace Tern.Cms;

/// <summary>A small table, four bits a step: frames are short.</summary>
public static class Crc32
{
    private static readonly uint[] Table =
    [
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
        0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    ];

    /// <summary>Continues a checksum over a piece of a buffer; begins with 0.</summary>
    public static int Compute(int crc, byte[] buffer, int offset, int length)
    {
        uint value = ~(uint)crc;
        for (int i = offset; i < offset + length; i++)
        {
            value ^= buffer[i];
            value = (value >> 4) ^ Table[value & 15];
            value = (value >> 4) ^ Table[value & 15];
        }

        return (int)~value;
    }
}
