// A counter peripheral: counts a sensor's pulses in hardware, whether a driver runs or not.
using System.Buffers.Binary;

namespace Tern.HostEmulator;

/// <summary>
/// Registers: 0 the count, 32 bits, read-only; 4 control, a write of 1 sets the count to 0; 8 a register that keeps what is
/// written, in any width. All are 0 at power-on; others read as 0.
/// </summary>
public sealed class PulseCounter : IRegisters
{
    private const int CountAt = 0;
    private const int ControlAt = 4;
    private const int ScratchAt = 8;

    private readonly byte[] _registers = new byte[12];

    /// <inheritdoc/>
    public int Size => 16;

    /// <summary>Pulses since power-on or the last clear.</summary>
    public int Count
    {
        get => BinaryPrimitives.ReadInt32LittleEndian(_registers);
        private set => BinaryPrimitives.WriteInt32LittleEndian(_registers, value);
    }

    /// <summary>A pulse has come.</summary>
    public void Pulse() => Count = unchecked(Count + 1);

    /// <inheritdoc/>
    public int Read(int offset, int width)
    {
        int value = 0;
        for (int i = 0; i < width && offset + i < _registers.Length; i++)
        {
            value |= _registers[offset + i] << (8 * i);
        }

        return value;
    }

    /// <inheritdoc/>
    public void Write(int offset, int width, int value)
    {
        if (offset == ControlAt && (value & 1) != 0)
        {
            Count = 0;
        }

        for (int i = 0; i < width && offset + i < _registers.Length; i++)
        {
            if (offset + i >= ScratchAt)
            {
                _registers[offset + i] = (byte)(value >> (8 * i));
            }
        }
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(_registers, CountAt, _registers.Length);
}
