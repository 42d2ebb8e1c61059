// RTCR's session at the co-processor's driver: how it is opened and furnished, and the banks for the targets' places.
// Invariants: one request is under way at a time; a bank whose content is lost gets nothing more and is given back before the place
// gets another; without a driver nobody waits for one longer than configured.
using Tern.Cms;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>A Copy_engine session, whose memory holds for each place a bank and, behind it, room for its copy.</summary>
internal sealed class CopyEngineLink : ITimed
{
    // How soon a session is asked for again: at first, and at last.
    private const int SoonMilliseconds = 1000;
    private const int LateMilliseconds = 60_000;

    private readonly Env _env;
    private readonly CdmaRules _rules;
    private readonly LiveBank[] _banks;
    private readonly Timeouts _timeouts;
    private readonly Copier _copier;
    private readonly int _timeout;
    private readonly int _label;
    private readonly int _signal;
    private readonly int _buffer;
    private int _session;
    private int _reopen = SoonMilliseconds;
    private Step _step;
    private int _bankOf;
    private int _generation;
    private bool _hasBuffer;
    private bool _hasSignal;
    private bool _hasNews;
    private bool _isReady;
    private bool _isSettled;

    /// <param name="env">RTCR's environment.</param>
    /// <param name="rules">How much memory to ask for.</param>
    /// <param name="banks">The places' banks.</param>
    /// <param name="timeouts">Deadlines.</param>
    /// <param name="label">The label of its requests' answers and of its signal.</param>
    /// <param name="buffer">The dataspace that jobs read to.</param>
    /// <param name="copier">Who has copies to make.</param>
    internal CopyEngineLink(Env env, CdmaRules rules, LiveBank[] banks, Timeouts timeouts, int label, int buffer, Copier copier)
    {
        _env = env;
        _rules = rules;
        _banks = banks;
        _timeouts = timeouts;
        _timeout = timeouts.Add(this);
        _label = label;
        _buffer = buffer;
        _copier = copier;
        _signal = env.Signal(label);
    }

    /// <summary>What is under way.</summary>
    private enum Step
    {
        None,
        Open,
        Buffer,
        Sigh,
        Info,
        Bank,
        FreeBank,
        Job,
    }

    /// <summary>Whether jobs are taken.</summary>
    internal bool IsReady => _isReady;

    /// <summary>Bytes of memory that the session has to have.</summary>
    private int Size => _banks.Length * 2 * _rules.Memory;

    /// <summary>Where in the session's memory a place's bank begins.</summary>
    internal int LiveAt(int slot) => slot * 2 * _rules.Memory;

    /// <summary>Where in the session's memory the copy of a place's bank begins.</summary>
    internal int CopyAt(int slot) => LiveAt(slot) + _rules.Memory;

    /// <summary>Begins to open the session.</summary>
    internal void Begin()
    {
        _timeouts.Set(_timeout, _rules.WaitMilliseconds);
        Open();
    }

    /// <summary>A signal: jobs have ended, or the co-processor has come or gone.</summary>
    internal void OnSignal()
    {
        // A loss ends all jobs, so while a checkpoint is under way, how they ended tells.
        _hasNews |= !_copier.IsAtWork;
        _copier.OnNews();
        Pump();
    }

    /// <summary>The driver has not answered for too long, or it is time to ask for a session again.</summary>
    public void OnTimeout()
    {
        if (_session == Selectors.Invalid && _step == Step.None)
        {
            Open();
        }

        Settle();
    }

    /// <summary>Takes an answer.</summary>
    internal void OnReply(Error error, Message answer)
    {
        Step step = _step;
        _step = Step.None;
        switch (step)
        {
            case Step.Open:
                Opened(error, answer);
                break;
            case Step.Buffer:
                _hasBuffer = Check(error);
                break;
            case Step.Sigh:
                _hasSignal = _hasNews = Check(error);
                break;
            case Step.Info:
                Informed(error, answer);
                break;
            case Step.Bank:
                BankMade(error, answer);
                break;
            case Step.FreeBank:
                _env.Release(_banks[_bankOf].Selector);
                _banks[_bankOf].End();

                // It showed nothing any more, and that may not have been said yet.
                AskState();
                break;
            case Step.Job:
                _copier.OnAnswer(error, answer);
                break;
            default:
                break;
        }

        Pump();
    }

    /// <summary>Has the co-processor's state asked for: something has ended otherwise than it should.</summary>
    internal void AskState() => _hasNews = true;

