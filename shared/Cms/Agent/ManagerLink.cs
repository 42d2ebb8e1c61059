// The way to the manager: over the network (its main port, and the broker's that it gives out) or by its service.
//   Down -> Opening (the local session) or Establishing -> Joining (the broker) -> Ready; any failure -> Down, and again.
// Invariants: whatever is waited for has a deadline; each request is answered or forgotten by OnLinkLost, never both.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Keeps the DSM established and carries requests.</summary>
internal sealed class ManagerLink : IChannelOwner, IDsmWriterOwner, ITimed
{
    private const int StepMilliseconds = 5000;
    private const int AnswerMilliseconds = 30000;
    private const int LabelStep = 256;
    private const int LastRequest = 0x3fffff;

    private enum State
    {
        Down,
        Opening,
        Establishing,
        Joining,
        Ready,
    }

    private readonly Env _env;
    private readonly CmsConfig _config;
    private readonly ChannelPool _pool;
    private readonly Timeouts _timeouts;
    private readonly DsmWriter _writer;
    private readonly ILinkOwner _owner;
    private readonly Frame _frame = new Frame();
    private readonly int _label;
    private readonly int _timeout;
    private readonly int _gate;
    private State _state;
    private Channel? _channel;
    private Checkpoint _self;
    private BackOff _backOff;
    private int _session;
    private int _dataspace;
    private int _request;
    private int _outstanding;

    /// <summary>A link that is down.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="config">Who and where the manager is.</param>
    /// <param name="pool">The flows.</param>
    /// <param name="timeouts">The deadlines.</param>
    /// <param name="crypto">For digests.</param>
    /// <param name="label">Answers by message have this label in their lowest byte.</param>
    /// <param name="gateLabel">The label of the gate that a local manager gets.</param>
    /// <param name="owner">Who uses it.</param>
    internal ManagerLink(
        Env env, in CmsConfig config, ChannelPool pool, Timeouts timeouts, CryptoSession crypto, int label, int gateLabel, ILinkOwner owner)
    {
        _env = env;
        _config = config;
        _pool = pool;
        _timeouts = timeouts;
        _label = label;
        _owner = owner;
        _timeout = timeouts.Add(this);
        _writer = new DsmWriter(env, crypto, pool, config.DigestKey, this);
        _gate = config.IsLocal ? env.Gate(gateLabel) : Selectors.Invalid;
        _self.Mac = config.Mac;
        _self.Ip = config.Ip;
    }

    internal bool IsReady => _state == State.Ready;

    /// <summary>Whether a commit can be handed over now.</summary>
    internal bool CanCommit => IsReady && !_writer.IsBusy;

    /// <summary>Bytes of images that went over the network.</summary>
    internal long SentBytes => _writer.SentBytes;

    /// <summary>Begins, and never ends.</summary>
    internal void Start(int dataspace, int address, int size)
    {
        _dataspace = dataspace;
        _self.Size = size;
        _writer.Attach(dataspace, address, size);
        Begin();
    }

    /// <summary>Hands a commit over; OnLinkCommitted follows. A local manager reads it where it is.</summary>
    internal void Commit(in Checkpoint checkpoint)
    {
        if (_config.IsLocal)
        {
            _owner.OnLinkCommitted(Error.None);
        }
        else
        {
            _timeouts.Set(_timeout, AnswerMilliseconds);
            _writer.Commit(in checkpoint);
        }
    }

    /// <summary>Asks the manager.</summary>
    /// <param name="opcode">What.</param>
    /// <param name="checkpoint">About which checkpoint.</param>
    /// <param name="extra">What the operation has behind the checkpoint.</param>
    /// <returns>The request's number; 0 when it could not be sent: the link is lost then, and its owner was told.</returns>
    internal int Request(int opcode, in Checkpoint checkpoint, int extra)
    {
        int request = Send(opcode, in checkpoint, extra, false);
        if (request == 0)
        {
            Lose();
            return 0;
        }

        _outstanding++;
        _timeouts.Set(_timeout, AnswerMilliseconds);
        return request;
    }

    /// <summary>Takes an answer by message.</summary>
    internal bool OnReply(int label, Error error, Message answer)
    {
        if (label % LabelStep != _label)
        {
            return false;
        }

        if (label / LabelStep != _request && _state is State.Opening or State.Establishing)
        {
            return true;
        }

        if (_state == State.Opening)
        {
            _session = answer.Capability(0);
            Step(error, State.Establishing);
        }
        else if (_state == State.Establishing)
        {
            Step(error, State.Ready);
        }
        else if (_state == State.Ready && _frame.Load(ServiceId.Manager, 0, true, error, answer))
        {
            Answered(label / LabelStep, _frame);
        }

        return true;
    }

