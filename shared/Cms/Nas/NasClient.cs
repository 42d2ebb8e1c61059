// One manager's flow to the NAS: a request at a time, images in pieces through a small buffer.
// Invariants: an image that does not come whole is forgotten; an answer says None only when what it says is on the disk.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The NAS's end of a flow.</summary>
internal sealed class NasClient : IChannelOwner
{
    private readonly Env _env;
    private readonly NasStore _store;
    private readonly NasSpace _space;
    private readonly Frame _answer = new Frame();
    private readonly int _buffer;
    private readonly int _offset;
    private readonly int _room;
    private readonly int _address;
    private Channel? _channel;
    private Checkpoint _checkpoint;
    private int _image = -1;
    private int _sequence;
    private int _row;
    private int _at;
    private Error _error;

    /// <summary>A client with its own piece of the buffer.</summary>
    internal NasClient(Env env, NasStore store, NasSpace space, int buffer, int address, int offset, int room)
    {
        _env = env;
        _store = store;
        _space = space;
        _buffer = buffer;
        _offset = offset;
        _room = room;
        _address = address + offset;
    }

    internal bool IsFree => _channel == null;

    internal void Begin(Channel channel)
    {
        _channel = channel;
        channel.Owner = this;
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        if (frame.Opcode == NasOperation.Image)
        {
            TakeImage(channel, frame);
            return;
        }

        int least = frame.Opcode == NasOperation.Confirm ? Checkpoint.LengthWithKey
            : frame.Opcode == NasOperation.List ? Checkpoint.LengthWithWord : Checkpoint.Length;
        bool good = _checkpoint.Read(frame) && frame.Length >= least && !frame.IsAnswer && frame.BulkLength == 0 && channel.SendLeft == 0;
        if (!good)
        {
            End(channel);
            return;
        }

        Drop();
        switch (frame.Opcode)
        {
            case NasOperation.Store:
                Offer(channel, frame);
                break;
            case NasOperation.Retrieve:
                Retrieve(channel, frame);
                break;
            case NasOperation.Confirm:
                Confirm(channel, frame);
                break;
            case NasOperation.Abort:
                Answer(channel, frame, _store.Abort(in _checkpoint));
                break;
            case NasOperation.List:
                List(channel, frame);
                break;
            default:
                Answer(channel, frame, Error.UnknownOpcode);
                break;
        }
    }

    public void OnReceived(Channel channel)
    {
        int length = _checkpoint.Size - channel.BulkLeft - _at;
        if (_error == Error.None)
        {
            _error = _store.Write(_image, _buffer, _offset, length);
        }

        _at += length;
        if (channel.BulkLeft > 0)
        {
            channel.Receive(_address, _room);
            return;
        }

        Stored(channel);
    }

    public void OnSent(Channel channel)
    {
        if (channel.SendLeft > 0)
        {
            SendPiece(channel);
        }
    }

    public void OnEnd(Channel channel, Error error)
    {
        Drop();
        _channel = null;
    }

    private void Offer(Channel channel, Frame frame)
    {
        Error error = _store.Begin(ref _checkpoint, out int image);
        _space.Note(error, in _checkpoint);
        if (error == Error.None)
        {
            _image = image;
        }

        Answer(channel, frame, error);
    }

    private void TakeImage(Channel channel, Frame frame)
    {
        if (_image < 0 || frame.IsAnswer || frame.BulkLength != _checkpoint.Size)
        {
            End(channel);
            return;
        }

        _sequence = frame.Sequence;
        _error = Error.None;
        _at = 0;
        channel.Receive(_address, _room);
    }

    private void Stored(Channel channel)
    {
        Error error = _error;
        if (error == Error.None)
        {
            error = _store.Commit(_image, ref _checkpoint);
            _image = -1;
        }

        Drop();
        _env.Log(error == Error.None ? "Checkpoint was stored successfully" : "Warning: Checkpoint was not stored: " + Errors.Name(error));
        channel.Send(_checkpoint.Write(_answer.Answer(ServiceId.Nas, NasOperation.Image, _sequence, error)));
    }

    private void Retrieve(Channel channel, Frame frame)
    {
        Error error = _store.Claim(ref _checkpoint, out _row);
        _env.Log(error == Error.None ? "Checkpoint retrieved, sending to manager" : "Warning: Checkpoint was not retrieved: " + Errors.Name(error));
        if (error != Error.None)
        {
            Answer(channel, frame, error);
            return;
        }

        channel.Send(_checkpoint.Write(_answer.Answer(frame, error)).WithBulk(_checkpoint.Size));
        SendPiece(channel);
    }

    private void SendPiece(Channel channel)
    {
        int at = _checkpoint.Size - channel.SendLeft;
        int length = channel.SendLeft < _room ? channel.SendLeft : _room;
        if (_store.Read(_row, _checkpoint.Claim, at, _buffer, _offset, length) != Error.None)
        {
            // The rest cannot be had: whoever waits for it learns by the flow's end.
            End(channel);
            return;
        }

        channel.SendPiece(_address, length);
    }

    private void Confirm(Channel channel, Frame frame)
    {
        Error error = _store.Confirm(in _checkpoint, frame.Get64(Checkpoint.Length), frame.Get(Checkpoint.Length + 8));
        if (error != Error.None)
        {
            _space.Note(error, in _checkpoint);
        }

        Answer(channel, frame, error);
    }

    private void List(Channel channel, Frame frame)
    {
        int row = frame.Get(Checkpoint.Length);
        NasState state = _store.Next(ref row, ref _checkpoint);
        Frame answer = _checkpoint.Write(_answer.Answer(frame, state == NasState.Free ? Error.NotFound : Error.None));
        channel.Send(answer.Put(row).Put((int)state));
    }

    private void Answer(Channel channel, Frame frame, Error error)
        => channel.Send(_checkpoint.Write(_answer.Answer(frame, error)));

    private void Drop()
    {
        if (_image >= 0)
        {
            _store.Cancel(_image);
            _image = -1;
        }
    }

    private void End(Channel channel)
    {
        channel.Close();
        OnEnd(channel, Error.BadData);
    }
}
