// Command frames as a board's driver makes them, and the places of a reply.
using System.Buffers.Binary;
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

internal static class FpgaFrames
{
    internal const int CrcBytes = 4;

    /// <summary>Bytes of a frame, or of a reply, without payload.</summary>
    internal const int Bare = FpgaRequest.Payload + CrcBytes;

    internal static byte[] Make(byte command, byte sequence, uint argument0 = 0, uint argument1 = 0, uint argument2 = 0, byte[]? payload = null)
    {
        payload ??= [];
        byte[] frame = new byte[Bare + payload.Length];
        frame[FpgaRequest.Command] = command;
        frame[FpgaRequest.Sequence] = sequence;
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(FpgaRequest.Length), (ushort)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FpgaRequest.Argument0), argument0);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FpgaRequest.Argument1), argument1);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FpgaRequest.Argument2), argument2);
        payload.CopyTo(frame, FpgaRequest.Payload);
        int covered = frame.Length - CrcBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(covered), Crc32.Continue(0, frame.AsSpan(0, covered)));
        return frame;
    }

    /// <summary>A poll with room for a reply's payload.</summary>
    internal static byte[] Poll(int room = 0)
    {
        byte[] frame = Make(FpgaCommand.Poll, 0);
        Array.Resize(ref frame, frame.Length + room);
        return frame;
    }

    internal static byte[] List(params (uint Source, uint Destination, uint Length)[] entries)
    {
        byte[] list = new byte[16 * entries.Length];
        for (int index = 0; index < entries.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan(16 * index), entries[index].Source);
            BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan((16 * index) + 4), entries[index].Destination);
            BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan((16 * index) + 8), entries[index].Length);
        }

        return list;
    }

    internal static byte[] Bytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
