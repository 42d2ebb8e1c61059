// Migration because the board has too much to do, or too little memory left. The target goes only where the load, with what
// the target brings, is below a lower bound than the one that made it go: so it does not come back.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Watches the board's load and sends a target away when it has been too much for too long.</summary>
internal sealed class Overload : ITimed
{
    private const int SamplesAlarm = 2;
    private const int Permille = 10;

    private readonly Env _env;
    private readonly MigrationRules _rules;
    private readonly Supervisor _supervisor;
    private readonly Protection _protection;
    private readonly RtcrReports _reports;
    private readonly Timeouts _timeouts;
    private readonly LoadMeter _meter;
    private readonly long[] _ran;
    private readonly int _timeout;
    private readonly int _step;
    private OverloadWatch _watch;
    private long _sampledAt;

    internal Overload(Env env, MigrationRules rules, Supervisor supervisor, Protection protection, RtcrReports reports, Timeouts timeouts)
    {
        _env = env;
        _rules = rules;
        _supervisor = supervisor;
        _protection = protection;
        _reports = reports;
        _timeouts = timeouts;
        _meter = new LoadMeter(new CpuSession(env, Selectors.Cpu));
        _ran = new long[supervisor.Count];
        _timeout = timeouts.Add(this);
        _step = rules.ForMilliseconds / SamplesAlarm < 1 ? 1 : rules.ForMilliseconds / SamplesAlarm;
        _watch = new OverloadWatch(rules.ForMilliseconds * 1_000_000L, rules.RestMilliseconds * 1_000_000L);
    }

    /// <summary>Begins to watch, if that is wanted.</summary>
    internal void Begin()
    {
        if (_rules.WatchesLoad)
        {
            _meter.Read();
            _sampledAt = _timeouts.Now;
            _timeouts.Set(_timeout, _step);
        }
    }

    /// <summary>A target has come: what it brings is not held against it at once.</summary>
    internal void Arrived() => _watch.Rest(_timeouts.Now);

    /// <summary>Takes a sample.</summary>
    public void OnTimeout()
    {
        long now = _timeouts.Now;
        int load = _meter.Read();
        long free = FreeRam();
        bool isBusy = _rules.OverloadPercent > 0 && load >= _rules.OverloadPercent * Permille;
        bool isFull = _rules.MinFreeRam > 0 && free < _rules.MinFreeRam;
        int slot = Choose(isBusy, now - _sampledAt, out int share);
        bool isAlarm = _watch.Sample(_sampledAt, now, isBusy || isFull);
        _sampledAt = now;
        if (isAlarm && slot >= 0)
        {
            SendAway(slot, isBusy, load, share, free);
        }

        _timeouts.Set(_timeout, _step);
    }

    private void SendAway(int slot, bool isBusy, int load, int share, long free)
    {
        string name = _supervisor.NameOf(slot);
        int most = isBusy ? (_rules.ReliefPercent * Permille) - share : ManagerOperation.AnyOtherBoard - 1;
        _env.Log("Overload: load " + load + " of 1000, " + free + " bytes of RAM left; " + name + " has to go");
        _reports.Overloaded(name, load, (int)free);
        if (most < 0)
        {
            _env.Log("Warning: " + name + " alone is more than any board may have; it stays");
            return;
        }

        _protection.Migrate(slot, most + 1);
    }

    /// <summary>Who goes: the one that is configured, else who runs most, or takes most memory.</summary>
    /// <param name="isBusy">Whether the processor is what there is too little of.</param>
    /// <param name="elapsed">Nanoseconds since the last sample.</param>
    /// <param name="share">The thousandths of the processor that it took.</param>
    private int Choose(bool isBusy, long elapsed, out int share)
    {
        int best = -1;
        long most = -1;
        share = 0;
        for (int slot = 0; slot < _ran.Length; slot++)
        {
            long ran = _supervisor.CpuNanosecondsOf(slot);
            long used = ran >= _ran[slot] && elapsed > 0 ? (ran - _ran[slot]) * 1000 / elapsed : 0;
            _ran[slot] = ran;
            bool may = _supervisor.IsAlive(slot) && (_rules.Target.Length == 0 || _supervisor.NameOf(slot) == _rules.Target);
            long weight = isBusy ? used : RamOf(slot);
            if (may && weight > most)
            {
                best = slot;
                most = weight;
                share = used > 1000 ? 1000 : (int)used;
            }
        }

        return best;
    }

    private long RamOf(int slot)
    {
        var quota = default(Quota);
        return _supervisor.IsAlive(slot) && _supervisor.ReadQuota(slot, ref quota) == Error.None ? quota.RamQuota : 0;
    }

    private long FreeRam()
    {
        var quota = default(Quota);
        new PdSession(_env, Selectors.Pd).ReadQuota(ref quota);
        return quota.RamQuota - quota.RamUsed;
    }
}
