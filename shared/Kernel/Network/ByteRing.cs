// One direction of one flow: a ring of bytes in memory that two components share.
// Invariants: the producer moves only the head, the consumer only the tail, both count bytes for ever (mod 2^32); the
// other side may write anything anywhere, so positions are judged before each use and no index leaves the ring.
namespace Tern.Kernel;

/// <summary>A view on a ring; made per use, costs next to nothing.</summary>
/// <param name="memory">The address space of whoever looks.</param>
/// <param name="data">The address of the bytes.</param>
/// <param name="size">How many there are, a power of two.</param>
/// <param name="head">The address of the producer's position.</param>
/// <param name="tail">The address of the consumer's position.</param>
public readonly struct ByteRing(Memory memory, int data, int size, int head, int tail)
{
    /// <summary>The bytes that wait to be read; −1 when the positions are impossible.</summary>
    public int Used
    {
        get
        {
            int used = memory.ReadInt32(head) - memory.ReadInt32(tail);
            return (uint)used <= (uint)size ? used : -1;
        }
    }

    /// <summary>The bytes that can be written; 0 when the positions are impossible.</summary>
    public int Room
    {
        get
        {
            int used = Used;
            return used < 0 ? 0 : size - used;
        }
    }

    /// <summary>The bytes that fit in an empty ring.</summary>
    public int Size => size;

    /// <summary>Whether both positions are those of whole words.</summary>
    internal bool IsAligned => ((memory.ReadInt32(tail) | memory.ReadInt32(head)) & 3) == 0;

    /// <summary>Adds bytes.</summary>
    /// <returns>How many fitted.</returns>
    public int Write(byte[] source, int offset, int length)
    {
        int count = Least(length, Room);
        int at = memory.ReadInt32(head);
        int first = Least(count, ToWrap(at));
        if (count > 0)
        {
            memory.Write(AddressOf(at), source, offset, first);
            memory.Write(data, source, offset + first, count - first);
            memory.WriteInt32(head, at + count);
        }

        return count;
    }

    /// <summary>Adds bytes from elsewhere in the same address space.</summary>
    /// <returns>How many fitted.</returns>
    public int Write(int address, int length)
    {
        int count = Least(length, Room);
        int at = memory.ReadInt32(head);
        int first = Least(count, ToWrap(at));
        if (count > 0)
        {
            memory.Copy(address, AddressOf(at), first);
            memory.Copy(address + first, data, count - first);
            memory.WriteInt32(head, at + count);
        }

        return count;
    }

    /// <summary>Copies waiting bytes and leaves them in the ring: see <see cref="Skip"/>.</summary>
    /// <returns>How many were copied.</returns>
    public int Peek(byte[] target, int offset, int length)
    {
        int count = Least(length, Used);
        if (count > 0)
        {
            int at = memory.ReadInt32(tail);
            int first = Least(count, ToWrap(at));
            memory.Read(AddressOf(at), target, offset, first);
            memory.Read(data, target, offset + first, count - first);
        }

        return count > 0 ? count : 0;
    }

    /// <summary>Takes bytes out to elsewhere in the same address space.</summary>
    /// <returns>How many there were.</returns>
    public int Read(int address, int length)
    {
        int count = Least(length, Used);
        if (count <= 0)
        {
            return 0;
        }

        int at = memory.ReadInt32(tail);
        int first = Least(count, ToWrap(at));
        memory.Copy(AddressOf(at), address, first);
        memory.Copy(data, address + first, count - first);
        memory.WriteInt32(tail, at + count);
        return count;
    }

    /// <summary>Takes bytes out.</summary>
    /// <returns>How many there were.</returns>
    public int Read(byte[] target, int offset, int length)
    {
        int count = Peek(target, offset, length);
        Skip(count);
        return count;
    }

    /// <summary>Takes bytes out unseen; no more than wait.</summary>
    public void Skip(int count) => memory.WriteInt32(tail, memory.ReadInt32(tail) + Least(count, Used));

    /// <summary>Moves what fits to another ring of the same address space.</summary>
    /// <returns>How many bytes were moved.</returns>
    public int MoveTo(ByteRing other) => MoveTo(other, size);

    internal int MoveTo(ByteRing other, int most)
    {
        int total = 0;
        for (int count = Chunk(other, most); count > 0; count = Chunk(other, most - total))
        {
            int at = memory.ReadInt32(tail);
            other.Write(AddressOf(at), count);
            memory.WriteInt32(tail, at + count);
            total += count;
        }

        return total;
    }

    /// <summary>A word of the record that begins at the tail; see <see cref="DatagramRing"/>.</summary>
    internal int PeekWord(int offset) => memory.ReadInt32(AddressOf(memory.ReadInt32(tail) + offset));

    /// <summary>Sets a word of the record that begins at the head, which <see cref="Advance"/> then makes visible.</summary>
    internal void PutWord(int offset, int value) => memory.WriteInt32(AddressOf(memory.ReadInt32(head) + offset), value);

    internal void Advance(int count) => memory.WriteInt32(head, memory.ReadInt32(head) + count);

    private static int Least(int a, int b) => a < b ? a : b;

    private int Chunk(ByteRing other, int most)
        => Least(Least(Least(Used, most), ToWrap(memory.ReadInt32(tail))), other.Room);

    private int AddressOf(int position) => data + (position & (size - 1));

    private int ToWrap(int position) => size - (position & (size - 1));
}
