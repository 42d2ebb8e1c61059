// The program rtcr: the parent of its targets, their checkpoints' way to the manager, and the place where the checkpoints
// of others are restored. In the thesis's configurations it is called rtcr_dummy.
// Invariant: this file only hands events to the parts; what they do stands in theirs. Beside it: how the parts are made, and
// what the CMS agent wants of them.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>The real-time checkpointer/restorer as a component.</summary>
public sealed partial class Rtcr : PinnedProgram, ICmsOwner, ICopierOwner
{
    private const int WatchLabel = 1;
    private const int TimeoutsLabel = 2;
    private const int NicLabel = 3;
    private const int PowerLabel = 4;
    private const int CopierLabel = 5;
    private const int AgentLabel = 10;
    private const int SupervisorLabel = 100;

    /// <summary>Below this are the labels of RTCR's own gates, from it on to the targets' the records of its clients' sessions.</summary>
    private const int FirstSession = MemoryLayout.InitialMemory;

    private readonly bool _callsByItself;
    private Env _env = null!;
    private RtcrConfig _config = null!;
    private Supervisor _supervisor = null!;
    private Protection _protection = null!;
    private Schedule _schedule = null!;
    private Overload _overload = null!;
    private SleepGuard _sleep = null!;
    private RequestDesk _desk = null!;
    private RestoreTable _restores = null!;
    private RtcrReports _reports = null!;
    private LoadMeter _load = null!;
    private Copier? _copier;
    private CmsAgent? _agent;
    private NicConnection? _nic;
    private NetworkConfig _network;
    private NicEvent _news;
    private Timeouts _timeouts = null!;
    private int _callTimeout;
    private int _reopenTimeout;
    private bool _hasCalled;

    /// <summary>The program's text.</summary>
    /// <param name="callsByItself">Whether it calls for the migration of its first target by itself, 3 s after the first
    /// checkpoint, when the configuration does not say otherwise: what the thesis's dummy did.</param>
    public Rtcr(bool callsByItself)
    {
        _callsByItself = callsByItself;
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        if (label == WatchLabel)
        {
            TakeEnded();
        }
        else if (label == PowerLabel)
        {
            _sleep.OnSignal();
        }
        else if (label == CopierLabel)
        {
            _copier!.Link.OnSignal();
        }
        else if (_nic != null && _nic.OnSignal(label))
        {
            TakeNicEvents();
        }
        else if (!_timeouts.OnSignal(label) && _agent != null)
        {
            _agent.OnSignal(label);
        }

        Pump();
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label == CopierLabel)
        {
            _copier!.Link.OnReply(error, answer);
        }
        else if (_nic != null && _nic.OnReply(label, error, answer))
        {
            ReopenLater();
        }
        else if (_supervisor.OnReply(label, error, answer, out Error restored))
        {
            if (restored != Error.Deferred)
            {
                CompleteRestore(restored);
            }
        }
        else if (_agent != null)
        {
            _agent.OnReply(label, error, answer);
        }

        Pump();
    }

    /// <inheritdoc/>
    public override Error OnOpen(Env env, int session, Message request) => _desk.Open(session, request.Text);

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        if (label >= Supervisor.FirstGateLabel)
        {
            return _supervisor.OnRequest(label, request);
        }

        if (label >= FirstSession)
        {
            Error error = _desk.Request(label, request);
            Pump();
            return error;
        }

        return _agent != null && _agent.OnRequest(label, request, out Error outcome) ? outcome : Error.UnknownOpcode;
    }

    /// <summary>What was committed or asked meanwhile begins to move; while a target is held for a copy it waits for that handler.</summary>
    private void Pump()
    {
        if (_copier == null || !_copier.IsHolding)
        {
            _agent?.Pump();
        }
    }

    private void TakeNicEvents()
    {
        while (_nic!.Next(ref _news))
        {
            _agent!.OnEvent(ref _news);
        }

        ReopenLater();
    }

    /// <summary>Tries again when there is no session and none is being opened.</summary>
    private void ReopenLater()
    {
        if (!_nic!.IsReady && _nic.Error != Error.None)
        {
            _timeouts.Set(_reopenTimeout, ReopenMilliseconds);
        }
    }

    private void TakeEnded()
    {
        for (int slot = _supervisor.TakeEnded(out Error fault, out int value); slot >= 0;
            slot = _supervisor.TakeEnded(out fault, out value))
        {
            BeginAnew(slot, _protection.Ended(slot, fault, value));
        }
    }

    /// <summary>The time to call for a migration has come.</summary>
    private void Call()
    {
        _hasCalled = true;
        for (int slot = 0; slot < _supervisor.Count; slot++)
        {
            string wanted = _config.Migration.Target;
            if (_supervisor.IsAlive(slot) && (wanted.Length == 0 || _supervisor.NameOf(slot) == wanted))
            {
                _protection.Migrate(slot, ManagerOperation.AnyBoard);
                return;
            }
        }
    }

    /// <summary>One of the program's deadlines.</summary>
    private sealed class Deadline : ITimed
    {
        private readonly Rtcr _rtcr;
        private readonly bool _calls;

        internal Deadline(Rtcr rtcr, bool calls)
        {
            _rtcr = rtcr;
            _calls = calls;
        }

        public void OnTimeout()
        {
            if (_calls)
            {
                _rtcr.Call();
            }
            else
            {
                _rtcr.OpenNetwork();
            }
        }
    }
}
