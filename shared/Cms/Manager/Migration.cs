// One planned migration. This file: its beginning, its end, and which answer belongs to which step; the steps beside it.
// Invariants (never two, never none): the origin is stopped before an image leaves; once a board may have restored it, no
// other board gets it before that board has said that it did not and will not; from the stop on the migration does not end
// before some board runs the component, the origin if no other does; until then the image is safe at the NAS.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Moves one component to another board.</summary>
internal sealed partial class Migration : IExchangeOwner, IRoundOwner, ITimed
{
    private const int AnswerMilliseconds = 5000;
    private const int RestoreMilliseconds = 10000;
    private const int MaxRefusals = 10;

    private readonly Env _env;
    private readonly Network _network;
    private readonly ManagerConfig _config;
    private readonly Members _members;
    private readonly Replies _replies;
    private readonly CryptoSession _crypto;
    private readonly Exchange _exchange;
    private readonly InformationRound _round;
    private readonly ImageBuffer _image;
    private readonly bool[] _refused = new bool[Members.Capacity];
    private readonly int _timeout;
    private Step _step;
    private Checkpoint _checkpoint;
    private ReplyTo _replyTo;
    private BackOff _backOff;
    private Error _reason;
    private bool _stopped;
    private bool _maybeClaimed;
    private int _origin;
    private int _destination;
    private int _target;
    private int _place;

    // Numbers the offers of this migration, so that a board which has settled one can still be offered the next.
    private int _attempt;

    internal Migration(
        Env env, Network network, ManagerConfig config, Members members, Replies replies, CryptoSession crypto, ExchangeTable exchanges)
    {
        _env = env;
        _network = network;
        _config = config;
        _members = members;
        _replies = replies;
        _crypto = crypto;
        _exchange = exchanges.Create(env, network, this);
        _round = new InformationRound(env, network, members, exchanges, this);
        _image = new ImageBuffer(env);
        _timeout = network.Timeouts.Add(this);
    }

    internal bool IsIdle => _step == Step.Idle;

    internal bool Is(long mac, int offset) => _step != Step.Idle && _checkpoint.Is(mac, offset);

    /// <summary>Begins with a call for migration.</summary>
    internal void Begin(int origin, in Checkpoint called, int destination, ref ReplyTo replyTo)
    {
        _origin = origin;
        _destination = destination;
        _checkpoint = called;
        _checkpoint.Claim = 0;
        _replyTo = replyTo;
        _reason = Error.None;
        _stopped = false;
        _maybeClaimed = false;
        _attempt = 0;
        _backOff.Reset();
        Enter(Step.Asking);
    }

    /// <summary>The caller has lost its flow and calls again: it gets the answer.</summary>
    internal void Rejoin(ref ReplyTo replyTo) => _replyTo = replyTo;

    public void OnRound()
    {
        if (_stopped)
        {
            ForgetRefusals();
            Enter(Step.Offering);
        }
        else
        {
            Enter(Step.Claiming);
        }
    }

    public void OnAnswer(Exchange exchange, Error status, Frame? answer)
    {
        switch (_step)
        {
            case Step.Claiming:
                Claimed(status, answer);
                break;
            case Step.Stopping:
                Stopped(status, answer);
                break;
            case Step.Offering:
                Offered(status, answer);
                break;
            case Step.Sending:
                Sent(status, answer);
                break;
            case Step.Settling:
                Settled(status, answer);
                break;
            case Step.Confirming:
                Confirmed(status, answer);
                break;
            case Step.Aborting:
                Aborted(status, answer);
                break;
            default:
                break;
        }
    }

    public void OnImage(Exchange exchange) => Fetched();

    /// <summary>A pause is over: the step is tried again.</summary>
    public void OnTimeout() => Enter(_step);

    /// <summary>Asks what the step asks. Each step can be entered again and again.</summary>
    private void Enter(Step step)
    {
        _step = step;
        switch (step)
        {
            case Step.Asking:
                _round.Begin();
                break;
            case Step.Claiming:
                Claim();
                break;
            case Step.Stopping:
                Stop();
                break;
            case Step.Offering:
                Offer();
                break;
            case Step.Settling:
                Settle();
                break;
            case Step.Confirming:
                Confirm();
                break;
            case Step.Aborting:
                Abort();
                break;
            default:
                break;
        }
    }

    private void Go(Step step)
    {
        _exchange.End();
        _backOff.Reset();
        Enter(step);
    }

    private void TryAgain()
    {
        _exchange.End();
        _network.Timeouts.Set(_timeout, _backOff.Next());
    }

    private void Finish(Error error)
    {
        _exchange.End();
        _image.Free();
        _step = Step.Idle;
        _replies.Send(ref _replyTo, error, in _checkpoint, 0);
    }
}
