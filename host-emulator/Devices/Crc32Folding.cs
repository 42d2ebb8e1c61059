// CRC-32 with the processor's carry-less multiplication: 64 bytes a step, some ten times as fast as tables.
// After V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (Intel, 2009): four
// 128-bit remainders are folded over the data, then into one, then to 64 bits, then by Barrett's reduction to 32. The
// constants are that paper's for the reflected polynomial: powers of x modulo it.
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tern.HostEmulator;

internal static class Crc32Folding
{
    /// <summary>The fewest bytes that can be folded; a longer piece has to be a multiple of 16.</summary>
    internal const int Least = 64;

    /// <summary>Data is folded in multiples of this.</summary>
    internal const int Step = 16;

    /// <summary>Whether this processor can.</summary>
    internal static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Continues a checksum over at least <see cref="Least"/> bytes, a multiple of <see cref="Step"/>. The checksum is inverted, before and after.</summary>
    internal static uint Continue(uint inverted, ReadOnlySpan<byte> data)
    {
        Vector128<ulong> by64 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
        ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        Vector128<ulong> a = blocks[0] ^ Vector128.CreateScalar(inverted).AsUInt64();
        Vector128<ulong> b = blocks[1];
        Vector128<ulong> c = blocks[2];
        Vector128<ulong> d = blocks[3];
        blocks = blocks[4..];
        for (; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Fold(a, by64) ^ blocks[0];
            b = Fold(b, by64) ^ blocks[1];
            c = Fold(c, by64) ^ blocks[2];
            d = Fold(d, by64) ^ blocks[3];
        }

        Vector128<ulong> by16 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
        a = Fold(a, by16) ^ b;
        a = Fold(a, by16) ^ c;
        a = Fold(a, by16) ^ d;
        foreach (Vector128<ulong> block in blocks)
        {
            a = Fold(a, by16) ^ block;
        }

        return Reduce(a, by16);
    }

    private static Vector128<ulong> Fold(Vector128<ulong> remainder, Vector128<ulong> by)
        => Pclmulqdq.CarrylessMultiply(remainder, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(remainder, by, 0x11);

    /// <summary>128 bits to 64, 64 to 32.</summary>
    private static uint Reduce(Vector128<ulong> remainder, Vector128<ulong> by16)
    {
        Vector128<ulong> low32 = Vector128.Create(0xffffffffUL, 0xffffffffUL);
        Vector128<ulong> x = Sse2.ShiftRightLogical128BitLane(remainder, 8) ^ Pclmulqdq.CarrylessMultiply(remainder, by16, 0x10);
        x = Sse2.ShiftRightLogical128BitLane(x, 4) ^ Pclmulqdq.CarrylessMultiply(x & low32, Vector128.CreateScalar(0x0163cd6124UL), 0x00);

        Vector128<ulong> barrett = Vector128.Create(0x01db710641UL, 0x01f7011641UL);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(x & low32, barrett, 0x10) & low32;
        return (x ^ Pclmulqdq.CarrylessMultiply(quotient, barrett, 0x00)).AsUInt32()[1];
    }
}
