// A power switch that a test turns by hand.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Power management whose intentions a test decides.</summary>
public sealed class TestPower : IPower
{
    private bool _hasNews;

    public long RemainingNanoseconds { get; private set; } = -1;

    /// <summary>How often the kernel has said that the board may sleep.</summary>
    public int ReadyCount { get; private set; }

    /// <summary>The board will sleep after so many nanoseconds.</summary>
    public void Announce(long remaining)
    {
        RemainingNanoseconds = remaining;
        _hasNews = true;
    }

    /// <summary>The board is awake, or stays so.</summary>
    public void WakeUp() => Announce(-1);

    public bool Take()
    {
        bool hadNews = _hasNews;
        _hasNews = false;
        return hadNews;
    }

    public void Ready() => ReadyCount++;
}
