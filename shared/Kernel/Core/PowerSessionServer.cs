// Core's Power service: who has a signal context set is told that the board will sleep, and the board waits for his word.
namespace Tern.Kernel;

/// <summary>Core's side of a Power session.</summary>
internal sealed class PowerSessionServer : CoreSession
{
    private SignalTarget _target;
    private bool _isAwaited;
    private bool _hasSaidReady;

    private PowerSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
        core.Power.Join(this);
    }

    /// <summary>The next in core's list of these sessions.</summary>
    internal PowerSessionServer? NextSession;

    /// <summary>Whether the board need not wait for this session.</summary>
    internal bool IsReady => _hasSaidReady || !_isAwaited;

    internal static Error Create(Core core, Task client, string label, out CoreSession? session)
    {
        session = core.Power.Exists ? new PowerSessionServer(core, client, label) : null;
        return session == null ? Error.NoDevice : Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case PowerOperation.Sigh:
                return Subscribe(message);
            case PowerOperation.Info:
                message.Add(Core.Power.Announcement).Add64(Core.Power.Remaining);
                return Error.None;
            case PowerOperation.Ready:
                return Ready(message.Word(0));
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>There is news.</summary>
    internal void Announce()
    {
        _hasSaidReady = false;
        _target.Trigger(this, 1);
    }

    internal override void Close() => Core.Power.Leave(this);

    private Error Subscribe(Message message)
    {
        Error error = _target.Set(Core, message);
        if (error == Error.None)
        {
            _isAwaited = message.Capability(0) != 0;
            if (_isAwaited && Core.Power.Announcement != 0)
            {
                // Whoever comes late is told, too.
                _target.Trigger(this, 1);
            }

            Core.Power.Settle();
        }

        return error;
    }

    private Error Ready(int announcement)
    {
        if (announcement == 0 || announcement != Core.Power.Announcement)
        {
            return Error.Stale;
        }

        _hasSaidReady = true;
        Core.Power.Settle();
        return Error.None;
    }
}
