// The RTCR's end of a DSM: sends what a commit has changed, then the commit's record, and waits until it is visible.
// Invariants: one commit at a time; while it is under way nobody changes its bytes (if somebody does, its checksum is wrong
// and it is refused); a new flow begins by knowing nothing of the reader's copy.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>What the agent learns of its DSM.</summary>
internal interface IDsmWriterOwner
{
    /// <summary>The other end has the DSM open.</summary>
    void OnDsmOpen();

    /// <summary>A commit is visible at the other end, or was refused.</summary>
    void OnDsmCommit(Error error);

    /// <summary>The flow is gone.</summary>
    void OnDsmLost(Error error);
}

/// <summary>Keeps the manager's copy of a DSM in step.</summary>
internal sealed class DsmWriter : IChannelOwner
{
    private const int MaxRun = 32 * 1024;

    private readonly CryptoSession _crypto;
    private readonly ChannelPool _pool;
    private readonly IDsmWriterOwner _owner;
    private readonly PageDigests _pages;
    private readonly Frame _frame = new Frame();
    private Channel? _channel;
    private Checkpoint _commit;
    private int _dataspace;
    private int _address;
    private int _at;
    private bool _again;

    internal DsmWriter(Env env, CryptoSession crypto, ChannelPool pool, int key, IDsmWriterOwner owner)
    {
        _crypto = crypto;
        _pool = pool;
        _owner = owner;
        _pages = new PageDigests(crypto, env.Memory.PageSize, key);
    }

    /// <summary>Whether commits can be made.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Whether a commit is under way.</summary>
    internal bool IsBusy { get; private set; }

    /// <summary>Bytes of images that were sent, and that needed not to be because the reader had them.</summary>
    internal long SentBytes { get; private set; }

    /// <summary>Says where the DSM is.</summary>
    internal void Attach(int dataspace, int address, int size)
    {
        _dataspace = dataspace;
        _address = address;
        _pages.Resize(size);
    }

    /// <summary>Begins to connect.</summary>
    internal Error Connect(in Checkpoint self, int ip, int port)
    {
        Close();
        _channel = _pool.Connect(ip, port, ServiceId.Broker, this);
        if (_channel == null)
        {
            return Error.Unreachable;
        }

        _pages.Forget();
        return _channel.Send(self.Write(_frame.Ask(ServiceId.Broker, BrokerOperation.Open, _channel.NextSequence())))
            ? Error.None : Error.Unreachable;
    }

    /// <summary>Begins a commit. Its checksum must be right.</summary>
    internal void Commit(in Checkpoint commit)
    {
        _commit = commit;
        IsBusy = true;
        _again = true;
        Start();
    }

    internal void Close()
    {
        _channel?.Close();
        _channel = null;
        IsOpen = IsBusy = false;
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        if (!frame.IsAnswer || frame.BulkLength != 0)
        {
            channel.Close();
            OnEnd(channel, Error.BadData);
        }
        else if (!IsOpen)
        {
            Opened(channel, frame.Status);
        }
        else if (IsBusy && frame.Opcode == BrokerOperation.Commit)
        {
            Committed(frame.Status);
        }
    }

    public void OnReceived(Channel channel)
    {
    }

    public void OnSent(Channel channel) => SendNext();

    public void OnEnd(Channel channel, Error error)
    {
        _channel = null;
        IsOpen = IsBusy = false;
        _owner.OnDsmLost(error);
    }

    private void Opened(Channel channel, Error error)
    {
        IsOpen = error == Error.None;
        if (IsOpen)
        {
            _owner.OnDsmOpen();
        }
        else
        {
            channel.Close();
            OnEnd(channel, error);
        }
    }

    private void Committed(Error error)
    {
        if (error == Error.BadData && _again)
        {
            // The two ends were not in step after all: once more, with everything.
            _again = false;
            _pages.Forget();
            Start();
            return;
        }

        IsBusy = false;
        _owner.OnDsmCommit(error);
    }

    private void Start()
    {
        _at = _commit.Offset;
        SendNext();
    }

    /// <summary>Sends the next run of changed bytes, or the commit's record after the last.</summary>
    private void SendNext()
    {
        int end = _commit.Offset + _commit.Size;
        int start = _at;
        while (start < end && !Changed(start, end))
        {
            start = EndOfPage(start, end);
        }

        int stop = start;
        while (stop < end && stop - start < MaxRun && (stop == start || Changed(stop, end)))
        {
            stop = EndOfPage(stop, end);
        }

        // A page found unchanged behind the run is not asked for again.
        _at = stop < end && stop - start < MaxRun ? EndOfPage(stop, end) : stop;
        int opcode = start < end ? BrokerOperation.Range : BrokerOperation.Commit;
        Frame frame = _frame.Ask(ServiceId.Broker, opcode, _channel!.NextSequence());
        Checkpoint said = _commit;
        if (start < end)
        {
            said.Offset = start;
            said.Size = stop - start;
            SentBytes += said.Size;
            _channel.Send(said.Write(frame).WithBulk(said.Size));
            _channel.SendPiece(_address + start, said.Size);
        }
        else
        {
            _channel.Send(said.Write(frame));
        }
    }

    private int EndOfPage(int at, int end)
    {
        int next = (at / _pages.PageSize * _pages.PageSize) + _pages.PageSize;
        return next < end ? next : end;
    }

    /// <summary>Whether a page must be sent; one that lies partly outside of the commit always.</summary>
    private bool Changed(int at, int end)
    {
        bool whole = at % _pages.PageSize == 0 && at + _pages.PageSize <= end;
        return !whole || _pages.TakeChanged(_dataspace, at / _pages.PageSize);
    }
}
