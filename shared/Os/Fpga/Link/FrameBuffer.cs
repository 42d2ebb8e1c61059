// The driver's memory for frames: composes commands, exchanges them for replies over the SPI session, compares checksums.
// Checksums are the board's crypto unit's business: 4 KB in an interpreted loop would take longer than the wire.
// Invariant: a reply that Exchange accepts came whole and with the right checksum; everything else is as if nothing had come.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>One dataspace with a command, a poll and a reply.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="spi">An SPI session.</param>
/// <param name="crypto">A Crypto session.</param>
internal sealed class FrameBuffer(Env env, int spi, int crypto)
{
    /// <summary>Bytes of a frame without its payload, either way.</summary>
    internal const int Overhead = ReplyFrame.Empty;

    /// <summary>Where the payload of a command stands in <see cref="Dataspace"/>.</summary>
    internal const int PayloadAt = FpgaRequest.Payload;

    /// <summary>Where the payload of a reply stands in <see cref="Dataspace"/>.</summary>
    internal const int AnswerAt = ReplyAt + FpgaReply.Payload;

    /// <summary>
    /// Where <see cref="ReplyFrame.MostPayload"/> bytes are free for whoever needs them until the next exchange: behind the poll, where what goes out does not matter.
    /// </summary>
    internal const int ScratchAt = PollAt + 32;

    // A frame of the most payload fits into each part; a long reply is clocked by what stands behind the poll.
    private const int PollAt = 4608;
    private const int ReplyAt = 2 * PollAt;
    private const int Size = 3 * PollAt;

    private int _address;

    /// <summary>The dataspace's selector.</summary>
    internal int Dataspace { get; private set; }

    /// <summary>Most bytes of a payload that a transfer of the bus takes; 0 when it takes none.</summary>
    internal int MostPayload { get; private set; }

    /// <summary>The address of the command's payload.</summary>
    internal int Payload => _address + PayloadAt;

    /// <summary>The scratch memory's address.</summary>
    internal int Scratch => _address + ScratchAt;

    /// <summary>Allocates.</summary>
    internal Error Open()
    {
        Dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Size, out Error error);
        if (error != Error.None)
        {
            return error;
        }

        _address = env.Attach(Dataspace);
        if (_address == 0)
        {
            return env.LastError;
        }

        error = new SpiSession(env, spi).Info(out int _, out int longest);
        int most = longest - Overhead;
        MostPayload = most > ReplyFrame.MostPayload ? ReplyFrame.MostPayload : most < 0 ? 0 : most;
        return error == Error.None ? Compose(PollAt, FpgaCommand.Poll, 0, 0, 0, 0, 0) : error;
    }

    /// <summary>Composes the command; its payload stands at <see cref="PayloadAt"/> already.</summary>
    internal Error Compose(byte command, byte sequence, int payload, int argument0, int argument1, int argument2)
        => Compose(0, command, sequence, payload, argument0, argument1, argument2);

    /// <summary>Sends the command once more or for the first time; what comes in meanwhile is the reply to an earlier one.</summary>
    /// <param name="payload">Bytes of its payload.</param>
    internal Error Send(int payload) => new SpiSession(env, spi).Transfer(Dataspace, 0, ReplyAt, Overhead + payload);

    /// <summary>Sends a poll, and takes a reply.</summary>
    /// <param name="answer">Most bytes of payload that the reply can have.</param>
    /// <param name="reply">Gets the reply.</param>
    /// <returns>Whether one came.</returns>
    internal bool Poll(int answer, ReplyFrame reply)
    {
        int length = Overhead + answer;
        reply.Clear();
        if (new SpiSession(env, spi).Transfer(Dataspace, PollAt, ReplyAt, length) != Error.None)
        {
            return false;
        }

        env.Memory.Read(_address + ReplyAt, reply.Bytes, 0, ReplyFrame.Header);
        return reply.Read(length) && IsRight(reply);
    }

    /// <summary>A byte of the reply's payload.</summary>
    internal byte Answer(int index) => env.Memory.ReadByte(_address + AnswerAt + index);

    private bool IsRight(ReplyFrame reply)
    {
        int crc = new CryptoSession(env, crypto).Crc32(Dataspace, ReplyAt + FpgaReply.Sequence, reply.Covered, out Error error);
        return error == Error.None && crc == env.Memory.ReadInt32(_address + AnswerAt + reply.Length);
    }

    private Error Compose(int at, byte command, byte sequence, int payload, int argument0, int argument1, int argument2)
    {
        int address = _address + at;
        env.Memory.WriteByte(address + FpgaRequest.Command, command);
        env.Memory.WriteByte(address + FpgaRequest.Sequence, sequence);
        env.Memory.WriteUInt16(address + FpgaRequest.Length, payload);
        env.Memory.WriteInt32(address + FpgaRequest.Argument0, argument0);
        env.Memory.WriteInt32(address + FpgaRequest.Argument1, argument1);
        env.Memory.WriteInt32(address + FpgaRequest.Argument2, argument2);
        int crc = new CryptoSession(env, crypto).Crc32(Dataspace, at, FpgaRequest.Payload + payload, out Error error);
        env.Memory.WriteInt32(address + FpgaRequest.Payload + payload, crc);
        return error;
    }
}
