// Whether the board is about to sleep, and who of core's clients has said to be ready for that.
// Invariants: an announcement has a number of its own, so that nobody's late word counts for the next one; the board is told
// once for each announcement, when the last session that it waits for is ready or gone.
namespace Tern.Kernel;

/// <summary>The sessions of the Power service, and the device behind them.</summary>
internal sealed class PowerManagement
{
    private readonly Core _core;
    private PowerSessionServer? _first;
    private int _announcements;
    private bool _isReady;

    internal PowerManagement(Core core)
    {
        _core = core;
    }

    /// <summary>The number of the announcement that holds; 0 for none.</summary>
    internal int Announcement { get; private set; }

    private IPower? Device => _core.Board.Power;

    /// <summary>Nanoseconds until the board sleeps in any case; −1 when it does not intend to.</summary>
    internal long Remaining => Announcement == 0 ? -1 : Device!.RemainingNanoseconds;

    /// <summary>Whether the board has power management at all.</summary>
    internal bool Exists => Device != null;

    internal void Join(PowerSessionServer session)
    {
        session.NextSession = _first;
        _first = session;
    }

    internal void Leave(PowerSessionServer session)
    {
        PowerSessionServer? before = null;
        for (PowerSessionServer? at = _first; at != session; at = at!.NextSession)
        {
            before = at;
        }

        if (before == null)
        {
            _first = session.NextSession;
        }
        else
        {
            before.NextSession = session.NextSession;
        }

        Settle();
    }

    /// <summary>Takes the device's news.</summary>
    internal void Poll()
    {
        if (Device == null || !Device.Take())
        {
            return;
        }

        Announcement = Device.RemainingNanoseconds < 0 ? 0 : ++_announcements;
        _isReady = false;
        for (PowerSessionServer? session = _first; session != null; session = session.NextSession)
        {
            session.Announce();
        }

        Settle();
    }

    /// <summary>Tells the board when nobody is left to wait for.</summary>
    internal void Settle()
    {
        bool isReady = Announcement != 0;
        for (PowerSessionServer? session = _first; session != null; session = session.NextSession)
        {
            isReady &= session.IsReady;
        }

        if (isReady && !_isReady)
        {
            _isReady = true;
            Device!.Ready();
        }
    }
}
