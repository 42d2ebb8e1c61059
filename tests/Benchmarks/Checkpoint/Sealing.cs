// Sealing: a CRC-32 and an HMAC-SHA-256 over the whole image, beside the hash alone.
using System.Security.Cryptography;

namespace Tern.Benchmarks;

internal sealed class Sealing : Benchmark
{
    private const int Mega = 1_000_000;

    private static readonly int[] Sizes = [Mega, 10 * Mega, 200 * Mega];

    private readonly byte[] _code = new byte[HMACSHA256.HashSizeInBytes];
    private readonly List<TargetBoard> _boards = [];

    internal override string Title => "Sealing an image and restoring from it, by the size of the target's memory";

    internal override string Note => "The target runs while its image is sealed. A restore checks the seal first, then makes and fills the component.";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var cases = new List<Case>();
        foreach (int bytes in size == Size.Full ? Sizes : Sizes[..1])
        {
            cases.AddRange(Group(bytes));
        }

        return cases;
    }

    public override void Dispose()
    {
        _boards.ForEach(board => board.Dispose());
        base.Dispose();
    }

    private Case[] Group(int bytes)
    {
        string size = (bytes / Mega) + " MB";
        bool isLong = bytes >= 10 * Mega;
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        byte[] key = new byte[32];
        var board = new TargetBoard(1, bytes, true);
        _boards.Add(board);
        var hash = new Case("HMAC-SHA-256 of " + size, Case.Timed(count => Hash(key, content, count))) { Bytes = bytes, IsLong = isLong };
        return
        [
            hash,
            new Case("seal of " + size, board.Seal) { Bytes = bytes, Beside = hash, IsLong = isLong, Aim = Aim.Times(1.2) },
            new Case("restore of " + size, board.Restore) { Bytes = bytes, Beside = hash, IsLong = isLong },
        ];
    }

    private void Hash(byte[] key, byte[] content, int count)
    {
        for (int i = 0; i < count; i++)
        {
            HMACSHA256.HashData(key, content, _code);
        }
    }
}