    /// <summary>Sends what is to be sent next, if nothing is under way.</summary>
    internal void Pump()
    {
        if (_step != Step.None || _session == Selectors.Invalid)
        {
            return;
        }

        var session = new CopyEngineSession(_env, _session);
        int slot = NextBank();
        if (!_hasBuffer)
        {
            Send(Step.Buffer, session.Buffer(_buffer));
        }
        else if (!_hasSignal)
        {
            Send(Step.Sigh, session.Sigh(_signal));
        }
        else if (_hasNews)
        {
            _hasNews = false;
            Send(Step.Info, session.Info());
        }
        else if (_isReady && slot >= 0)
        {
            _bankOf = slot;
            if (_banks[slot].Selector != Selectors.Invalid)
            {
                Send(Step.FreeBank, session.FreeBank(_banks[slot].Selector));
            }
            else
            {
                Send(Step.Bank, session.Bank(LiveAt(slot), _rules.Memory));
            }
        }
        else
        {
            SendJob(session);
        }
    }

    private void SendJob(CopyEngineSession session)
    {
        if (_isReady)
        {
            Settle();
        }

        if (_step == Step.None && _copier.HasRequest)
        {
            Send(Step.Job, _copier.Compose(session, this));
        }
    }

    /// <summary>The next place without a bank that can be used; −1 for none. One that a target still lives in has to wait.</summary>
    private int NextBank()
    {
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            if (!_banks[slot].IsUsable && !_copier.IsLivedIn(slot))
            {
                return slot;
            }
        }

        return -1;
    }

    private void Open()
    {
        Error error = _env.OpenWith(CopyEngineSession.Service, "", 0, 0, Size, _label);
        _step = error == Error.None ? Step.Open : Step.None;
        if (error != Error.None)
        {
            Fail(error);
        }
    }

    private void Opened(Error error, Message answer)
    {
        if (error != Error.None)
        {
            Fail(error);
            return;
        }

        _session = answer.Capability(0);
    }

    private void Informed(Error error, Message answer)
    {
        int generation = CopyEngineSession.Generation(answer);
        bool isReady = error == Error.None && CopyEngineSession.IsReady(answer);
        if (isReady && CopyEngineSession.Size(answer) < Size)
        {
            isReady = false;
            _env.Log("Error: the driver gives " + CopyEngineSession.Size(answer) + " bytes beside the co-processor, and <cdma> needs "
                + Size + ": see its policy");
        }

        bool isLost = (_isReady || HasBank()) && (!isReady || generation != _generation);
        _isReady = isReady;
        _generation = generation;
        _reopen = SoonMilliseconds;
        if (isLost)
        {
            Lose();
        }
    }

    private void BankMade(Error error, Message answer)
    {
        if (error == Error.None)
        {
            _banks[_bankOf].Begin(answer.Capability(0));
            _copier.OnBank(_bankOf);
            error = _banks[_bankOf].IsUsable ? error : Error.DeviceFailed;
        }

        if (error != Error.None)
        {
            // The driver will say when to try again.
            _isReady = false;
            _env.Log("Warning: no memory beside the co-processor: " + Errors.Name(error));
        }
    }

    private bool HasBank()
    {
        bool has = false;
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            has |= _banks[slot].IsUsable;
        }

        return has;
    }

    /// <summary>What was beside the co-processor is no more.</summary>
    private void Lose()
    {
        _env.Log("Warning: the co-processor is gone, and with it the memory that targets had there");
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            _banks[slot].Break();
        }

        _copier.OnLost();
    }

    /// <summary>A request that sets the session up was refused.</summary>
    private bool Check(Error error)
    {
        if (error != Error.None)
        {
            _env.Close(_session);
            EndSession(error);
        }

        return error == Error.None;
    }

    private void Fail(Error error)
    {
        if (!_isSettled)
        {
            _env.Log("Warning: no session of " + CopyEngineSession.Service + ": " + Errors.Name(error) + "; the processor makes the copies. It was asked for "
                + Size + " bytes, see the driver's policies");
        }

        Settle();
        _timeouts.Set(_timeout, _reopen);
        _reopen = _reopen < LateMilliseconds / 2 ? 2 * _reopen : LateMilliseconds;
    }

    private void Settle()
    {
        bool settles = !_isSettled;
        _isSettled = true;
        if (settles)
        {
            _copier.OnSettled();
        }
    }

    private void Send(Step step, Message message)
    {
        Error error = _env.Send(_session, message, _label);
        _step = error == Error.None ? step : Step.None;
        if (error == Error.InvalidCapability)
        {
            EndSession(Error.Gone);
        }
        else if (error != Error.None && step == Step.Job)
        {
            _copier.OnAnswer(error, message);
        }
    }

    /// <summary>The session is over, and with it what the driver provided.</summary>
    private void EndSession(Error reason)
    {
        _env.Release(_session);
        _session = Selectors.Invalid;
        _hasBuffer = _hasSignal = _hasNews = false;
        for (int slot = 0; slot < _banks.Length; slot++)
        {
            _env.Release(_banks[slot].Selector);
            _banks[slot].End();
        }

        bool isLost = _isReady;
        _isReady = false;
        if (isLost)
        {
            Lose();
        }

        Fail(reason);
    }
}
