// A board's checksum and authentication unit, on the host's own primitives.
// Invariants: keys never leave; one authentication code is computed at a time; no allocation after a key's first use.
using System.Security.Cryptography;
using System.Text;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>CRC-32 and HMAC-SHA-256 with the keys of a bench.</summary>
public sealed class HostCrypto : ICrypto, IDisposable
{
    /// <summary>The key that seals checkpoints; all boards of a bench share it.</summary>
    public const int CheckpointKey = 1;

    private readonly Dictionary<int, IncrementalHash> _codes = [];
    private IncrementalHash? _current;

    /// <summary>Makes a unit with the checkpoint key of a bench.</summary>
    /// <param name="benchSecret">What the key is derived from; boards that are to trust each other's checkpoints have the same.</param>
    public HostCrypto(string benchSecret = "bench") =>
        SetKey(CheckpointKey, DevelopmentKey(benchSecret));

    /// <summary>The checkpoint key of a bench's boards: anybody can derive it, so it protects nothing but against mistakes.</summary>
    public static byte[] DevelopmentKey(string benchSecret) => SHA256.HashData(Encoding.UTF8.GetBytes("Tern checkpoint key: " + benchSecret));

    /// <summary>Gives the unit a key, or replaces one.</summary>
    public void SetKey(int number, byte[] key)
    {
        if (_codes.Remove(number, out IncrementalHash? old))
        {
            _current = _current == old ? null : _current;
            old.Dispose();
        }

        _codes[number] = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    }

    /// <inheritdoc/>
    public int Crc32(int crc, byte[] buffer, int offset, int length) =>
        (int)HostEmulator.Crc32.Continue((uint)crc, buffer.AsSpan(offset, length));

    /// <inheritdoc/>
    public bool BeginMac(int key)
    {
        Span<byte> abandoned = stackalloc byte[SHA256.HashSizeInBytes];
        _current?.GetHashAndReset(abandoned);
        return _codes.TryGetValue(key, out _current);
    }

    /// <inheritdoc/>
    public void UpdateMac(byte[] buffer, int offset, int length) => Begun.AppendData(buffer, offset, length);

    /// <inheritdoc/>
    public void EndMac(byte[] code, int offset)
    {
        Begun.GetHashAndReset(code.AsSpan(offset, SHA256.HashSizeInBytes));
        _current = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IncrementalHash code in _codes.Values)
        {
            code.Dispose();
        }

        _codes.Clear();
        _current = null;
    }

    private IncrementalHash Begun => _current ?? throw new InvalidOperationException("no authentication code was begun");
}
