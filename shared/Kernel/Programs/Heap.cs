// A small first-fit heap in a component's own memory.
// Invariants: free blocks are sorted by address and never adjacent; a block's size is a multiple of 8 and stands before it.
namespace Tern.Kernel;

/// <summary>Allocation within memory that the component has already.</summary>
internal readonly struct Heap(Memory memory)
{
    /// <summary>Bytes before each block: its size, and the link of a free one.</summary>
    internal const int Header = 8;

    private const int Smallest = 16;

    /// <summary>Adds a piece of memory.</summary>
    internal void Add(int address, int size)
    {
        size &= ~7;
        memory.WriteInt32(address, size);
        Insert(address, size);
    }

    /// <summary>Takes a zeroed block; 0 when no free block is large enough.</summary>
    internal int Allocate(int size)
    {
        if (size > int.MaxValue - 7 - Header)
        {
            return 0;
        }

        int wanted = ((size + 7) & ~7) + Header;
        var block = new RuntimeBlock(memory);
        int previous = 0;
        for (int at = block.FirstFree; at != 0; at = memory.ReadInt32(at + 4))
        {
            int available = memory.ReadInt32(at);
            if (available >= wanted)
            {
                Take(previous, at, available, wanted);
                memory.Clear(at + Header, wanted - Header);
                return at + Header;
            }

            previous = at;
        }

        return 0;
    }

    /// <summary>Gives a block back.</summary>
    internal void Free(int address)
    {
        int at = address - Header;
        Insert(at, memory.ReadInt32(at));
    }

    private void Take(int previous, int at, int available, int wanted)
    {
        int next = memory.ReadInt32(at + 4);
        if (available - wanted >= Smallest)
        {
            int rest = at + wanted;
            memory.WriteInt32(rest, available - wanted);
            memory.WriteInt32(rest + 4, next);
            memory.WriteInt32(at, wanted);
            next = rest;
        }

        Link(previous, next);
    }

    private void Insert(int at, int size)
    {
        int previous = 0;
        int next = new RuntimeBlock(memory).FirstFree;
        while (next != 0 && next < at)
        {
            previous = next;
            next = memory.ReadInt32(next + 4);
        }

        if (next != 0 && at + size == next)
        {
            size += memory.ReadInt32(next);
            next = memory.ReadInt32(next + 4);
        }

        if (previous != 0 && previous + memory.ReadInt32(previous) == at)
        {
            at = previous;
            size += memory.ReadInt32(previous);
        }
        else
        {
            Link(previous, at);
        }

        memory.WriteInt32(at, size);
        memory.WriteInt32(at + 4, next);
    }

    private void Link(int previous, int next)
    {
        if (previous == 0)
        {
            var block = new RuntimeBlock(memory);
            block.FirstFree = next;
        }
        else
        {
            memory.WriteInt32(previous + 4, next);
        }
    }
}
