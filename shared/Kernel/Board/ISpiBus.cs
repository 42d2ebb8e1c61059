// The SPI bus: devices that are talked to by selecting one and clocking bytes out and in at once.
namespace Tern.Kernel;

/// <summary>The board's SPI devices, each with its own chip select and clock rate.</summary>
public interface ISpiBus
{
    /// <summary>A device by the name under which components ask for it.</summary>
    /// <returns>Its number; −1 when nothing is wired under this name. Whether the device is there the bus cannot tell.</returns>
    int Find(string name);

    /// <summary>The rate at which a device's bits are clocked, in Hz, more than 0.</summary>
    int ClockHz(int device);

    /// <summary>Most bytes of one transfer with a device, more than 0.</summary>
    int LongestTransfer(int device);

    /// <summary>One selection: the chip select falls, as many bytes go out as come in, it rises. It returns when that is done. When no device
    /// answers, what comes in is whatever the open line reads as: that is no failure of the bus.</summary>
    /// <param name="device">The device's number.</param>
    /// <param name="output">Where the bytes that go out stand.</param>
    /// <param name="outAt">The first one.</param>
    /// <param name="input">Gets the bytes that come in; may be the same bytes as those that go out, otherwise they are apart.</param>
    /// <param name="inAt">Where the first one goes.</param>
    /// <param name="length">How many, 1 to <see cref="LongestTransfer"/>.</param>
    /// <returns><c>false</c> when the bus failed; what came in is then undefined.</returns>
    bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length);
}
