// Sealing: checksum and authentication code, made after the target runs again and checked before one byte is used.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Seals images and checks seals. The key stays with the board.</summary>
internal sealed class Seal
{
    /// <summary>The number of the key that all boards of a vehicle share for checkpoints.</summary>
    internal const int Key = 1;

    private readonly Env _env;
    private readonly CryptoSession _crypto;
    private readonly byte[] _code = new byte[CryptoSession.MacSize];
    private readonly byte[] _found = new byte[CryptoSession.MacSize];

    internal Seal(Env env, CryptoSession crypto)
    {
        _env = env;
        _crypto = crypto;
    }

    /// <summary>Completes a captured image.</summary>
    internal Error Close(ImagePlace place, int size)
    {
        int crc = Crc(place, size, out Error error);
        if (error != Error.None)
        {
            return error;
        }

        _env.Memory.WriteInt32(place.Address + ImageFormat.CrcAt, crc);
        int covered = size - ImageFormat.TrailerSize;
        error = _crypto.Mac(place.Dataspace, place.Offset, covered, Key, _code);
        if (error == Error.None)
        {
            _env.Memory.Write(place.Address + covered, _code, 0, _code.Length);
        }

        return error;
    }

    /// <summary>Checks an image that came from anywhere.</summary>
    /// <returns>BadData when it is malformed or not sealed with the key.</returns>
    internal Error Check(ImagePlace place)
    {
        Memory memory = _env.Memory;
        int size = place.Capacity;
        if (size < ImageFormat.HeaderSize + ImageFormat.TrailerSize
            || memory.ReadInt32(place.Address) != ImageFormat.Magic
            || memory.ReadInt32(place.Address + ImageFormat.SizeAt) != size)
        {
            return Error.BadData;
        }

        int covered = size - ImageFormat.TrailerSize;
        Error error = _crypto.Mac(place.Dataspace, place.Offset, covered, Key, _code);
        if (error != Error.None)
        {
            return error;
        }

        memory.Read(place.Address + covered, _found, 0, _found.Length);
        bool versionIsKnown = memory.ReadInt32(place.Address + ImageFormat.VersionAt)
            == (ImageFormat.Version | (ImageFormat.HeaderSize << 16))
            && memory.ReadInt32(place.Address + ImageFormat.FlagsAt) == 0;
        bool crcIsRight = memory.ReadInt32(place.Address + ImageFormat.CrcAt) == Crc(place, size, out error);
        return HasCode(_found) && versionIsKnown && crcIsRight ? error : Error.BadData;
    }

    /// <summary>Copies the authentication code of the image that was checked last.</summary>
    internal void CopyCode(byte[] code) => System.Array.Copy(_code, 0, code, 0, _code.Length);

    /// <summary>Whether the image that was checked last has an authentication code.</summary>
    internal bool HasCode(byte[] code)
    {
        int difference = 0;
        for (int i = 0; i < _code.Length; i++)
        {
            difference |= _code[i] ^ code[i];
        }

        return difference == 0;
    }

    private int Crc(ImagePlace place, int size, out Error error) => _crypto.Crc32(
        place.Dataspace,
        place.Offset + ImageFormat.HeaderSize,
        size - ImageFormat.HeaderSize - ImageFormat.TrailerSize,
        out error);
}
