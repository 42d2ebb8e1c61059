// Whether a board has had too much to do for long enough. Pure: it is given times and loads, and judges.
// Invariants: one sample that is not too much begins the time anew; after an alarm there is a rest, and none during it; a
// target that arrives begins a rest, so that it is not sent on at once by the load that it brings.
namespace Tern.Rtcr;

/// <summary>Judges samples of a board's load.</summary>
internal struct OverloadWatch
{
    private const long Never = -1;

    private readonly long _for;
    private readonly long _rest;
    private long _since;
    private long _restsUntil;

    /// <summary>A watch that has seen nothing yet.</summary>
    /// <param name="forNanoseconds">For how long it must have been too much.</param>
    /// <param name="restNanoseconds">For how long nothing is said after an alarm or an arrival.</param>
    internal OverloadWatch(long forNanoseconds, long restNanoseconds)
    {
        _for = forNanoseconds;
        _rest = restNanoseconds;
        _since = Never;
        _restsUntil = 0;
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="from">Where the sample begins, in nanoseconds.</param>
    /// <param name="now">Where it ends: the present.</param>
    /// <param name="isTooMuch">Whether the board had too much to do since the last sample.</param>
    /// <returns>Whether somebody has to go.</returns>
    internal bool Sample(long from, long now, bool isTooMuch)
    {
        if (!isTooMuch || now < _restsUntil)
        {
            _since = Never;
            return false;
        }

        _since = _since == Never ? from : _since;
        if (now - _since < _for)
        {
            return false;
        }

        Rest(now);
        return true;
    }

    /// <summary>Begins a rest.</summary>
    internal void Rest(long now)
    {
        _since = Never;
        _restsUntil = now + _rest;
    }
}
