// Something of a fixed size has run out: said once when that happens, and once when it is over.
namespace Tern.Os;

/// <summary>Whether it has been said.</summary>
public struct Shortage
{
    private bool _isSaid;

    /// <summary>Whether it has run out, as far as has been said.</summary>
    public readonly bool IsOn => _isSaid;

    /// <summary>It has run out.</summary>
    /// <returns>Whether that is to be said now.</returns>
    public bool Begins()
    {
        bool first = !_isSaid;
        _isSaid = true;
        return first;
    }

    /// <summary>It suffices.</summary>
    /// <returns>Whether that is to be said now: it had run out before.</returns>
    public bool Ends()
    {
        bool last = _isSaid;
        _isSaid = false;
        return last;
    }
}
