// The dirty map: a bit a granule, an equal share for each region in turn. A reset leaves it as it is.
namespace Tern.HostEmulator;

internal sealed class FpgaDirtyMap
{
    private readonly byte[] _bits = new byte[FpgaLimits.Map / 8];

    internal ReadOnlySpan<byte> Bits => _bits;

    internal void Mark(int bit) => _bits[bit / 8] |= (byte)(1 << (bit % 8));

    /// <summary>Clears whole bytes.</summary>
    internal void Clear(int first, int bytes) => _bits.AsSpan(first / 8, bytes).Clear();
}
