// What happens when the board announces that it will sleep: all targets go, or are stored and held; then RTCR says that it is
// ready. If that cannot be done in time the board sleeps all the same, and what was under way goes on when it is awake.
// Invariants: while the board is about to sleep nothing is taken in; ready is said only when no target runs here.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Watches over the board's sleep.</summary>
internal sealed class SleepGuard : ITimed
{
    private const int PollMilliseconds = 50;

    private readonly Env _env;
    private readonly Protection _protection;
    private readonly Timeouts _timeouts;
    private readonly int _timeout;
    private PowerSession _power;
    private int _announcement;

    internal SleepGuard(Env env, Protection protection, Timeouts timeouts)
    {
        _env = env;
        _protection = protection;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
    }

    /// <summary>Whether the board is about to sleep.</summary>
    internal bool IsLeaving => _announcement != 0;

    /// <summary>Begins to watch.</summary>
    /// <param name="label">The label of the signal that there is news.</param>
    internal void Begin(int label)
    {
        _power = new PowerSession(_env, _env.Connect("Power"));
        Error error = _power.Selector == Selectors.Invalid ? _env.LastError : _power.Sigh(_env.Signal(label));
        if (error != Error.None)
        {
            _env.Log("Warning: no Power session (" + Errors.Name(error) + "): the board sleeps without waiting for the targets");
        }
    }

    /// <summary>There is news.</summary>
    internal void OnSignal()
    {
        int announcement = _power.Info(out long remaining);
        bool isNew = announcement != _announcement;
        _announcement = announcement;
        if (announcement == 0)
        {
            _timeouts.Clear(_timeout);
            _protection.WakeUp();
        }
        else if (isNew)
        {
            _env.Log("The board will sleep in " + (remaining / 1_000_000) + " ms");
            OnTimeout();
        }
    }

    /// <summary>Sends away who is still here, and says ready when nobody is.</summary>
    public void OnTimeout()
    {
        bool isSettled = true;
        for (int slot = 0; slot < _protection.Count; slot++)
        {
            isSettled &= _protection.Sleep(slot);
        }

        if (!isSettled)
        {
            _timeouts.Set(_timeout, PollMilliseconds);
        }
        else if (_power.Ready(_announcement) == Error.None)
        {
            _env.Log("Ready for the board's sleep");
        }
    }
}
