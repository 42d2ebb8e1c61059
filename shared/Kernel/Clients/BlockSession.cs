// The client's side of core's Block service.
namespace Tern.Kernel;

/// <summary>A Block session.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct BlockSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Reads the device's geometry.</summary>
    public Error Info(out int blockSize, out int blockCount)
    {
        Message message = env.Compose(BlockOperation.Info);
        Error error = env.Call(session, message);
        blockSize = message.Word(0);
        blockCount = message.Word(1);
        return error;
    }

    /// <summary>Reads blocks into a dataspace.</summary>
    public Error Read(int block, int count, int dataspace, int offset) => Transfer(BlockOperation.Read, block, count, dataspace, offset);

    /// <summary>Writes blocks from a dataspace; durable after <see cref="Flush"/>.</summary>
    public Error Write(int block, int count, int dataspace, int offset) => Transfer(BlockOperation.Write, block, count, dataspace, offset);

    /// <summary>Makes all writes durable.</summary>
    public Error Flush() => env.Call(session, env.Compose(BlockOperation.Flush));

    private Error Transfer(int opcode, int block, int count, int dataspace, int offset)
        => env.Call(session, env.Compose(opcode).Add(block).Add(count).Add(offset).AddCapability(dataspace));
}
