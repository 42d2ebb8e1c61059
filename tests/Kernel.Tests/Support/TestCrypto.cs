// A stand-in for the board's crypto unit: deterministic and keyed, but no real cryptography.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Checksums for tests: a true CRC-32, and a keyed mixing function in the place of the authentication code.</summary>
public sealed class TestCrypto : ICrypto
{
    private uint _state;

    public int Crc32(int crc, byte[] buffer, int offset, int length)
    {
        uint value = ~(uint)crc;
        for (int i = 0; i < length; i++)
        {
            value ^= buffer[offset + i];
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xedb88320 : value >> 1;
            }
        }

        return (int)~value;
    }

    public bool BeginMac(int key)
    {
        _state = (2166136261 ^ (uint)key) * 16777619;
        return key == 1 || key == 2;
    }

    public void UpdateMac(byte[] buffer, int offset, int length)
    {
        for (int i = 0; i < length; i++)
        {
            _state = (_state ^ buffer[offset + i]) * 16777619;
        }
    }

    public void EndMac(byte[] code, int offset)
    {
        for (int i = 0; i < 32; i++)
        {
            _state = (_state ^ (uint)i) * 16777619;
            code[offset + i] = (byte)(_state >> 24);
        }
    }
}
