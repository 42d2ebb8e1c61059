// The client's side of core's Crypto service.
namespace Tern.Kernel;

/// <summary>A Crypto session: checksums and authentication codes over dataspaces.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct CryptoSession(Env env, int session)
{
    /// <summary>Bytes of an authentication code.</summary>
    public const int MacSize = 32;

    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>CRC-32 of a range of a dataspace.</summary>
    public int Crc32(int dataspace, int offset, int length, out Error error) => Crc32(dataspace, offset, length, 0, out error);

    /// <summary>Continues a CRC-32 over a range of a dataspace.</summary>
    /// <param name="dataspace">The dataspace.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="crc">The checksum of what came before; 0 to begin.</param>
    /// <param name="error">The outcome.</param>
    public int Crc32(int dataspace, int offset, int length, int crc, out Error error)
    {
        Message message = env.Compose(CryptoOperation.Crc32).Add(offset).Add(length).Add(crc).AddCapability(dataspace);
        error = env.Call(session, message);
        return message.Word(0);
    }

    /// <summary>HMAC-SHA-256 of a range of a dataspace.</summary>
    /// <param name="dataspace">The dataspace.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="key">The number of a key that the board owns.</param>
    /// <param name="code">Gets the <see cref="MacSize"/> bytes of the code.</param>
    public Error Mac(int dataspace, int offset, int length, int key, byte[] code)
    {
        Message message = env.Compose(CryptoOperation.Mac).Add(offset).Add(length).Add(key).AddCapability(dataspace);
        Error error = env.Call(session, message);
        return error == Error.None && message.CopyBytes(code, 0, MacSize) != MacSize ? Error.BadData : error;
    }

    /// <summary>32 random bits.</summary>
    public int Random()
    {
        Message message = env.Compose(CryptoOperation.Random);
        env.Call(session, message);
        return message.Word(0);
    }
}
