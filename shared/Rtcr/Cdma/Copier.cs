// The module cdma: checkpoints whose memory the co-processor copies. The target is held while its state is captured and until the
// driver has ordered the copy of its bank; then it runs on, and the copy is brought into the image meanwhile.
// Invariants: one checkpoint is under way at a time, others wait for their turn; an image is made beside the last one and takes its
// place only when it is whole; none is begun while jobs of an abandoned one may still write.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Makes checkpoints with a co-processor.</summary>
internal sealed class Copier : ITimed
{
    private const int None = -1;

    private readonly Env _env;
    private readonly Supervisor _supervisor;
    private readonly ICopierOwner _owner;
    private readonly Timeouts _timeouts;
    private readonly CopyPlan _plan;
    private readonly CopyEngineLink _link;
    private readonly LiveBank[] _banks;
    private readonly bool[] _isWanted;
    private readonly int _timeout;
    private readonly int _limit;
    private readonly ImagePlace _place;
    private readonly long _mac;
    private Phase _phase;
    private int _slot = None;
    private int _size;
    private int _piece;
    private int _lastSubmitted;
    private int _lastEnded;
    private bool _isAsking;
    private bool _collects;
    private bool _isFull;

    // What the outstanding request is, and for which checkpoint it was made.
    private int _asked;
    private int _askedFor;
    private int _number;

    /// <param name="env">RTCR's environment.</param>
    /// <param name="rules">How much memory each target has beside the co-processor.</param>
    /// <param name="supervisor">Who captures.</param>
    /// <param name="owner">Who is told.</param>
    /// <param name="timeouts">Deadlines.</param>
    /// <param name="label">A label for answers and signals.</param>
    /// <param name="place">Where images are made: attached memory of RTCR's, in which nothing else is made.</param>
    /// <param name="mac">The MAC address that images carry.</param>
    internal Copier(
        Env env, CdmaRules rules, Supervisor supervisor, ICopierOwner owner, Timeouts timeouts, int label, ImagePlace place, long mac)
    {
        _env = env;
        _supervisor = supervisor;
        _owner = owner;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
        _limit = rules.TimeoutMilliseconds;
        _place = place;
        _mac = mac;
        _plan = new CopyPlan(supervisor.MostObjects);
        _isWanted = new bool[supervisor.Count];
        _banks = new LiveBank[supervisor.Count];
        var pd = new PdSession(env, Selectors.Pd);
        int blank = pd.AllocateDataspace(env.Memory.PageSize, out Error _);
        int scratch = pd.AllocateDataspace(env.Memory.PageSize, out Error _);
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            _banks[slot] = new LiveBank(env, blank, scratch);
            supervisor.SetBank(slot, _banks[slot]);
        }

