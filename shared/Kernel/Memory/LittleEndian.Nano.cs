// Little-endian stores on nanoFramework, which has no Span and whose BitConverter would allocate.
namespace Tern.Kernel;

/// <summary>Writes numbers into byte arrays.</summary>
internal static class LittleEndian
{
    internal static void Write(byte[] array, int at, int value)
    {
        array[at] = (byte)value;
        array[at + 1] = (byte)(value >> 8);
        array[at + 2] = (byte)(value >> 16);
        array[at + 3] = (byte)(value >> 24);
    }
}
