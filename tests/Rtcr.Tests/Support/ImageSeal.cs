// Sealing by hand: as docs/checkpoint-image.md has it, and not with RTCR's code.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>Seals images that a test has changed.</summary>
public static class ImageSeal
{
    /// <summary>Writes checksum and authentication code of an image whose length is right.</summary>
    public static void Close(ICrypto crypto, byte[] image)
    {
        int end = image.Length - ImageFormat.TrailerSize;
        int crc = crypto.Crc32(0, image, ImageFormat.HeaderSize, end - ImageFormat.HeaderSize);
        Put(image, ImageFormat.CrcAt, crc);
        crypto.BeginMac(1);
        crypto.UpdateMac(image, 0, end);
        crypto.EndMac(image, end);
    }

    public static void Put(byte[] image, int at, int value)
    {
        for (int i = 0; i < 4; i++)
        {
            image[at + i] = (byte)(value >> (8 * i));
        }
    }

    public static int Get(byte[] image, int at)
        => image[at] | (image[at + 1] << 8) | (image[at + 2] << 16) | (image[at + 3] << 24);
}
