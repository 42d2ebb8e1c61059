// Core's Crypto service: checksums and authentication codes over dataspaces; the keys stay behind the board.
namespace Tern.Kernel;

/// <summary>Core's side of a Crypto session.</summary>
internal sealed class CryptoSessionServer : CoreSession
{
    private const int MacSize = 32;

    private readonly DataspaceSpan _span;
    private readonly byte[] _code = new byte[MacSize];

    internal CryptoSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
        _span = new DataspaceSpan(core.Kernel.Memory);
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case CryptoOperation.Crc32:
                return Crc32(message);
            case CryptoOperation.Mac:
                return Mac(message);
            case CryptoOperation.Random:
                message.Add(Core.Board.Random.Next());
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Crc32(Message message)
    {
        if (!_span.Begin(Core.Kernel.Objects, message.Capability(0), message.Word(0), message.Word(1), Rights.Read))
        {
            return Error.BadArgument;
        }

        int crc = message.Word(2);
        while (_span.Next(int.MaxValue))
        {
            crc = Core.Board.Crypto.Crc32(crc, _span.Memory, _span.Offset, _span.Length);
            Core.Kernel.Spend(Work.HashBytes, _span.Length);
        }

        message.Add(crc);
        return _span.IsDone ? Error.None : _span.Error;
    }

    private Error Mac(Message message)
    {
        if (!_span.Begin(Core.Kernel.Objects, message.Capability(0), message.Word(0), message.Word(1), Rights.Read))
        {
            return Error.BadArgument;
        }

        if (!Core.Board.Crypto.BeginMac(message.Word(2)))
        {
            return Error.NotFound;
        }

        while (_span.Next(int.MaxValue))
        {
            Core.Board.Crypto.UpdateMac(_span.Memory, _span.Offset, _span.Length);
            Core.Kernel.Spend(Work.HashBytes, _span.Length);
        }

        Core.Board.Crypto.EndMac(_code, 0);
        message.AddBytes(_code, 0, MacSize);
        return _span.IsDone ? Error.None : _span.Error;
    }
}
