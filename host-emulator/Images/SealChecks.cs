// The seal of an image: its checksum, which finds accidents, and its authentication code, which finds everything else.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Tern.Rtcr;

namespace Tern.HostEmulator;

/// <summary>A key that images may be sealed with.</summary>
/// <param name="Name">Whose key it is, as part of a sentence.</param>
/// <param name="Key">The key.</param>
internal sealed record SealKey(string Name, byte[] Key);

internal static class SealChecks
{
    internal const string CodeName = "code";
    internal const string ChecksumName = "checksum";

    internal static ImageCheck Code(ImageDocument document, IReadOnlyList<SealKey> keys, string again)
    {
        if (document.Bytes.Length < ImageFormat.HeaderSize + ImageFormat.TrailerSize)
        {
            return ImageCheck.Skip(CodeName, "there are too few bytes for one");
        }

        ReadOnlySpan<byte> covered = document.Bytes.AsSpan(0, document.CodeAt);
        ReadOnlySpan<byte> found = document.Bytes.AsSpan(document.CodeAt);
        foreach (SealKey key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Key, covered), found))
            {
                return ImageCheck.Of(CodeName, "sealed with " + key.Name, [], "");
            }
        }

        string tried = keys.Count == 1 ? keys[0].Name : $"any of {Invariant.Of(keys.Count)} keys: {string.Join(", ", keys.Select(key => key.Name))}";
        bool isDamaged = Checksum(document, again).Outcome == CheckOutcome.Bad;
        return ImageCheck.Of(
            CodeName,
            "",
            [new ImageFault(document.CodeAt, "this is not the authentication code of these bytes with " + tried)],
            isDamaged ? "bytes have changed since it was sealed: " + again
                : "header or code have changed since it was sealed, or another key sealed it: give that key (--key-file, or --bench for the bench's own), or " + again);
    }

    internal static ImageCheck Checksum(ImageDocument document, string again)
    {
        if (document.Bytes.Length < ImageFormat.HeaderSize + ImageFormat.TrailerSize)
        {
            return ImageCheck.Skip(ChecksumName, "there are too few bytes for one");
        }

        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(document.Bytes.AsSpan(ImageFormat.CrcAt));
        uint found = Crc32.Continue(0, document.Bytes.AsSpan(ImageFormat.HeaderSize, document.CodeAt - ImageFormat.HeaderSize));
        ImageFault[] faults = expected == found ? [] :
        [
            new ImageFault(
                ImageFormat.CrcAt,
                $"the header says CRC-32 {Invariant.Hex(expected, 8)}, and bytes {Invariant.Of(ImageFormat.HeaderSize)} to {Invariant.Of(document.CodeAt - 1)} have {Invariant.Hex(found, 8)}"),
        ];
        return ImageCheck.Of(ChecksumName, "CRC-32 " + Invariant.Hex(expected, 8), faults, "bytes have changed since it was sealed: " + again);
    }
}
