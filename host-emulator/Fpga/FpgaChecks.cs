// What both cores ask of their callers.
namespace Tern.HostEmulator;

internal static class FpgaChecks
{
    private const int ShortestByte = 8 * FpgaLimits.ClockPicoseconds;

    internal static void MemorySize(int size)
    {
        if (size < FpgaLimits.Page || size > 1 << FpgaLimits.WindowBits || !int.IsPow2(size))
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "the FPGA's memory has a power of two of bytes, from 4096 to 2^28");
        }
    }

    internal static void Selection(int mosi, int miso, int picosecondsPerByte)
    {
        if (miso < mosi)
        {
            throw new ArgumentException($"{mosi} bytes go out and only {miso} have room to come in", nameof(miso));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(picosecondsPerByte, ShortestByte);
    }
}
