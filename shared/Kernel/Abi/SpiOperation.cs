// The SPI session: one device on the board's SPI bus.
namespace Tern.Kernel;

/// <summary>Operations of an SPI session. The device's name is the last part of the session's label; a device belongs to one session.</summary>
public static class SpiOperation
{
    /// <summary>Answer: words 0 the clock rate in Hz, 1 most bytes of one transfer.</summary>
    public const int Info = 1;

    /// <summary>One selection, full duplex. Words: 0 offset of the bytes that go out, 1 offset of those that come in, 2 how many;
    /// capability 0: the dataspace that has both. The two are the same bytes or apart, and each is in one piece of memory.</summary>
    public const int Transfer = 2;
}
