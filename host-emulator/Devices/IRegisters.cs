// A virtual device with registers.
namespace Tern.HostEmulator;

/// <summary>A register window. Accesses lie within it and are aligned to their width: 1, 2 or 4 bytes.</summary>
public interface IRegisters
{
    /// <summary>Bytes of the window.</summary>
    int Size { get; }

    /// <summary>Reads a register.</summary>
    int Read(int offset, int width);

    /// <summary>Writes a register.</summary>
    void Write(int offset, int width, int value);

    /// <summary>The board is switched on: registers begin anew.</summary>
    void Reset();
}
