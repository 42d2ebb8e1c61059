// What the co-processor brings to an image: pieces of a target's bank, and where in the image they belong.
// Invariant: pieces that follow each other in both places are one.
namespace Tern.Rtcr;

/// <summary>A fixed table of pieces.</summary>
internal sealed class CopyPlan
{
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly int[] _size;

    /// <param name="capacity">Most pieces: one for each object of a target.</param>
    internal CopyPlan(int capacity)
    {
        _from = new int[capacity];
        _to = new int[capacity];
        _size = new int[capacity];
    }

    /// <summary>How many pieces there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Bytes of the bank up to the last piece's end.</summary>
    internal int End { get; private set; }

    /// <summary>Where a piece is in the bank.</summary>
    internal int From(int piece) => _from[piece];

    /// <summary>Where it goes in the image.</summary>
    internal int To(int piece) => _to[piece];

    /// <summary>How many bytes it has.</summary>
    internal int Size(int piece) => _size[piece];

    internal void Clear() => Count = End = 0;

    /// <summary>Adds a piece.</summary>
    internal void Add(int from, int to, int size)
    {
        int last = Count - 1;
        if (last >= 0 && _from[last] + _size[last] == from && _to[last] + _size[last] == to)
        {
            _size[last] += size;
        }
        else
        {
            _from[Count] = from;
            _to[Count] = to;
            _size[Count] = size;
            Count++;
        }

        End = from + size > End ? from + size : End;
    }
}
