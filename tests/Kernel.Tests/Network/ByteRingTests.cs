// Rings: order, wrapping, positions that the other side has spoilt.
using Tern.Kernel;

namespace Tern.Tests.Network;

[TestClass]
public class ByteRingTests
{
    private const int Size = 64;

    private readonly SharedMemory _shared = new SharedMemory(4096);

    [TestMethod]
    public void BytesComeOutInOrderAcrossTheWrap()
    {
        ByteRing ring = Ring(0);
        var piece = new byte[48];
        int next = 0;
        int expected = 0;
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < piece.Length; i++)
            {
                piece[i] = (byte)next++;
            }

            Assert.AreEqual(piece.Length, ring.Write(piece, 0, piece.Length));
            Assert.AreEqual(piece.Length, ring.Used);
            Assert.AreEqual(Size - piece.Length, ring.Room);
            Assert.AreEqual(piece.Length, ring.Read(piece, 0, Size));
            for (int i = 0; i < piece.Length; i++)
            {
                Assert.AreEqual((int)(byte)expected++, (int)piece[i]);
            }
        }
    }

    [TestMethod]
    public void AFullRingTakesNothingAndAnEmptyOneGivesNothing()
    {
        ByteRing ring = Ring(0);
        var bytes = new byte[100];

        Assert.AreEqual(0, ring.Read(bytes, 0, 100));
        Assert.AreEqual(Size, ring.Write(bytes, 0, 100));
        Assert.AreEqual(0, ring.Write(bytes, 0, 100));
        Assert.AreEqual(0, ring.Room);
    }

    [TestMethod]
    public void PositionsMayOverflow()
    {
        _shared.Memory.WriteInt32(_shared.Address, int.MaxValue - 5);
        _shared.Memory.WriteInt32(_shared.Address + 4, int.MaxValue - 5);
        ByteRing ring = Ring(0);
        var bytes = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

        Assert.AreEqual(10, ring.Write(bytes, 0, 10));
        Assert.AreEqual(10, ring.Used);
        Assert.AreEqual(10, ring.Read(bytes, 0, 10));
        Assert.AreEqual(10, (int)bytes[9]);
    }

    [TestMethod]
    public void ImpossiblePositionsAreSeenAndNothingMoves()
    {
        var bytes = new byte[100];
        for (int i = 0; i < 4; i++)
        {
            int head = new int[] { Size + 1, -1, int.MinValue, int.MaxValue }[i];
            _shared.Memory.WriteInt32(_shared.Address, head);
            _shared.Memory.WriteInt32(_shared.Address + 4, 0);
            ByteRing ring = Ring(0);

            Assert.AreEqual(-1, ring.Used);
            Assert.AreEqual(0, ring.Room);
            Assert.AreEqual(0, ring.Write(bytes, 0, 10));
            Assert.AreEqual(0, ring.Write(_shared.Address, 10));
            Assert.AreEqual(0, ring.Read(bytes, 0, 10));
            Assert.AreEqual(0, ring.Read(_shared.Address, 10));
            Assert.AreEqual(0, ring.Peek(bytes, 0, 10));
            Assert.AreEqual(0, ring.MoveTo(Ring(1)));
            Assert.AreEqual(head, _shared.Memory.ReadInt32(_shared.Address));
        }
    }

    [TestMethod]
    public void DatagramsKeepTheirBoundsAndSenders()
    {
        var ring = new DatagramRing(Ring(0));
        var bytes = new byte[] { 1, 2, 3, 4, 5 };
        for (int round = 0; round < 30; round++)
        {
            Assert.IsTrue(ring.Write(0x0A000001, 53, bytes, 0, 5));
            Assert.IsTrue(ring.Write(0x0A000002, 54, bytes, 0, 0));
            var received = new byte[8];
            Assert.AreEqual(5, ring.Read(received, 0, 8, out int address, out int port));
            Assert.AreEqual(0x0A000001, address);
            Assert.AreEqual(53, port);
            Assert.AreEqual(5, (int)received[4]);
            Assert.AreEqual(0, ring.Read(received, 0, 8, out address, out port));
            Assert.AreEqual(54, port);
            Assert.AreEqual(-1, ring.Peek(out address, out port));
        }
    }

    [TestMethod]
    public void ADatagramThatDoesNotFitIsNotWrittenInPart()
    {
        var ring = new DatagramRing(Ring(0));
        var bytes = new byte[40];

        Assert.IsTrue(ring.Write(1, 1, bytes, 0, 40));
        Assert.IsFalse(ring.Write(1, 1, bytes, 0, 1));
        Assert.IsFalse(ring.Write(1, 1, bytes, 0, -1));
        Assert.AreEqual(40, ring.Read(bytes, 0, 40, out int _, out int _));
        Assert.AreEqual(-1, ring.Peek(out int _, out int _));
    }

    [TestMethod]
    public void ASpoiltDatagramIsAViolation()
    {
        var ring = new DatagramRing(Ring(0));
        var bytes = new byte[8];
        int[] lengths = new int[] { -1, 9, int.MaxValue, int.MinValue, 1 << 20 };
        for (int i = 0; i < lengths.Length; i++)
        {
            _shared.Memory.WriteInt32(_shared.Address, 0);
            _shared.Memory.WriteInt32(_shared.Address + 4, 0);
            ring.Write(1, 1, bytes, 0, 8);
            _shared.Memory.WriteInt32(_shared.Address + 512, lengths[i]);

            Assert.AreEqual(DatagramRing.Violated, ring.Read(bytes, 0, 8, out int _, out int _));
            Assert.AreEqual(DatagramRing.Violated, ring.MoveTo(Ring(1)));
        }

        _shared.Memory.WriteInt32(_shared.Address, 13);
        _shared.Memory.WriteInt32(_shared.Address + 4, 0);
        Assert.AreEqual(DatagramRing.Violated, ring.Peek(out int _, out int _));
        Assert.IsFalse(ring.Write(1, 1, bytes, 0, 8));
    }

    private ByteRing Ring(int number)
        => new ByteRing(_shared.Memory, _shared.Address + 512 + (number * Size), Size, _shared.Address + (number * 8), _shared.Address + 4 + (number * 8));
}
