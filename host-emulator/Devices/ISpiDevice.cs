// A virtual device on a board's SPI bus.
namespace Tern.HostEmulator;

/// <summary>What a chip select leads to.</summary>
public interface ISpiDevice
{
    /// <summary>Whether the device hangs on the wires. Without it nobody drives MISO.</summary>
    bool IsPlugged { get; }

    /// <summary>One selection.</summary>
    /// <param name="time">When the chip select falls, in nanoseconds of world time; never before the last selection's end.</param>
    /// <param name="mosi">The bytes that go to the device.</param>
    /// <param name="miso">Gets as many from it; apart from <paramref name="mosi"/>.</param>
    /// <param name="picosecondsPerByte">What eight bits take on the wire.</param>
    void Exchange(long time, ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte);
}
