// Register windows of devices: what a driver reads and writes directly.
namespace Tern.Kernel;

/// <summary>The board's register windows. An access has 1, 2 or 4 bytes, lies within its window and is aligned to its width:
/// the kernel sees to that. It may have effects, also when it only reads.</summary>
public interface IIoMemory
{
    /// <summary>A window by the name under which components ask for it.</summary>
    /// <returns>Its number; −1 when the board has no such window.</returns>
    int Find(string name);

    /// <summary>Bytes of a window, more than 0.</summary>
    int Size(int window);

    /// <summary>Reads a register.</summary>
    /// <param name="window">The window's number.</param>
    /// <param name="offset">Where in the window.</param>
    /// <param name="width">How many bytes: 1, 2 or 4.</param>
    /// <returns>The value; what does not belong to the width is ignored.</returns>
    int Read(int window, int offset, int width);

    /// <summary>Writes a register.</summary>
    /// <param name="window">The window's number.</param>
    /// <param name="offset">Where in the window.</param>
    /// <param name="width">How many bytes: 1, 2 or 4.</param>
    /// <param name="value">The value; what does not belong to the width is ignored.</param>
    void Write(int window, int offset, int width, int value);
}