    /// <summary>Ends the link and begins again, because the manager does not know what it should.</summary>
    internal void Lose()
    {
        if (_state == State.Down)
        {
            return;
        }

        _channel?.Close();
        _channel = null;
        _writer.Close();
        if (_session != Selectors.Invalid)
        {
            _env.Close(_session);
            _session = Selectors.Invalid;
        }

        _state = State.Down;
        _outstanding = 0;
        _timeouts.Set(_timeout, _backOff.Next());
        _owner.OnLinkLost();
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        if (!frame.IsAnswer || frame.BulkLength != 0)
        {
            Lose();
        }
        else if (_state == State.Establishing)
        {
            int port = frame.Get(Checkpoint.Length);
            Error error = frame.Status == Error.None && (port < 1 || port > Ports.Last) ? Error.BadData : frame.Status;
            Step(error != Error.None ? error : _writer.Connect(in _self, _config.ManagerIp, port), State.Joining);
        }
        else if (_state == State.Ready)
        {
            Answered(frame.Sequence, frame);
        }
    }

    public void OnReceived(Channel channel)
    {
    }

    public void OnSent(Channel channel)
    {
    }

    public void OnEnd(Channel channel, Error error)
    {
        _channel = null;
        Lose();
    }

    public void OnDsmOpen() => Step(Error.None, State.Ready);

    public void OnDsmLost(Error error) => Lose();

    public void OnDsmCommit(Error error)
    {
        Rest();
        _owner.OnLinkCommitted(error);
    }

    /// <summary>A pause is over, or something took too long.</summary>
    public void OnTimeout()
    {
        if (_state == State.Down)
        {
            Begin();
        }
        else
        {
            Lose();
        }
    }

    private void Begin()
    {
        if (_backOff.Count == 0)
        {
            _env.Log("Connecting to manager for DSM establishment");
        }

        _timeouts.Set(_timeout, StepMilliseconds);
        Error error = Error.None;
        if (_config.IsLocal)
        {
            _state = State.Opening;
            NextRequest();
            error = _env.Open("Manager", "", _label + (LabelStep * _request));
        }
        else
        {
            _state = State.Establishing;
            _channel = _pool.Connect(_config.ManagerIp, _config.ManagerPort, ServiceId.Manager, this);
            error = Send(ManagerOperation.Establish, in _self, 0, false) == 0 ? Error.Unreachable : Error.None;
        }

        if (error != Error.None)
        {
            Lose();
        }
    }

    /// <summary>A step of the establishment has succeeded or not.</summary>
    private void Step(Error error, State next)
    {
        if (error == Error.None && _config.IsLocal && next == State.Establishing)
        {
            error = Send(ManagerOperation.Establish, in _self, 0, true) == 0 ? Error.Unreachable : Error.None;
        }

        if (error != Error.None)
        {
            if (error != Error.Unreachable)
            {
                _env.Log("Warning: manager refuses: " + Errors.Name(error));
            }

            Lose();
            return;
        }

        _state = next;
        _timeouts.Set(_timeout, StepMilliseconds);
        if (next == State.Ready)
        {
            _timeouts.Clear(_timeout);
            _backOff.Reset();
            _owner.OnLinkReady();
        }
    }

    private void Answered(int request, Frame frame)
    {
        Checkpoint checkpoint = default;
        bool good = checkpoint.Read(frame);
        _outstanding--;
        Rest();
        _owner.OnLinkAnswer(request, good || frame.Status != Error.None ? frame.Status : Error.BadData, checkpoint);
    }

    /// <summary>An answer has come: what is still awaited gets its time anew.</summary>
    private void Rest()
    {
        if (_outstanding > 0)
        {
            _timeouts.Set(_timeout, AnswerMilliseconds);
        }
        else
        {
            _timeouts.Clear(_timeout);
        }
    }

    /// <summary>Numbers the next request by message; 0 is none's.</summary>
    private void NextRequest() => _request = _request == LastRequest ? 1 : _request + 1;

    private int Send(int opcode, in Checkpoint checkpoint, int extra, bool share)
    {
        if (!_config.IsLocal)
        {
            if (_channel == null)
            {
                return 0;
            }

            int sequence = _channel.NextSequence();
            return _channel.Send(checkpoint.Write(_frame.Ask(ServiceId.Manager, opcode, sequence)).Put(extra)) ? sequence : 0;
        }

        NextRequest();
        checkpoint.Write(_frame.Ask(ServiceId.Manager, opcode, 0)).Put(extra);
        Message message = _env.Compose(opcode).AddBytes(_frame.Bytes, Frame.HeaderSize, _frame.Length);
        if (share)
        {
            message.AddCapability(_dataspace).AddCapability(_gate);
        }

        return _env.Send(_session, message, _label + (LabelStep * _request)) == Error.None ? _request : 0;
    }
}
