// Brings one commit from the DSM to the NAS, and tells the RTCR (the thesis's NAS thread).
//   Waiting -> (the commit can be read) -> Offering -> (the NAS takes it) -> Sending -> (durable) -> answered
// Invariants: nothing is read that is not committed; while the image is read the DSM stays as it is; a lost answer does no
// harm, because the NAS knows a commit that it has already.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>One checkpoint on its way to the NAS.</summary>
internal sealed class StoreJob : IExchangeOwner, ITimed
{
    private const int WaitMilliseconds = 5000;
    private const int AnswerMilliseconds = 10000;
    private const int MaxTries = 10;

    private readonly Env _env;
    private readonly Network _network;
    private readonly ManagerConfig _config;
    private readonly Replies _replies;
    private readonly Exchange _nas;
    private readonly int _timeout;
    private readonly ImageBuffer _copy;
    private Member? _member;
    private DsmReader? _dsm;
    private int _address;
    private Checkpoint _checkpoint;
    private ReplyTo _replyTo;
    private BackOff _backOff;
    private bool _waiting;
    private bool _sending;

    internal StoreJob(Env env, Network network, ManagerConfig config, Replies replies, ExchangeTable exchanges)
    {
        _env = env;
        _network = network;
        _config = config;
        _replies = replies;
        _nas = exchanges.Create(env, network, this);
        _timeout = network.Timeouts.Add(this);
        _copy = new ImageBuffer(env);
    }

    internal bool IsIdle => _member == null;

    internal bool Is(long mac, int offset) => _member != null && _checkpoint.Is(mac, offset);

    /// <summary>Begins with a commit, which may still be on its way.</summary>
    internal void Begin(Member member, in Checkpoint checkpoint, ref ReplyTo replyTo)
    {
        _member = member;
        _checkpoint = checkpoint;
        _replyTo = replyTo;
        _backOff.Reset();
        _dsm = null;
        _waiting = !member.IsLocal;
        if (_waiting)
        {
            _network.Timeouts.Set(_timeout, WaitMilliseconds);
            OnCommit();
            return;
        }

        Error error = member.CopyTo(_copy, in checkpoint);
        if (error == Error.None)
        {
            _address = _copy.Address;
            Offer();
        }
        else
        {
            Finish(error);
        }
    }

    /// <summary>Something was committed.</summary>
    internal void OnCommit()
    {
        if (_waiting && _member!.Dsm.Has(in _checkpoint))
        {
            _waiting = false;
            _network.Timeouts.Clear(_timeout);
            _dsm = _member.Dsm;
            _dsm.BeginRead();
            _address = _dsm.Address + _checkpoint.Offset;
            Offer();
        }
    }

    public void OnAnswer(Exchange exchange, Error status, Frame? answer)
    {
        Checkpoint said = default;
        bool known = answer != null && said.Read(answer) && said.Is(_checkpoint.Mac, _checkpoint.Offset);
        if (answer == null || (status == Error.None && !known) || status == Error.Busy)
        {
            TryAgain(answer == null ? Error.Unreachable : Error.Busy);
        }
        else if (status == Error.None && !_sending)
        {
            _sending = true;
            _nas.Ask(NasOperation.Image);
            _nas.SendImage(Selectors.Invalid, _address, _checkpoint.Size);
        }
        else if (status is Error.None or Error.Exists)
        {
            _checkpoint.Epoch = said.Epoch;
            _env.Log("[NAS thread] Checkpoint successfully sent to NAS");
            Finish(Error.None);
        }
        else
        {
            _env.Log("Warning: [NAS thread] Checkpoint refused by NAS: " + Errors.Name(status));
            Finish(status);
        }
    }

    public void OnImage(Exchange exchange)
    {
    }

    public void OnTimeout()
    {
        if (_waiting)
        {
            Finish(Error.NotFound);
        }
        else
        {
            Offer();
        }
    }

    private void Offer()
    {
        _sending = false;
        _nas.Open(_config.NasIp, _config.NasPort, ServiceId.Nas, AnswerMilliseconds);
        _checkpoint.Write(_nas.Ask(NasOperation.Store));
        _nas.Send();
    }

    private void TryAgain(Error error)
    {
        _nas.End();
        int pause = _backOff.Next();
        if (_backOff.Count > MaxTries)
        {
            _env.Log("Warning: [NAS thread] Checkpoint could not be sent to NAS: " + Errors.Name(error));
            Finish(error);
        }
        else
        {
            _network.Timeouts.Set(_timeout, pause);
        }
    }

    private void Finish(Error error)
    {
        DsmReader? dsm = _dsm;
        _nas.End();
        _copy.Free();
        _waiting = false;
        _member = null;
        _dsm = null;
        _replies.Send(ref _replyTo, error, in _checkpoint, 0);

        // Last, because it lets the next commit in, and that may begin the next job.
        dsm?.EndRead();
    }
}