        _link = new CopyEngineLink(env, rules, _banks, timeouts, label, place.Dataspace, this);
    }

    /// <summary>How far a checkpoint has come.</summary>
    private enum Phase
    {
        /// <summary>None is under way.</summary>
        Idle,

        /// <summary>The target is held until the driver has ordered the copy.</summary>
        Ordering,

        /// <summary>The target runs, and its copy is brought into the image.</summary>
        Bringing,
    }

    /// <summary>Whether a checkpoint is under way, or jobs of one are.</summary>
    internal bool IsAtWork => _phase != Phase.Idle || HasJobs;

    /// <summary>Whether jobs are outstanding.</summary>
    private bool HasJobs => _lastEnded != _lastSubmitted;

    /// <summary>Whether jobs of a checkpoint that was given up are outstanding, or may be yet.</summary>
    private bool IsDraining => _phase == Phase.Idle && (_isAsking || HasJobs);

    /// <summary>Whether the link has something to send for a checkpoint.</summary>
    internal bool HasRequest => (_collects && HasJobs) || _phase == Phase.Ordering
        || (_phase == Phase.Bringing && _piece < _plan.Count && !_isFull);

    /// <summary>Where the image is made that <see cref="ICopierOwner.OnCopied"/> tells of.</summary>
    internal ImagePlace Place => _place;

    /// <summary>Whether a target is held until the driver answers: whatever else can wait should.</summary>
    internal bool IsHolding => _phase == Phase.Ordering;

    /// <summary>The session at the driver: whoever hears from it hands that in here.</summary>
    internal CopyEngineLink Link => _link;

    /// <summary>Whether a target's checkpoint can be left to the co-processor.</summary>
    internal bool Covers(int slot) => _link.IsReady && _banks[slot].IsUsable && _supervisor.LivesInBank(slot) && !IsDraining;

    /// <summary>Takes a checkpoint of a target, or as soon as the one before is done.</summary>
    /// <returns>None when <see cref="ICopierOwner.OnCopied"/> will tell; otherwise why the target cannot be captured.</returns>
    internal Error Take(int slot)
    {
        if (_phase != Phase.Idle)
        {
            _isWanted[slot] = true;
            return Error.None;
        }

        _plan.Clear();
        Error error = _supervisor.Capture(slot, _place, _mac, _plan, out _size);
        if (error == Error.None)
        {
            _slot = slot;
            _phase = Phase.Ordering;
            _piece = 0;
            _timeouts.Set(_timeout, _limit);
            _link.Pump();
        }

        return error;
    }

    /// <summary>Nobody waits for a target's checkpoint any more; if it still lives, it runs on.</summary>
    internal void Abandon(int slot)
    {
        _isWanted[slot] = false;
        if (_slot == slot)
        {
            LetRun();
            End();
        }
    }

    /// <summary>The copies take too long.</summary>
    public void OnTimeout()
    {
        if (_phase != Phase.Idle)
        {
            Fail(Error.Unreachable);
        }
    }

    /// <summary>Jobs may have ended.</summary>
    internal void OnNews() => _collects = true;

    /// <summary>Whether there is a co-processor is known.</summary>
    internal void OnSettled() => _owner.OnSettled();

    /// <summary>A place has a bank now: a target that began without one moves there.</summary>
    internal void OnBank(int slot) => _supervisor.Adopt(slot);

    /// <summary>Whether a target still has memory in a place's bank.</summary>
    internal bool IsLivedIn(int slot) => _supervisor.LivesInBank(slot);

    /// <summary>All that was beside the co-processor is lost: jobs, copies and the targets' memory.</summary>
    internal void OnLost()
    {
        _lastEnded = _lastSubmitted;
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            bool waited = _isWanted[slot] || _slot == slot;
            Abandon(slot);
            if (waited)
            {
                _owner.OnCopied(slot, Error.Gone, 0);
            }

            if (_supervisor.IsBeside(slot))
            {
                _owner.OnMemoryLost(slot);
            }
        }
    }

    /// <summary>Composes what is to be sent next.</summary>
    internal Message Compose(CopyEngineSession session, CopyEngineLink link)
    {
        _askedFor = _number;
        _isAsking = true;
        if (_collects && HasJobs)
        {
            _collects = false;                              // what ends from now on may overtake the answer
            _asked = CopyEngineOperation.Collect;
            return session.Collect();
        }

        _asked = _phase == Phase.Ordering ? CopyEngineOperation.Copy : CopyEngineOperation.Read;
        return _phase == Phase.Ordering
            ? session.Copy(link.LiveAt(_slot), link.CopyAt(_slot), _plan.End)
            : session.Read(link.CopyAt(_slot) + _plan.From(_piece), _place.Offset + _plan.To(_piece), _plan.Size(_piece));
    }

    /// <summary>The driver has answered what <see cref="Compose"/> asked.</summary>
    internal void OnAnswer(Error error, Message answer)
    {
        _isAsking = false;
        if (_asked == CopyEngineOperation.Collect)
        {
            Collected(error, answer);
            return;
        }

        // The checkpoint may have been given up meanwhile; its job is outstanding all the same.
        _lastSubmitted = error == Error.None ? CopyEngineSession.Job(answer) : _lastSubmitted;
        if (_askedFor != _number || _phase == Phase.Idle)
        {
            return;
        }

        if (error == Error.Busy && _phase == Phase.Bringing && HasJobs)
        {
            _isFull = true;
        }
        else if (error != Error.None)
        {
            _link.AskState();
            Fail(error);
        }
        else if (_phase == Phase.Ordering)
        {
            LetRun();
            _phase = Phase.Bringing;
        }
        else
        {
            _piece++;
        }
    }

    private void Collected(Error error, Message answer)
    {
        int job = error == Error.None ? CopyEngineSession.Job(answer) : 0;
        _collects |= job != 0;
        if (job == 0)
        {
            _link.AskState();
            return;
        }

        _lastEnded = job;
        _isFull = false;
        Error ended = CopyEngineSession.JobError(answer);
        if (ended != Error.None)
        {
            _link.AskState();
        }

        if (_phase == Phase.Bringing && ended != Error.None)
        {
            Fail(ended);
        }
        else if (_phase == Phase.Bringing && _piece == _plan.Count && _lastEnded == _lastSubmitted)
        {
            Finish();
        }
        else
        {
            TakeNext();
        }
    }

    private void Finish()
    {
        int slot = _slot;
        int size = _size;
        Error error = _supervisor.Close(slot, _place, size);
        End();
        _owner.OnCopied(slot, error, size);
        TakeNext();
    }

    private void Fail(Error error)
    {
        int slot = _slot;
        LetRun();
        End();

        // Whether memory is lost as well, the driver tells apart from this.
        _owner.OnCopied(slot, error == Error.Gone ? Error.Unreachable : error, 0);
        TakeNext();
    }

    /// <summary>The target is held no longer.</summary>
    private void LetRun()
    {
        if (_phase == Phase.Ordering && _supervisor.IsAlive(_slot))
        {
            _supervisor.LetRun(_slot);
        }
    }

    private void End()
    {
        _phase = Phase.Idle;
        _slot = None;
        _number++;
        _isFull = false;
        _timeouts.Clear(_timeout);
    }

    /// <summary>The next checkpoint's turn has come. Nobody waits for jobs of one that was given up: the processor makes the copies meanwhile.</summary>
    private void TakeNext()
    {
        for (int slot = 0; slot < _isWanted.Length && _phase == Phase.Idle; slot++)
        {
            if (_isWanted[slot])
            {
                _isWanted[slot] = false;
                Error error = Covers(slot) ? Take(slot) : Error.Unreachable;
                if (error != Error.None)
                {
                    _owner.OnCopied(slot, error, 0);
                }
            }
        }
    }
}
