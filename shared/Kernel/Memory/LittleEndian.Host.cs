// Little-endian stores on .NET: one store instead of four.
using System.Buffers.Binary;

namespace Tern.Kernel;

/// <summary>Writes numbers into byte arrays.</summary>
internal static class LittleEndian
{
    internal static void Write(byte[] array, int at, int value)
        => BinaryPrimitives.WriteInt32LittleEndian(System.MemoryExtensions.AsSpan(array, at, 4), value);
}
