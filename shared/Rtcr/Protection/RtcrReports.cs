// What RTCR reports of its targets, for tools outside: a word and key=value pairs.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Submits RTCR's reports, where a Report session is to be had.</summary>
internal sealed class RtcrReports
{
    private readonly Env _env;
    private readonly int _session;

    internal RtcrReports(Env env)
    {
        _env = env;
        _session = env.Connect("Report");
    }

    internal void Paused(string target, string reason) => Submit("paused target=" + target + " reason=" + reason);

    internal void Captured(string target, int bytes, long stop, long whole, string copier)
        => Submit("captured target=" + target + " bytes=" + bytes + " stop_ns=" + stop + " whole_ns=" + whole + " copier=" + copier);

    internal void Recovered(string target, int bytes) => Submit("recovered target=" + target + " bytes=" + bytes);

    internal void Sealed(string target, long nanoseconds) => Submit("sealed target=" + target + " ns=" + nanoseconds);

    internal void Committed(string target, int commit) => Submit("committed target=" + target + " commit=" + commit);

    internal void Stopped(string target) => Submit("stopped target=" + target);

    internal void Restored(string target, int bytes, long mac, int epoch)
        => Submit("restored target=" + target + " bytes=" + bytes + " from=" + Os.Mac.Format(mac) + " epoch=" + epoch);

    internal void Slept(string target) => Submit("slept target=" + target);

    internal void Overloaded(string target, int load, int free)
        => Submit("overloaded target=" + target + " load=" + load + " free=" + free);

    internal void Started(string target) => Submit("started target=" + target);

    private void Submit(string text)
    {
        if (_session != Selectors.Invalid)
        {
            new ReportSession(_env, _session).Submit(text);
        }
    }
}
