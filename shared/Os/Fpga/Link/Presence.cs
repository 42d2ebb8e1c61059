// When to look for the co-processor, and what is said of it. One timer does it all: at once when there is more to do than an event may take, every few
// milliseconds while jobs are under way (an interrupt may be lost), every second while there is anybody to tell that it is gone, and
// with a growing pause while it is absent.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The driver's timer.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="timer">A Timer session.</param>
/// <param name="hasInterrupt">Whether the co-processor's interrupt reaches the driver.</param>
internal sealed class Presence(Env env, int timer, bool hasInterrupt)
{
    private const int AtOnce = 1;
    private const int Watch = 10 * 1000;
    private const int Look = 1000;
    private const int HeartBeat = 1000 * 1000;
    private const int FirstPause = 10 * 1000;
    private const int LongestPause = 1000 * 1000;

    // Without progress for a second, and for what the oldest step takes at a hundredth of the engine's rate, there is no more hope.
    private const int PatienceMilliseconds = 1000;
    private const int BytesPerMillisecond = 8 * 1000;

    private int _armed;
    private int _pause = FirstPause;
    private int _waitedMicroseconds;
    private bool _saidAbsent;

    /// <summary>The timer has fired.</summary>
    internal void HasFired() => _armed = 0;

    /// <summary>A look for the co-processor has ended.</summary>
    internal void Met(Error outcome)
    {
        if (outcome == Error.None)
        {
            env.Log("co-processor ready");
            _pause = FirstPause;
            _saidAbsent = false;
            return;
        }

        if (!_saidAbsent)
        {
            env.Log("Warning: " + (outcome == Error.BadData ? "co-processor of another protocol; not used" : "no co-processor; looking for it"));
            _saidAbsent = true;
        }

        _pause = _pause < LongestPause / 2 ? 2 * _pause : LongestPause;
    }

    /// <summary>The co-processor was lost.</summary>
    internal void Lost()
    {
        env.Log("Warning: co-processor lost, with all that it held");
        _pause = FirstPause;
        _saidAbsent = true;
        _waitedMicroseconds = 0;
        _armed = 0;
    }

    /// <summary>Something has ended, or nothing is under way.</summary>
    internal void HasProgressed() => _waitedMicroseconds = 0;

    /// <summary>Nothing has ended since the timer fired last.</summary>
    /// <param name="bytes">How much the oldest step moves.</param>
    /// <returns>Whether that cannot be waiting any more.</returns>
    internal bool IsStuck(int bytes)
    {
        _waitedMicroseconds += hasInterrupt ? Watch : Look;
        return _waitedMicroseconds / 1000 > PatienceMilliseconds + (bytes / BytesPerMillisecond);
    }

    /// <summary>Arms the timer for what there is to wait for.</summary>
    /// <param name="isPresent">Whether the co-processor is there.</param>
    /// <param name="hasMore">Whether the event was ended before all was done.</param>
    /// <param name="isUnderWay">Whether jobs are under way.</param>
    /// <param name="hasSessions">Whether there is anybody to tell.</param>
    internal void Schedule(bool isPresent, bool hasMore, bool isUnderWay, bool hasSessions)
    {
        int wanted = !isPresent ? _pause
            : hasMore ? AtOnce
            : isUnderWay ? (hasInterrupt ? Watch : Look)
            : hasSessions ? HeartBeat : 0;
        if (wanted == 0 || (_armed != 0 && _armed <= wanted))
        {
            return;
        }

        if (new TimerSession(env, timer).TriggerOnce(wanted) == Error.None)
        {
            _armed = wanted;
        }
    }
}
