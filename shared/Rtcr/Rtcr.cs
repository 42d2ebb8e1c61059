// The program rtcr: the parent of its targets, their checkpoints' way to the manager, and the place where the checkpoints
// of others are restored. In the thesis's configurations it is called rtcr_dummy.
// Invariant: this file only joins the parts; what they do stands in theirs.
using System.Text;
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>The real-time checkpointer/restorer as a component.</summary>
public sealed class Rtcr : PinnedProgram, ICmsOwner
{
    private const int WatchLabel = 1;
    private const int TimeoutsLabel = 2;
    private const int NicLabel = 3;
    private const int AgentLabel = 10;
    private const int SupervisorLabel = 100;
    private const int LongestConfig = 16 * 1024;
    private const int ReopenMilliseconds = 1000;
    private const int DummyMigrateMilliseconds = 3000;

    private readonly bool _callsByItself;
    private Env _env = null!;
    private RtcrConfig _config = null!;
    private Supervisor _supervisor = null!;
    private Protection _protection = null!;
    private RestoreTable _restores = null!;
    private RtcrReports _reports = null!;
    private LoadMeter _load = null!;
    private CmsAgent? _agent;
    private NicConnection? _nic;
    private NetworkConfig _network;
    private NicEvent _news;
    private Timeouts _timeouts = null!;
    private int _migrateTimeout;
    private int _periodTimeout;
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
    public override void Construct(Env env)
    {
        _env = env;
        _config = new RtcrConfig();
        var cms = default(CmsConfig);
        bool hasManager = ReadConfig(env, ref cms);
        int timer = env.Connect("Timer");
        int crypto = env.Connect("Crypto");
        if (timer == Selectors.Invalid || crypto == Selectors.Invalid)
        {
            env.Log("Error: no session of Timer or Crypto: " + Errors.Name(env.LastError));
            env.Exit(1);
            return;
        }

        _timeouts = new Timeouts(env, TimeoutsLabel, 3);
        _migrateTimeout = _timeouts.Add(new Deadline(this, Deadline.Migrate));
        _periodTimeout = _timeouts.Add(new Deadline(this, Deadline.Period));
        _reopenTimeout = _timeouts.Add(new Deadline(this, Deadline.Reopen));
        _load = new LoadMeter(new CpuSession(env, Selectors.Cpu));
        _reports = new RtcrReports(env);
        _supervisor = new Supervisor(
            env, new TimerSession(env, timer), new CryptoSession(env, crypto),
            new RtcrLimits { Targets = _config.Slots }, SupervisorLabel, env.Signal(WatchLabel));
        _restores = new RestoreTable(env, _config.Slots);
        _protection = new Protection(env, _config, _supervisor, _reports) { Mac = cms.Mac };
        if (!OpenDsm(in cms, hasManager))
        {
            return;
        }

        StartTargets();
        if (hasManager)
        {
            OpenNetwork();
        }
        else
        {
            SchedulePeriod();
        }
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        if (label == WatchLabel)
        {
            TakeEnded();
        }
        else if (_nic != null && _nic.OnSignal(label))
        {
            TakeNicEvents();
        }
        else if (!_timeouts.OnSignal(label) && _agent != null)
        {
            _agent.OnSignal(label);
        }

        // What was committed or asked meanwhile begins to move.
        _agent?.Pump();
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (_nic != null && _nic.OnReply(label, error, answer))
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

        _agent?.Pump();
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
        => _agent != null && _agent.OnRequest(label, request, out Error outcome)
            ? outcome
            : _supervisor.OnRequest(label, request);

    /// <inheritdoc/>
    void ICmsOwner.OnReady()
    {
        _protection.CheckpointAll();
        SchedulePeriod();
    }

    /// <inheritdoc/>
    void ICmsOwner.OnCommitted(int offset, int commit, Error error)
    {
        if (error == Error.None && !_hasCalled && _config.MigrateMicroseconds > 0 && !_timeouts.IsSet(_migrateTimeout))
        {
            _timeouts.Set(_migrateTimeout, (int)(_config.MigrateMicroseconds / 1000));
        }

        _protection.Committed(offset, commit, error, _timeouts.Now);
        PollLater(_protection.Poll(_timeouts.Now));
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnStop(int offset, int claim) => _protection.Stop(offset);

    /// <inheritdoc/>
    void ICmsOwner.OnMigrated(int offset, Error error) => _protection.Migrated(offset, error);

    /// <inheritdoc/>
    void ICmsOwner.ReadInformation(ref SystemInformation information)
    {
        var quota = default(Quota);
        new PdSession(_env, Selectors.Pd).ReadQuota(ref quota);
        bool hasPlace = _supervisor.FindFree() >= 0;
        information.FreeRam = hasPlace ? quota.RamQuota - quota.RamUsed : 0;
        information.FreeCaps = hasPlace ? quota.CapQuota - quota.CapUsed : 0;
        information.LoadPermille = _load.Read();
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnRestoreBegin(int restore, Checkpoint checkpoint, out int dataspace)
    {
        dataspace = Selectors.Invalid;
        int slot = _restores.IsFull ? -1 : _supervisor.FindFree();
        return slot < 0 ? Error.Full : _restores.Begin(restore, checkpoint.Size, out dataspace);
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnRestore(int restore, Checkpoint checkpoint, out int offset)
    {
        offset = -1;
        int slot = _supervisor.FindFree();
        if (slot < 0)
        {
            return Error.Full;
        }

        Error error = _restores.Attach(restore, slot, in checkpoint, out int dataspace, out int address);
        error = error == Error.None
            ? _supervisor.Restore(slot, dataspace, address, 0, checkpoint.Size, checkpoint.Claim)
            : error;
        offset = _protection.OffsetOf(slot);
        if (error == Error.None)
        {
            Restored(restore);
        }

        return error;
    }

    /// <inheritdoc/>
    void ICmsOwner.OnRestoreEnd(int restore) => _restores.End(restore);

    private bool ReadConfig(Env env, ref CmsConfig cms)
    {
        string text = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0)).ReadText(LongestConfig);
        if (!XmlNode.TryParse(Encoding.UTF8.GetBytes(text), out XmlNode config, out XmlFault fault))
        {
            env.Log("Error: configuration: " + fault.ToString());
        }

        _config.Read(config);
        if (_callsByItself && !config.Child("migrate").IsValid)
        {
            _config.MigrateMicroseconds = DummyMigrateMilliseconds * 1000L;
        }

        if (_config.Problem.Length > 0)
        {
            env.Log("Error: configuration: " + _config.Problem + "; its default is used");
        }

        if (!_network.Read(config, out string attribute))
        {
            env.Log("Error: configuration: attribute " + attribute + " of lwip is malformed");
        }

        return config.HasAttribute("manager_ip") && cms.Read(env, config);
    }

    /// <summary>Makes the DSM, which the agent keeps in step with the manager's; without a manager, just memory.</summary>
    private bool OpenDsm(in CmsConfig cms, bool hasManager)
    {
        int size = _config.ImageSize * _config.Slots;
        Error error;
        if (hasManager)
        {
            _nic = new NicConnection(_env, NicLabel, NicLabel);
            _agent = new CmsAgent(_env, _nic, in cms, AgentLabel, this);
            error = _agent.Establish(size);
            _protection.Agent = _agent;
            _protection.Dataspace = _agent.Dataspace;
            _protection.Address = _agent.Address;
        }
        else
        {
            _protection.Dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(size, out error);
            _protection.Address = error == Error.None ? _env.Attach(_protection.Dataspace) : 0;
        }

        if (_protection.Address == 0)
        {
            _env.Log("Error: no memory for " + _config.Slots + " images of " + _config.ImageSize
                + " bytes (" + Errors.Name(error) + "): give more RAM, or say <dsm image_size=…/>");
        }

        return _protection.Address != 0;
    }

    private void OpenNetwork()
    {
        if (_nic!.Open("", _network.Address, _network.Netmask, _network.Gateway) != Error.None)
        {
            ReopenLater();
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

    private void StartTargets()
    {
        for (int i = 0; i < _config.TargetCount; i++)
        {
            RtcrConfig.TargetConfig target = _config.Targets[i];
            int slot = _supervisor.FindFree();
            Error error = slot < 0 ? Error.Full : _supervisor.Start(
                slot, target.Name, target.Binary, target.Ram, target.Caps, target.Priority, Encoding.UTF8.GetBytes(target.Config));
            if (error == Error.None)
            {
                _protection.Begin(slot);
                _reports.Started(target.Name);
            }
            else
            {
                _env.Log("Error: target \"" + target.Name + "\" not started: " + Errors.Name(error));
            }
        }
    }

    private void TakeEnded()
    {
        for (int slot = _supervisor.TakeEnded(out Error fault, out int value); slot >= 0;
            slot = _supervisor.TakeEnded(out fault, out value))
        {
            _protection.Ended(slot, fault, value);
        }
    }

    private void CompleteRestore(Error error)
    {
        int restore = _restores.UnderWay;
        if (restore < 0)
        {
            return;
        }

        if (error == Error.None)
        {
            Restored(restore);
        }

        _agent!.CompleteRestore(restore, error, _protection.OffsetOf(_restores.SlotOf(restore)));
    }

    /// <summary>A checkpoint of somebody else's runs here now.</summary>
    private void Restored(int restore)
    {
        int slot = _restores.SlotOf(restore);
        Checkpoint checkpoint = _restores.CheckpointOf(restore);
        string name = _supervisor.NameOf(slot);
        _protection.Begin(slot);
        _reports.Restored(name, checkpoint.Size, checkpoint.Mac, checkpoint.Claim);
        _reports.Started(name);
        _env.Log("[Migr thread] Checkpoint " + name + " received. Migration successful");
    }

    private int FindTarget(string name)
    {
        for (int slot = 0; slot < _supervisor.Count; slot++)
        {
            if (_supervisor.IsAlive(slot) && (name.Length == 0 || _supervisor.NameOf(slot) == name))
            {
                return slot;
            }
        }

        return -1;
    }

    private void PollLater(int milliseconds)
    {
        if (milliseconds > 0)
        {
            _timeouts.Set(_migrateTimeout, milliseconds);
        }
    }

    private void SchedulePeriod()
    {
        if (_config.PeriodMicroseconds > 0)
        {
            _timeouts.Set(_periodTimeout, (int)(_config.PeriodMicroseconds / 1000));
        }
    }

    /// <summary>The time to call for migration has come, or to go on with one.</summary>
    private void CallOrPoll()
    {
        if (!_hasCalled)
        {
            _hasCalled = true;
            int slot = FindTarget(_config.MigrateTarget);
            if (slot >= 0)
            {
                _protection.Migrate(slot, _timeouts.Now);
            }
        }

        PollLater(_protection.Poll(_timeouts.Now));
    }

    /// <summary>One of the program's deadlines.</summary>
    private sealed class Deadline : ITimed
    {
        internal const int Migrate = 0;
        internal const int Period = 1;
        internal const int Reopen = 2;

        private readonly Rtcr _rtcr;
        private readonly int _kind;

        internal Deadline(Rtcr rtcr, int kind)
        {
            _rtcr = rtcr;
            _kind = kind;
        }

        public void OnTimeout()
        {
            switch (_kind)
            {
                case Migrate:
                    _rtcr.CallOrPoll();
                    break;
                case Period:
                    _rtcr._protection.CheckpointAll();
                    _rtcr.SchedulePeriod();
                    break;
                default:
                    _rtcr.OpenNetwork();
                    break;
            }
        }
    }
}
