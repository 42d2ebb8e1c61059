// Checksums and authentication. Keys stay behind this interface: shared code names a key by its number and never sees it.
namespace Tern.Kernel;

/// <summary>The board's checksum and message-authentication unit. One computation runs at a time.</summary>
public interface ICrypto
{
    /// <summary>Continues a CRC-32 (IEEE 802.3, reflected) over a piece of a buffer.</summary>
    /// <param name="crc">The checksum so far; 0 to begin.</param>
    /// <param name="buffer">Where the bytes are.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <returns>The checksum including this piece.</returns>
    int Crc32(int crc, byte[] buffer, int offset, int length);

    /// <summary>Begins an HMAC-SHA-256, abandoning one that was under way.</summary>
    /// <param name="key">The number of a key that the board owns.</param>
    /// <returns><c>false</c> when the board has no such key.</returns>
    bool BeginMac(int key);

    /// <summary>Adds a piece of a buffer to the authentication code.</summary>
    void UpdateMac(byte[] buffer, int offset, int length);

    /// <summary>Ends the computation and writes the 32 bytes of the code.</summary>
    void EndMac(byte[] code, int offset);
}
