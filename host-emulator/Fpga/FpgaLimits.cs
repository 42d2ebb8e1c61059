// What the core can hold: the parameters of hw/rtl/tern_core.v, as the native library and the Zynq's top choose them.
namespace Tern.HostEmulator;

internal static class FpgaLimits
{
    /// <summary>Payloads have at most 2^12 bytes.</summary>
    internal const int PayloadBits = 12;

    /// <summary>Bytes of the largest payload.</summary>
    internal const int Payload = 1 << PayloadBits;

    /// <summary>Jobs that may wait or run.</summary>
    internal const int Jobs = 16;

    /// <summary>Jobs whose results are known.</summary>
    internal const int Results = 16;

    /// <summary>Regions that may be intercepted.</summary>
    internal const int Regions = 4;

    /// <summary>The dirty map has 2^15 bits.</summary>
    internal const int MapBits = 15;

    /// <summary>Bits of the dirty map.</summary>
    internal const int Map = 1 << MapBits;

    /// <summary>Addresses are below 2^28: the window of DDR that the Zynq's top gives the core.</summary>
    internal const int WindowBits = 28;

    /// <summary>Bytes of the largest burst of reads; a burst ends where an address is a multiple of it.</summary>
    internal const int ReadBurst = 128;

    /// <summary>Bytes of the largest burst of writes; a burst ends where an address is a multiple of it.</summary>
    internal const int WriteBurst = 64;

    /// <summary>Bytes of a page of the interceptor's regions.</summary>
    internal const int Page = 4096;

    /// <summary>Clocks for which CS is high after a frame.</summary>
    internal const int Pause = 8;

    /// <summary>Picoseconds of a clock: 100 MHz.</summary>
    internal const int ClockPicoseconds = 10_000;
}
