// Datagrams in a ring of bytes: each is its length, the peer's address and port, and its bytes, filled up to whole words.
// Invariant: positions are multiples of a word, so no word wraps around; a record that breaks its bounds is a violation.
namespace Tern.Kernel;

/// <summary>A view on a ring that holds datagrams.</summary>
/// <param name="ring">The ring.</param>
public readonly struct DatagramRing(ByteRing ring)
{
    /// <summary>Bytes before each datagram.</summary>
    public const int Head = 12;

    /// <summary>The longest datagram, as long as the ring has room for it.</summary>
    public const int MaxLength = 1472;

    /// <summary>What <see cref="Peek"/> answers when the ring breaks the rules.</summary>
    public const int Violated = -2;

    /// <summary>Adds a datagram.</summary>
    /// <returns><c>false</c> when there is no room: it is lost, as datagrams are.</returns>
    public bool Write(int address, int port, byte[] source, int offset, int length)
    {
        if (length is < 0 or > MaxLength || !ring.IsAligned || ring.Room < Head + Padded(length))
        {
            return false;
        }

        ring.PutWord(0, length);
        ring.PutWord(4, address);
        ring.PutWord(8, port);
        ring.Advance(Head);
        ring.Write(source, offset, length);
        ring.Advance(Padded(length) - length);
        return true;
    }

    /// <summary>Looks at the oldest datagram.</summary>
    /// <returns>Its length; −1 when there is none; <see cref="Violated"/>.</returns>
    public int Peek(out int address, out int port)
    {
        address = 0;
        port = 0;
        int used = ring.Used;
        if (used == 0)
        {
            return -1;
        }

        if (used < Head || !ring.IsAligned)
        {
            return Violated;
        }

        int length = ring.PeekWord(0);
        address = ring.PeekWord(4);
        port = ring.PeekWord(8) & 0xffff;
        return length is < 0 or > MaxLength || Padded(length) > used - Head ? Violated : length;
    }

    /// <summary>Takes the oldest datagram.</summary>
    /// <returns>Its length, cut to the room there is; −1 when there is none; <see cref="Violated"/>.</returns>
    public int Read(byte[] target, int offset, int room, out int address, out int port)
    {
        int length = Peek(out address, out port);
        if (length < 0)
        {
            return length;
        }

        int count = length < room ? length : room;
        ring.Skip(Head);
        ring.Peek(target, offset, count);
        ring.Skip(Padded(length));
        return count;
    }

    /// <summary>Moves whole datagrams to another ring of the same address space, as many as fit.</summary>
    /// <returns>How many bytes were moved; <see cref="Violated"/>.</returns>
    public int MoveTo(ByteRing other)
    {
        int total = 0;
        int length = Peek(out int _, out int _);
        while (length >= 0 && other.Room >= Head + Padded(length))
        {
            total += ring.MoveTo(other, Head + Padded(length));
            length = Peek(out int _, out int _);
        }

        return length == Violated ? Violated : total;
    }

    private static int Padded(int length) => (length + 3) & ~3;
}
