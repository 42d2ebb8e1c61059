// How rtcr begins: its configuration, its parts, its network and its targets.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

public sealed partial class Rtcr
{
    private const int ReopenMilliseconds = 1000;
    private const int DummyMigrateMilliseconds = 3000;
    private const int MostDeadlines = 10;

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

        MakeParts(new TimerSession(env, timer), new CryptoSession(env, crypto));
        _protection.Mac = cms.Mac;
        if (!OpenDsm(in cms, hasManager))
        {
            return;
        }

        BeginTargets();
        Announce();
        _overload.Begin();
        if (hasManager)
        {
            OpenNetwork();
        }
        else
        {
            _schedule.Begin(false);
        }
    }

    private void MakeParts(TimerSession timer, CryptoSession crypto)
    {
        _timeouts = new Timeouts(_env, TimeoutsLabel, MostDeadlines);
        _callTimeout = _timeouts.Add(new Deadline(this, true));
        _reopenTimeout = _timeouts.Add(new Deadline(this, false));
        _load = new LoadMeter(new CpuSession(_env, Selectors.Cpu));
        _reports = new RtcrReports(_env);
        _supervisor = new Supervisor(
            _env, timer, crypto, new RtcrLimits { Targets = _config.Slots }, SupervisorLabel, _env.Signal(WatchLabel));
        _supervisor.SetPolicy(_config);
        _restores = new RestoreTable(_env, _config.Slots);
        _protection = new Protection(_env, _config, _supervisor, _reports, _timeouts);
        _schedule = new Schedule(_protection, _supervisor, _timeouts);
        _overload = new Overload(_env, _config.Migration, _supervisor, _protection, _reports, _timeouts);
        _sleep = new SleepGuard(_env, _protection, _timeouts);
        _desk = new RequestDesk(_env, _config, _supervisor, _protection, _timeouts);
        if (_config.Migration.WatchesSleep)
        {
            _sleep.Begin(PowerLabel);
        }
    }

    private bool ReadConfig(Env env, ref CmsConfig cms)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        _config.MostUrgent = new CpuSession(env, Selectors.Cpu).Priorities() - 1;
        _config.Read(config, reader);
        if (_callsByItself && !config.Child("migrate").IsValid)
        {
            _config.Migration.AfterMilliseconds = DummyMigrateMilliseconds;
        }

        _network.Read(config, reader);
        return cms.Read(config, reader);
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

        ImagePlace draft = default;
        error = _protection.Address != 0 ? MakePlace(_config.ImageSize, out draft) : error == Error.None ? _env.LastError : error;
        if (error == Error.None)
        {
            _protection.Draft = draft;
            return true;
        }

        _env.Log("Error: no memory for " + (_config.Slots + 1) + " images of " + _config.ImageSize
            + " bytes (" + Errors.Name(error) + "): give more RAM, or say <dsm image_size=…/>");
        return false;
    }

    /// <summary>Makes a place for an image: a dataspace of its own, since one has to lie within one of the board's banks.</summary>
    private Error MakePlace(int size, out ImagePlace place)
    {
        int dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(size, out Error error);
        int address = error == Error.None ? _env.Attach(dataspace) : 0;
        place = new ImagePlace(dataspace, address, 0, size);
        return address == 0 && error == Error.None ? _env.LastError : error;
    }

    private void OpenNetwork()
    {
        if (_nic!.Open("", _network.Address, _network.Netmask, _network.Gateway) != Error.None)
        {
            ReopenLater();
        }
    }

    private void StartTargets()
    {
        for (int i = 0; i < _config.TargetCount; i++)
        {
            if (_config.Targets[i].IsGood)
            {
                Start(_config.Targets[i]);
            }
        }
    }

    private void Start(TargetConfig target)
    {
        int slot = _supervisor.FindFree();
        Error error = slot < 0 ? Error.Full : _supervisor.Start(
            slot, target.Name, target.Binary, target.Ram, target.Caps, target.Priority, target.Config);
        if (error == Error.None)
        {
            _supervisor.ConfigureServing(slot, target.Rules.ClosesOrphans, target.Route);
            _protection.Begin(slot);
            _reports.Started(target.Name);
        }
        else
        {
            _env.Log("Error: target \"" + target.Name + "\" not started: " + Errors.Name(error));
        }
    }

    /// <summary>Offers RTCR's own service, if anybody may use it.</summary>
    private void Announce()
    {
        Error error = _config.Policies.Count > 0 ? _env.Announce(RequestDesk.Service, RequestDesk.RecordSize) : Error.None;
        if (error != Error.None)
        {
            _env.Log("Error: service " + RequestDesk.Service + " not announced: " + Errors.Name(error)
                + "; say <provides> <service name=\"" + RequestDesk.Service + "\"/> </provides> in init's start node");
        }
    }
}
