// What this machine does in this very run: figures of other runs and machines are to be read against these.
using System.Security.Cryptography;
using Tern.HostEmulator;

namespace Tern.Benchmarks;

internal sealed class Yardsticks : Benchmark
{
    private const int Small = 64 * 1024;
    private const int Middle = 1 << 20;
    private const int Large = 200 * 1000 * 1000;

    private readonly HostCrypto _crypto = new();
    private readonly List<PlainCopy> _copies = [];
    private readonly byte[] _code = new byte[32];

    internal override string Title => "Yardsticks: what the machine itself does";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        int large = size == Size.Full ? Large : Middle;
        var from = new byte[Middle];
        new Random(1).NextBytes(from);
        return
        [
            MemCopy("64 KB", Small, false),
            MemCopy("1 MB", Middle, false),
            MemCopy("200 MB", large, true),
            Bytes("SHA-256 of 1 MB", Middle, () => SHA256.HashData(from.AsSpan(0, Middle), _code)),
            Bytes("HMAC-SHA-256 of 1 MB, as the emulator's boards do it", Middle, () => Mac(from, Middle)),
            Bytes("CRC-32 of 1 MB, as the emulator's boards do it", Middle, () => _crypto.Crc32(0, from, 0, Middle)),
        ];
    }

    public override void Dispose()
    {
        _copies.ForEach(copy => copy.Dispose());
        _crypto.Dispose();
        base.Dispose();
    }

    private void Mac(byte[] bytes, int length)
    {
        _crypto.BeginMac(HostCrypto.CheckpointKey);
        _crypto.UpdateMac(bytes, 0, length);
        _crypto.EndMac(_code, 0);
    }

    private Case MemCopy(string size, int bytes, bool isLong)
    {
        var copy = new PlainCopy(bytes);
        _copies.Add(copy);
        return new Case("memcpy of " + size, copy.Measure) { Bytes = bytes, AllocatesNothing = true, IsLong = isLong };
    }

    private static Case Bytes(string name, int bytes, Action work) => new(name, Case.Timed(count =>
    {
        for (int i = 0; i < count; i++)
        {
            work();
        }
    }))
    {
        Bytes = bytes,
        AllocatesNothing = true,
    };
}
