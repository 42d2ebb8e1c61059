// The router's logic. This file: its sessions and its round over them. Beside it: set-up, streams, the uplink, datagrams.
// Invariants: what no rule permits is not carried but counted; a client that breaks the rules of its memory loses its
// session and disturbs nobody else; a byte is taken from one ring only into another, so a reader that stops stops its
// writer, that flow alone, and nothing is lost.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Sessions, and what passes between them.</summary>
internal sealed partial class FlowRouter
{
    internal const int MaxSessions = 32;

    private readonly Env _env;
    private readonly RouterConfig _config;
    private readonly RouterSession?[] _sessions = new RouterSession?[MaxSessions + 1];
    private readonly LinkTable _links = new LinkTable();
    private readonly byte[] _datagram = new byte[DatagramRing.MaxLength];
    private readonly ReportSession _report;
    private NicEvent _news;
    private int _reported;

    internal FlowRouter(Env env, RouterConfig config)
    {
        _env = env;
        _config = config;
        if (config.Reports)
        {
            _report = new ReportSession(env, env.Connect("Report"));
        }
    }

    /// <summary>How many streams pass through.</summary>
    internal int LinkCount => _links.Count;

    internal Error Open(int record, string label, bool isUplink)
    {
        Domain? domain = _config.DomainOf(label);
        if (domain == null)
        {
            _env.Log("Warning: no policy for " + label);
            return Error.ServiceDenied;
        }

        for (int i = 1; i < _sessions.Length; i++)
        {
            if (_sessions[i] == null)
            {
                _sessions[i] = new RouterSession(i, record, label, domain, isUplink);
                return Error.None;
            }
        }

        return Error.TableFull;
    }

    internal void Close(int record)
    {
        RouterSession? session = Find(record);
        if (session == null)
        {
            return;
        }

        CutAll(session);
        TakeDown(session);
        _sessions[session.Index] = null;
        FinishRound();
    }

    internal Error Request(int record, Message request)
    {
        RouterSession? session = Find(record);
        return session == null || request.Opcode != NicOperation.Setup ? Error.UnknownOpcode : SetUp(session, request);
    }

    /// <summary>A session's other side has done something.</summary>
    internal void OnSignal(int index)
    {
        RouterSession? session = index > 0 && index < _sessions.Length ? _sessions[index] : null;
        if (session != null)
        {
            session.NeedsRound = true;
            FinishRound();
        }
    }

    private RouterSession? Find(int record)
    {
        for (int i = 1; i < _sessions.Length; i++)
        {
            if (_sessions[i] != null && _sessions[i]!.Record == record)
            {
                return _sessions[i];
            }
        }

        return null;
    }

    /// <summary>Serves every session that needs it, until none does, then signals those for whom something changed.</summary>
    private void FinishRound()
    {
        for (RouterSession? session = NextToServe(); session != null; session = NextToServe())
        {
            session.NeedsRound = false;
            if (!session.IsUsable)
            {
                continue;
            }

            if (session.IsUplink)
            {
                ServeUplink(session);
            }
            else
            {
                Serve(session);
            }
        }

        for (int i = 1; i < _sessions.Length; i++)
        {
            RouterSession? session = _sessions[i];
            if (session != null && session.HasNews)
            {
                session.HasNews = false;
                _env.Submit(session.ClientSignal);
            }
        }

        Report();
    }

    private RouterSession? NextToServe()
    {
        for (int i = 1; i < _sessions.Length; i++)
        {
            if (_sessions[i] != null && _sessions[i]!.NeedsRound)
            {
                return _sessions[i];
            }
        }

        return null;
    }

    /// <summary>Ends a session whose memory is not as it has to be.</summary>
    private void Violated(RouterSession session)
    {
        if (session.IsOver)
        {
            return;
        }

        _env.Log("Error: " + session.Label + ": session ended: " + Errors.Name(Error.BadData));
        CutAll(session);
        session.IsOver = true;
        session.HasNews = true;
        if (session.IsUplink)
        {
            session.User.EndSession(Error.BadData);
        }
        else
        {
            session.Provider.EndSession(Error.BadData);
        }
    }

    private void Count(Domain domain, Refusal refusal, string what)
    {
        if (domain.Refuse(refusal))
        {
            _env.Log("Warning: [" + domain.Name + "] refused " + what + ": " + Refusals.Name(refusal));
        }
    }

    /// <summary>Reports the counters of each domain if one has changed.</summary>
    private void Report()
    {
        int total = 0;
        for (int i = 0; i < _config.DomainCount; i++)
        {
            total += _config.DomainAt(i).TotalRefused();
        }

        if (!_config.Reports || total == _reported)
        {
            return;
        }

        _reported = total;
        for (int i = 0; i < _config.DomainCount; i++)
        {
            Domain domain = _config.DomainAt(i);
            _report.Submit("domain name=" + domain.Name + " refused=" + domain.TotalRefused()
                + " no-rule=" + domain.Refused(Refusal.NoRule) + " links=" + _links.Count);
        }
    }
}
