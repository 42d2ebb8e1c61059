// A virtual board's power management: a bench or a test announces that the board will sleep, and wakes it.
// Invariants: asleep the board does not run and keeps its memory; it sleeps once for each announcement, when its kernel is
// ready or its time is over, whichever comes first; cutting the power ends all of it.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Puts a board to sleep and wakes it.</summary>
public sealed class SleepSwitch : IPower
{
    private readonly World _world;
    private readonly VirtualBoard _board;
    private readonly Fall _fall;
    private long _deadline = -1;
    private bool _hasNews;
    private bool _isReady;

    /// <summary>Makes the switch of a board.</summary>
    public SleepSwitch(World world, VirtualBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        _world = world;
        _board = board;
        _fall = new Fall(this);
        board.PoweredOff += Reset;
    }

    /// <summary>The board fell asleep; the argument tells whether its kernel was ready.</summary>
    public event Action<bool>? FellAsleep;

    /// <summary>The board was woken.</summary>
    public event Action? WokeUp;

    /// <inheritdoc/>
    public long RemainingNanoseconds => _deadline < 0 ? -1 : Math.Max(_deadline - _board.Now, 0);

    /// <summary>The board will sleep, at the latest after so many nanoseconds.</summary>
    /// <returns><c>false</c> when it is off, asleep, or about to sleep already.</returns>
    public bool Announce(long grace)
    {
        if (_board.Machine is null || _board.IsAsleep || _deadline >= 0)
        {
            return false;
        }

        _deadline = _world.Now + grace;
        _isReady = false;
        _hasNews = true;
        _world.Schedule(_fall, _deadline);
        _board.Wake(_world.Now);
        return true;
    }

    /// <summary>Wakes the board, or calls its sleep off.</summary>
    /// <returns><c>false</c> when there is nothing to wake it from.</returns>
    public bool WakeUp()
    {
        if (_deadline < 0)
        {
            return false;
        }

        Reset();
        _hasNews = true;
        _board.WakeUp();
        WokeUp?.Invoke();
        return true;
    }

    /// <inheritdoc/>
    public bool Take()
    {
        bool hadNews = _hasNews;
        _hasNews = false;
        return hadNews;
    }

    /// <inheritdoc/>
    public void Ready()
    {
        _isReady = true;
        _world.Schedule(_fall, _board.Now);
    }

    private void Reset()
    {
        _world.Cancel(_fall);
        _deadline = -1;
        _hasNews = false;
    }

    private sealed class Fall(SleepSwitch owner) : WorldEvent
    {
        protected internal override void Fire()
        {
            if (owner._board.Now > owner._world.Now)
            {
                owner._world.Schedule(this, owner._board.Now);      // what it is at, it still finishes
                return;
            }

            owner._board.FallAsleep();
            owner.FellAsleep?.Invoke(owner._isReady);
        }
    }
}
