// A queued job: what its command asked for, after the decoder has checked it.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator;

/// <param name="Number">Its number, modulo 256.</param>
/// <param name="Whole">The transfer, or for a list what its entries are read with; the length is then the list's.</param>
/// <param name="IsList">Its payload is a list of copies.</param>
internal readonly record struct FpgaJob(byte Number, FpgaTransfer Whole, bool IsList)
{
    private const int EntryBytes = 16;

    /// <summary>It owns the payload's buffer until it has ended.</summary>
    internal bool UsesPayload => IsList || Whole.From == FpgaSource.Payload;

    /// <summary>How many transfers it is.</summary>
    internal int Count => IsList ? (int)Whole.Length / EntryBytes : 1;

    /// <summary>The job that a command in order asks for.</summary>
    internal static FpgaJob Of(byte command, byte number, uint argument0, uint argument1, uint argument2, int payload) => command switch
    {
        FpgaCommand.Write => One(number, FpgaSource.Payload, FpgaSink.Memory, argument0, argument1, (uint)payload),
        FpgaCommand.Read => One(number, FpgaSource.Memory, FpgaSink.Reply, argument0, argument1, argument2),
        FpgaCommand.Fill => One(number, FpgaSource.Pattern, FpgaSink.Memory, argument0, argument1, argument2),
        FpgaCommand.Copy => One(number, FpgaSource.Memory, FpgaSink.Memory, argument0, argument1, argument2),
        FpgaCommand.Compare => One(number, FpgaSource.Memory, FpgaSink.Comparison, argument0, argument1, argument2),
        FpgaCommand.Crc => One(number, FpgaSource.Memory, FpgaSink.Crc, argument0, argument1, argument2),
        FpgaCommand.DirtyRead => One(number, FpgaSource.Map, FpgaSink.Reply, argument0, argument1 & 1, argument2),
        FpgaCommand.DirtyClear => One(number, FpgaSource.Map, FpgaSink.Nowhere, argument0, 1, argument2),
        _ => new FpgaJob(number, new FpgaTransfer(FpgaSource.Memory, FpgaSink.Memory, 0, 0, (uint)payload), IsList: true),
    };

    /// <summary>One of its transfers.</summary>
    internal FpgaTransfer Transfer(int index, ReadOnlySpan<byte> payload)
    {
        if (!IsList)
        {
            return Whole;
        }

        ReadOnlySpan<byte> entry = payload.Slice(index * EntryBytes, EntryBytes);
        return Whole with
        {
            Source = BinaryPrimitives.ReadUInt32LittleEndian(entry),
            Destination = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            Length = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]),
        };
    }

    private static FpgaJob One(byte number, FpgaSource from, FpgaSink to, uint source, uint destination, uint length) =>
        new(number, new FpgaTransfer(from, to, source, destination, length), IsList: false);
}
