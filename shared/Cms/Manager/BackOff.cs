// How long to wait before trying again: longer each time, up to a bound.
namespace Tern.Cms;

/// <summary>A doubling pause.</summary>
internal struct BackOff
{
    private const int First = 100;
    private const int Longest = 3200;

    private int _milliseconds;

    /// <summary>How often it was taken since the last success.</summary>
    internal int Count { get; private set; }

    internal void Reset()
    {
        _milliseconds = 0;
        Count = 0;
    }

    /// <summary>The next pause in milliseconds.</summary>
    internal int Next()
    {
        int next = _milliseconds == 0 ? First : 2 * _milliseconds;
        _milliseconds = next > Longest ? Longest : next;
        Count++;
        return _milliseconds;
    }
}
