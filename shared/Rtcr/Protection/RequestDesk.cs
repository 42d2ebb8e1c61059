// RTCR's own service: clients ask for checkpoints, migrations and status (CheckpointOperation). Requests that take a while are
// kept until the checkpoint is stored or the target runs elsewhere.
// Invariants: what no policy permits is refused before anything is done; each kept request is answered once, at the latest by
// its policy's timeout; what was asked for goes on even if nobody waits for it any longer.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Serves the service Checkpoint.</summary>
internal sealed class RequestDesk : IPlanWatcher, ITimed
{
    /// <summary>The service's name.</summary>
    internal const string Service = "Checkpoint";

    /// <summary>Bytes of a session's record: the number of its policy.</summary>
    internal const int RecordSize = 4;

    private const int Capacity = 16;

    private readonly Env _env;
    private readonly RtcrConfig _config;
    private readonly Supervisor _supervisor;
    private readonly Protection _protection;
    private readonly Timeouts _timeouts;
    private readonly int _timeout;
    private readonly int[] _token = new int[Capacity];
    private readonly int[] _slot = new int[Capacity];
    private readonly int[] _kind = new int[Capacity];
    private readonly bool[] _waitsForNext = new bool[Capacity];
    private readonly long[] _deadline = new long[Capacity];

    internal RequestDesk(Env env, RtcrConfig config, Supervisor supervisor, Protection protection, Timeouts timeouts)
    {
        _env = env;
        _config = config;
        _supervisor = supervisor;
        _protection = protection;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
        protection.Watcher = this;
    }

    /// <summary>A client comes.</summary>
    /// <returns>ServiceDenied when no policy is about it.</returns>
    internal Error Open(int session, string label)
    {
        int policy = _config.Policies.Find(label);
        if (policy < 0)
        {
            _env.Log("Warning: no policy for " + label + "; it gets no session of " + Service);
            return Error.ServiceDenied;
        }

        _env.Memory.WriteInt32(session, policy);
        return Error.None;
    }

    /// <summary>A client asks.</summary>
    internal Error Request(int session, Message request)
    {
        int policy = _env.Memory.ReadInt32(session);
        string name = request.Text;
        int slot = Find(name);
        if (slot >= 0 && !_config.Policies.Concerns(policy, _supervisor.NameOf(slot)))
        {
            return Error.NotPermitted;
        }

        switch (request.Opcode)
        {
            case CheckpointOperation.Checkpoint:
                return !_config.Policies.MayCheckpoint(policy) || (slot >= 0 && !_protection[slot].Rules.OnRequest)
                    ? Error.NotPermitted
                    : Begin(slot, CheckpointOperation.Checkpoint, policy);
            case CheckpointOperation.Migrate:
                return _config.Policies.MayMigrate(policy) ? Begin(slot, CheckpointOperation.Migrate, policy) : Error.NotPermitted;
            case CheckpointOperation.Status:
                return slot < 0 ? Error.NotFound : Status(slot, request);
            default:
                return Error.UnknownOpcode;
        }
    }

    public void OnStored(int slot, int commit, Error error)
    {
        for (int row = 0; row < Capacity; row++)
        {
            if (IsFor(row, slot, CheckpointOperation.Checkpoint) && !_waitsForNext[row])
            {
                Answer(row, error, commit);
            }
        }
    }

    public void OnNext(int slot)
    {
        for (int row = 0; row < Capacity; row++)
        {
            _waitsForNext[row] &= _slot[row] != slot;
        }
    }

    public void OnMoved(int slot, Error error)
    {
        for (int row = 0; row < Capacity; row++)
        {
            if (IsFor(row, slot, CheckpointOperation.Migrate))
            {
                Answer(row, error, 0);
            }
        }
    }

    public void OnEnded(int slot)
    {
        for (int row = 0; row < Capacity; row++)
        {
            if (_token[row] != 0 && _slot[row] == slot)
            {
                Answer(row, Error.Gone, 0);
            }
        }
    }

    /// <summary>Whoever has waited too long is told so.</summary>
    public void OnTimeout()
    {
        long now = _timeouts.Now;
        for (int row = 0; row < Capacity; row++)
        {
            if (_token[row] != 0 && _deadline[row] <= now)
            {
                Answer(row, Error.Unreachable, 0);
            }
        }

        SetTimeout(now);
    }

    private Error Begin(int slot, int kind, int policy)
    {
        int row = FindFree();
        if (slot < 0 || row < 0 || _protection.Agent == null)
        {
            return slot < 0 ? Error.NotFound : row < 0 ? Error.TableFull : Error.Unreachable;
        }

        int token = _env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        // Noted first: the outcome may come before the beginning returns.
        long now = _timeouts.Now;
        _token[row] = token;
        _slot[row] = slot;
        _kind[row] = kind;
        _waitsForNext[row] = true;
        _deadline[row] = now + (_config.Policies.Timeout(policy) * 1_000_000L);
        bool later = false;
        Error error = kind == CheckpointOperation.Migrate
            ? _protection.Migrate(slot, ManagerOperation.AnyBoard)
            : _protection.CheckpointSoon(slot, out later);
        _waitsForNext[row] = later;
        if (error != Error.None)
        {
            _token[row] = 0;
            return error;
        }

        SetTimeout(now);
        return Error.Deferred;
    }

    private Error Status(int slot, Message request)
    {
        TargetPlan plan = _protection[slot];
        int status = plan.Step switch
        {
            PlanStep.Idle => CheckpointStatus.Running,
            PlanStep.Committing => CheckpointStatus.Committing,
            PlanStep.Sleeping => CheckpointStatus.Sleeping,
            _ => CheckpointStatus.Leaving,
        };
        request.Add(status).Add(plan.StoredCommit).Add(plan.ImageBytes).Add64(_supervisor.CpuNanosecondsOf(slot));
        return Error.None;
    }

    private void Answer(int row, Error error, int commit)
    {
        int token = _token[row];
        _token[row] = 0;
        _env.Reply(token, error, _env.Compose(0).Add(commit));
    }

    private bool IsFor(int row, int slot, int kind) => _token[row] != 0 && _slot[row] == slot && _kind[row] == kind;

    private int Find(string name)
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

    private int FindFree()
    {
        for (int row = 0; row < Capacity; row++)
        {
            if (_token[row] == 0)
            {
                return row;
            }
        }

        return -1;
    }

    private void SetTimeout(long now)
    {
        long next = long.MaxValue;
        for (int row = 0; row < Capacity; row++)
        {
            next = _token[row] != 0 && _deadline[row] < next ? _deadline[row] : next;
        }

        if (next != long.MaxValue)
        {
            _timeouts.Set(_timeout, (int)((next - now + 999_999) / 1_000_000));
        }
    }
}
