// A request and its answer, to a NAS or an RTCR, over a flow of its own or by messages when both are on one board.
// Invariants: each request is answered once, at the latest by its timeout as Unreachable; what comes later is dropped.
// The owner may ask again in the same exchange, so that an image follows its offer.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Who waits for an answer.</summary>
internal interface IExchangeOwner
{
    /// <summary>An answer has come, or none will.</summary>
    /// <param name="exchange">Which exchange.</param>
    /// <param name="status">The outcome; Unreachable when there is no answer.</param>
    /// <param name="answer">The answer; <c>null</c> when there is none. If it announces an image, call <see cref="Exchange.Receive"/>.</param>
    void OnAnswer(Exchange exchange, Error status, Frame? answer);

    /// <summary>The image that an answer announced has come.</summary>
    void OnImage(Exchange exchange);
}

/// <summary>One conversation at a time with another component.</summary>
internal sealed class Exchange : IChannelOwner, ITimed
{
    private const int Piece = 32 * 1024;
    private const int LabelStep = 256;

    private readonly Env _env;
    private readonly Network _network;
    private readonly IExchangeOwner _owner;
    private readonly Frame _frame = new Frame();
    private readonly int _timeout;
    private readonly int _label;
    private Channel? _channel;
    private int _gate;
    private int _service;
    private int _milliseconds;
    private int _generation;
    private int _address;
    private int _length;

    /// <summary>An exchange for one owner.</summary>
    internal Exchange(Env env, Network network, int label, IExchangeOwner owner)
    {
        _env = env;
        _network = network;
        _label = label;
        _owner = owner;
        _timeout = network.Timeouts.Add(this);
    }

    /// <summary>Something of the owner's.</summary>
    internal int Tag;

    /// <summary>Whether a whole image was given to the other side, so that it may have used it.</summary>
    internal bool IsImageSent { get; private set; }

    /// <summary>Whether the other side cannot have got anything.</summary>
    internal bool WasRefused { get; private set; }

    /// <summary>Whether the other side is on this board.</summary>
    internal bool IsLocal => _gate != Selectors.Invalid;

    /// <summary>Begins an exchange over a flow.</summary>
    internal void Open(int ip, int port, int service, int milliseconds)
    {
        Begin(service, milliseconds, Selectors.Invalid);
        _channel = _network.Pool.Connect(ip, port, service, this);
    }

    /// <summary>Begins an exchange with a component of this board.</summary>
    internal void OpenLocal(int gate, int service, int milliseconds) => Begin(service, milliseconds, gate);

    /// <summary>Begins a request.</summary>
    internal Frame Ask(int opcode) => _frame.Ask(_service, opcode, _channel == null ? 0 : _channel.NextSequence());

    /// <summary>Sends the request.</summary>
    internal void Send() => Send(Selectors.Invalid);

    /// <summary>Sends the request with an image.</summary>
    internal void SendImage(int dataspace, int address, int length)
    {
        _frame.WithBulk(length);
        _address = address;
        _length = length;
        IsImageSent = IsLocal;
        Send(dataspace);
        _channel?.SendPiece(address, Piece);
    }

    /// <summary>Says where an announced image goes.</summary>
    internal void Receive(int address)
    {
        _address = address;
        _length = _channel!.BulkLeft;
        _channel.Receive(address, Piece);
        _network.Timeouts.Set(_timeout, _milliseconds);
    }

    /// <summary>Ends the exchange; nothing comes of it any longer.</summary>
    internal void End()
    {
        _network.Timeouts.Clear(_timeout);
        _channel?.Finish();
        _channel = null;
        _gate = Selectors.Invalid;
        _generation++;
    }

    /// <summary>Takes an answer by message.</summary>
    /// <returns>Whether it was for this exchange, of whatever time.</returns>
    internal bool OnReply(int label, Error error, Message answer)
    {
        if (label % LabelStep != _label)
        {
            return false;
        }

        if (IsLocal && label == Label)
        {
            _network.Timeouts.Clear(_timeout);
            bool good = _frame.Load(_service, 0, true, error, answer);
            _owner.OnAnswer(this, good ? error : Error.BadData, good ? _frame : null);
        }

        return true;
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        if (!frame.IsAnswer || frame.Sequence != channel.Sequence)
        {
            channel.Close();
            Fail();
            return;
        }

        _network.Timeouts.Clear(_timeout);
        int serial = channel.Serial;
        _length = 0;
        _owner.OnAnswer(this, frame.Status, frame);
        if (serial == channel.Serial && channel.BulkLeft > 0 && _length != channel.BulkLeft)
        {
            // Nobody wants what was announced.
            channel.Close();
            _channel = null;
        }
    }

    public void OnReceived(Channel channel)
    {
        _network.Timeouts.Set(_timeout, _milliseconds);
        if (channel.BulkLeft > 0)
        {
            channel.Receive(_address + _length - channel.BulkLeft, Piece);
            return;
        }

        _network.Timeouts.Clear(_timeout);
        _owner.OnImage(this);
    }

    public void OnSent(Channel channel)
    {
        _network.Timeouts.Set(_timeout, _milliseconds);
        IsImageSent = channel.SendLeft == 0;
        if (channel.SendLeft > 0)
        {
            channel.SendPiece(_address + _length - channel.SendLeft, Piece);
        }
    }

    public void OnEnd(Channel channel, Error error)
    {
        WasRefused = channel.WasRefused;
        Fail();
    }

    public void OnTimeout()
    {
        _channel?.Close();
        Fail();
    }

    private int Label => _label + (LabelStep * (_generation & 0x3fffff));

    private void Begin(int service, int milliseconds, int gate)
    {
        End();
        _service = service;
        _milliseconds = milliseconds;
        _gate = gate;
        _length = 0;
        IsImageSent = false;
        WasRefused = false;
    }

    private void Send(int dataspace)
    {
        _network.Timeouts.Set(_timeout, _milliseconds);
        if (IsLocal)
        {
            Message message = _env.Compose((_service << 8) | _frame.Opcode)
                .AddBytes(_frame.Bytes, Frame.HeaderSize, _frame.Length);
            if (dataspace != Selectors.Invalid)
            {
                message.AddCapability(dataspace);
            }

            if (_env.Send(_gate, message, Label) != Error.None)
            {
                // Told later, by the timeout, so that no owner is entered from its own call.
                WasRefused = true;
                _network.Timeouts.Set(_timeout, 1);
            }
        }
        else if (_channel == null || !_channel.Send(_frame))
        {
            WasRefused = _channel == null;
            _network.Timeouts.Set(_timeout, 1);
        }
    }

    private void Fail()
    {
        _network.Timeouts.Clear(_timeout);
        _channel = null;
        _gate = Selectors.Invalid;
        _generation++;
        _owner.OnAnswer(this, Error.Unreachable, null);
    }
}
