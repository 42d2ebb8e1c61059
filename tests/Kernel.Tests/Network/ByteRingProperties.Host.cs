// Rings under sizes that nobody chose by hand.
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.Tests.Network;

[TestClass]
public class ByteRingProperties
{
    private const int Size = 128;

    [TestMethod]
    public void WhatGoesThroughTwoRingsComesOutAsItWentIn()
        => Prop.ForAll<int[]>(IsKept).QuickCheckThrowOnFailure();

    [TestMethod]
    public void NoPositionsMakeARingLeaveItsBytes()
        => Prop.ForAll<int, int, int>(StaysInside).QuickCheckThrowOnFailure();

    private static bool IsKept(int[] sizes)
    {
        var shared = new SharedMemory(4096);
        ByteRing first = Ring(shared, 0);
        ByteRing second = Ring(shared, 1);
        int written = 0;
        int read = 0;
        foreach (int size in sizes)
        {
            var piece = new byte[System.Math.Abs(size) % 200];
            for (int i = 0; i < piece.Length; i++)
            {
                piece[i] = (byte)((written + i) * 7);
            }

            written += first.Write(piece, 0, piece.Length);
            first.MoveTo(second);
            int count = second.Read(piece, 0, piece.Length / 2);
            for (int i = 0; i < count; i++)
            {
                if (piece[i] != (byte)(read++ * 7))
                {
                    return false;
                }
            }
        }

        return first.Used + second.Used == written - read;
    }

    private static bool StaysInside(int head, int tail, int length)
    {
        var shared = new SharedMemory(4096);
        ByteRing ring = Ring(shared, 1);
        shared.Memory.WriteInt32(shared.Address + 8, head);
        shared.Memory.WriteInt32(shared.Address + 12, tail);
        var bytes = new byte[(length & 0xff) + 1];
        System.Array.Fill(bytes, (byte)0xff);
        ring.Write(bytes, 0, bytes.Length);
        ring.MoveTo(Ring(shared, 2));
        ring.Read(bytes, 0, bytes.Length);
        for (int at = 0; at < 4096; at++)
        {
            bool mayChange = at is >= 8 and < 24 or >= 512 + Size and < 512 + (3 * Size);
            if (!mayChange && shared.Memory.ReadByte(shared.Address + at) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ByteRing Ring(SharedMemory shared, int number)
        => new(shared.Memory, shared.Address + 512 + (number * Size), Size, shared.Address + (number * 8), shared.Address + 4 + (number * 8));
}
