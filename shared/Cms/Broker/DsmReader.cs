// The manager's end of a DSM: two dataspaces, one that is read (committed) and one that is received into (staged).
// Invariants: outside of the range that the current commit has touched, both are the same; the committed one changes only
// by a whole commit whose checksum is right, and never while somebody reads it.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Keeps a copy of an ECU's DSM, commit by commit.</summary>
internal sealed class DsmReader : IChannelOwner
{
    private readonly Env _env;
    private readonly CryptoSession _crypto;
    private readonly IDsmOwner _owner;
    private readonly CommitTable _commits = new CommitTable();
    private readonly Frame _answer = new Frame();
    private Channel? _channel;
    private Checkpoint _waiting;
    private bool _hasWaiting;
    private int _sequence;
    private int _staged;
    private int _stagedAddress;
    private int _committed;
    private int _low;
    private int _high;
    private int _readers;

    internal DsmReader(Env env, CryptoSession crypto, IDsmOwner owner)
    {
        _env = env;
        _crypto = crypto;
        _owner = owner;
    }

    /// <summary>The port that the writer connects to; 0 while it has none.</summary>
    internal int Port;

    /// <summary>Whose DSM it is.</summary>
    internal long Mac;

    /// <summary>Its bytes; 0 while there is none.</summary>
    internal int Size { get; private set; }

    /// <summary>Where the committed bytes are.</summary>
    internal int Address { get; private set; }

    /// <summary>Makes the memory, empty.</summary>
    internal Error Establish(int size)
    {
        Drop();
        if (size == Size || _readers > 0)
        {
            // What is committed stays readable: the writer sends everything anew in any case.
            return size == Size ? Error.None : Error.Busy;
        }

        Release();
        var pd = new PdSession(_env, Selectors.Pd);
        _committed = pd.AllocateDataspace(size, out Error error);
        _staged = error == Error.None ? pd.AllocateDataspace(size, out error) : Selectors.Invalid;
        Address = error == Error.None ? _env.Attach(_committed) : 0;
        _stagedAddress = Address == 0 ? 0 : _env.Attach(_staged);
        if (_stagedAddress == 0)
        {
            error = error == Error.None ? _env.LastError : error;
            Release();
            return error;
        }

        Size = size;
        Settle();
        return Error.None;
    }

    /// <summary>The writer has connected; one that was connected before is dropped.</summary>
    internal void Begin(Channel channel)
    {
        Drop();
        _channel = channel;
        channel.Owner = this;
    }

    /// <summary>Whether exactly this commit can be read.</summary>
    internal bool Has(in Checkpoint checkpoint) => Size > 0 && _commits.Has(in checkpoint);

    /// <summary>Keeps the committed bytes as they are until <see cref="EndRead"/>.</summary>
    internal void BeginRead() => _readers++;

    /// <summary>Lets the next commit in.</summary>
    internal void EndRead()
    {
        _readers--;
        if (_readers == 0 && _hasWaiting)
        {
            Apply();
        }
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        Checkpoint said = default;
        bool good = said.Read(frame) && said.Mac == Mac && !frame.IsAnswer && !_hasWaiting && said.Size <= Size && said.Offset <= Size - said.Size;
        switch (good ? frame.Opcode : -1)
        {
            case BrokerOperation.Open when frame.BulkLength == 0:
                _env.Log("[broker] Connection to broker successful. Establishing DSM on " + Port);
                Undo();
                channel.MayRest = said.Size == Size;
                channel.Send(_answer.Answer(frame, said.Size == Size ? Error.None : Error.BadArgument));
                break;
            case BrokerOperation.Range when frame.BulkLength == said.Size && said.Size > 0:
                _low = said.Offset < _low ? said.Offset : _low;
                _high = said.Offset + said.Size > _high ? said.Offset + said.Size : _high;
                channel.Receive(_stagedAddress + said.Offset, said.Size);
                break;
            case BrokerOperation.Commit when frame.BulkLength == 0:
                _waiting = said;
                _hasWaiting = true;
                _sequence = frame.Sequence;
                if (_readers == 0)
                {
                    Apply();
                }

                break;
            default:
                Drop();
                break;
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
        Undo();
    }

    /// <summary>Makes the commit that waits visible.</summary>
    private void Apply()
    {
        _hasWaiting = false;
        bool outside = _low < _high && (_low < _waiting.Offset || _high > _waiting.Offset + _waiting.Size);
        int crc = _crypto.Crc32(_staged, _waiting.Offset, _waiting.Size, out Error error);
        error = error == Error.None && (outside || crc != _waiting.Crc) ? Error.BadData : error;
        error = error == Error.None ? _commits.Set(in _waiting) : error;
        if (error == Error.None && _low < _high)
        {
            error = _env.CopyDataspace(_staged, _low, _committed, _low, _high - _low);
        }

        if (error == Error.None)
        {
            Settle();
            _env.Log("[broker] Done updating memory");
        }
        else
        {
            _env.Log("Warning: [broker] Commit refused: " + Errors.Name(error));
            Undo();
        }

        Answer(error);
        if (error == Error.None)
        {
            _owner.OnCommit(this);
        }
    }

    private void Answer(Error error)
    {
        if (_channel != null)
        {
            _channel.Send(_answer.Answer(ServiceId.Broker, BrokerOperation.Commit, _sequence, error));
        }
    }

    /// <summary>Takes back what came of a commit that will not be made.</summary>
    private void Undo()
    {
        _hasWaiting = false;
        if (_low < _high)
        {
            _env.CopyDataspace(_committed, _low, _staged, _low, _high - _low);
        }

        Settle();
    }

    private void Settle()
    {
        _low = Size;
        _high = 0;
    }

    private void Drop()
    {
        _channel?.Close();
        if (_channel != null)
        {
            OnEnd(_channel, Error.Unreachable);
        }
    }

    private void Release()
    {
        var pd = new PdSession(_env, Selectors.Pd);
        if (Address != 0)
        {
            _env.Detach(Address);
        }

        if (_stagedAddress != 0)
        {
            _env.Detach(_stagedAddress);
        }

        if (_committed != Selectors.Invalid)
        {
            pd.FreeDataspace(_committed);
        }

        if (_staged != Selectors.Invalid)
        {
            pd.FreeDataspace(_staged);
        }

        _committed = _staged = Selectors.Invalid;
        Address = _stagedAddress = Size = 0;
        _commits.Clear();
    }
}
