// Frames and bulk over one flow. Owners only say what they want; ChannelPool.Pump moves the bytes, so no handler nests.
// Invariants: frames wait in a small buffer of their own, bulk is moved straight from and to memory; while bulk is to be
// sent no frame overtakes it; a channel that has ended tells nobody anything, even if its object is already used again.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>A flow that carries frames.</summary>
public sealed class Channel
{
    /// <summary>Bytes of bulk that count as progress.</summary>
    private const int LeastBulk = 1024;

    private const int OutSize = 512;

    private readonly NicConnection _nic;
    private readonly FrameReader _reader = new FrameReader();
    private readonly byte[] _out = new byte[OutSize];
    private int _outStart;
    private int _outEnd;
    private int _sendAddress;
    private int _sendPiece;
    private int _receiveAddress;
    private int _receivePiece;
    private int _trickled;

    internal Channel(NicConnection nic)
    {
        _nic = nic;
    }

    /// <summary>Whose channel it is.</summary>
    public IChannelOwner? Owner;

    /// <summary>Something of the owner's.</summary>
    public int Tag;

    /// <summary>Changes whenever the object carries another flow.</summary>
    public int Serial { get; private set; }

    /// <summary>The peer's address of an accepted flow.</summary>
    public int PeerAddress { get; private set; }

    /// <summary>How much of the announced bulk is still to be received.</summary>
    public int BulkLeft { get; private set; }

    /// <summary>How much of the announced bulk is still to be given to the network.</summary>
    public int SendLeft { get; private set; }

    /// <summary>Whether the flow never came about: nothing that was sent has reached anybody.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>Whether a flow is there.</summary>
    public bool IsOpen => Flow != 0;

    /// <summary>The last request's number.</summary>
    public int Sequence { get; private set; }

    /// <summary>Whether the peer has connected. Such a flow is ended when nothing happens on it.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Whether an accepted flow may be without traffic for any time.</summary>
    public bool MayRest;

    /// <summary>Whether something worth waiting for has moved since this was last set to false: a whole frame, a piece of bulk or <see cref="LeastBulk"/> bytes of it.</summary>
    internal bool WasBusy;

    internal int Flow { get; private set; }

    /// <summary>Whether the pump has to look at it.</summary>
    internal bool IsDue;

    /// <summary>The next request's number.</summary>
    public int NextSequence() => ++Sequence;

    /// <summary>Sends a frame; its bulk, if it announces some, comes with <see cref="SendPiece"/>.</summary>
    /// <returns><c>false</c> when the channel has ended or the peer takes nothing any longer.</returns>
    public bool Send(Frame frame)
    {
        if (Flow == 0 || SendLeft > 0 || frame.Size > OutSize - _outEnd)
        {
            return false;
        }

        _outEnd += frame.CopyTo(_out, _outEnd);
        SendLeft = frame.BulkLength;
        IsDue = true;
        return true;
    }

    /// <summary>Says where the next piece of announced bulk is. It must stay until <see cref="IChannelOwner.OnSent"/>.</summary>
    public void SendPiece(int address, int length)
    {
        _sendAddress = address;
        _sendPiece = length < SendLeft ? length : SendLeft;
        IsDue = true;
    }

    /// <summary>Says where the next piece of announced bulk goes.</summary>
    public void Receive(int address, int room)
    {
        _receiveAddress = address;
        _receivePiece = room < BulkLeft ? room : BulkLeft;
        IsDue = true;
    }

    /// <summary>Ends the flow at once; the owner is not told.</summary>
    public void Close()
    {
        if (Flow != 0)
        {
            _nic.Close(Flow);
            Forget();
        }
    }

    /// <summary>Ends the flow after giving the network what it takes at once; the owner is not told.</summary>
    public void Finish()
    {
        if (_outEnd > _outStart)
        {
            _nic.Write(Flow, _out, _outStart, _outEnd - _outStart);
        }

        Close();
    }

    internal void Begin(int flow, int service, int peerAddress, bool accepted, IChannelOwner? owner)
    {
        IsAccepted = WasBusy = accepted;
        _trickled = 0;
        MayRest = false;
        Flow = flow;
        Owner = owner;
        PeerAddress = peerAddress;
        _reader.Begin(service);
        _outStart = _outEnd = _sendPiece = _receivePiece = Sequence = 0;
        BulkLeft = SendLeft = 0;
        WasRefused = false;
        IsDue = false;
    }

    /// <summary>Ends the flow and tells its owner.</summary>
    internal void Break(Error error)
    {
        _nic.Close(Flow);
        End(error, false);
    }

    /// <summary>The flow is gone.</summary>
    internal void End(Error error, bool refused)
    {
        IChannelOwner? owner = Owner;
        WasRefused = refused;
        Forget();
        owner?.OnEnd(this, error == Error.None ? Error.Unreachable : error);
    }

    /// <summary>Moves what can be moved now.</summary>
    internal void Pump()
    {
        IsDue = false;
        int serial = Serial;
        if (Write(serial))
        {
            Read(serial);
        }
    }

    private bool Write(int serial)
    {
        while (_outStart < _outEnd || _sendPiece > 0)
        {
            bool frames = _outStart < _outEnd;
            int count = frames
                ? _nic.Write(Flow, _out, _outStart, _outEnd - _outStart)
                : _nic.Write(Flow, _sendAddress, _sendPiece);
            if (count == 0)
            {
                break;
            }

            WasBusy = true;
            if (!Wrote(frames, count, serial))
            {
                return false;
            }
        }

        return true;
    }

    private bool Wrote(bool frames, int count, int serial)
    {
        if (frames)
        {
            _outStart += count;
            if (_outStart == _outEnd)
            {
                _outStart = _outEnd = 0;
            }

            return true;
        }

        _sendAddress += count;
        _sendPiece -= count;
        SendLeft -= count;
        if (_sendPiece == 0)
        {
            Owner?.OnSent(this);
        }

        return serial == Serial;
    }

    private void Read(int serial)
    {
        while (serial == Serial && Owner != null && (BulkLeft == 0 || _receivePiece > 0))
        {
            if (BulkLeft > 0 ? !ReadBulk() : !ReadFrame(serial))
            {
                return;
            }
        }
    }

    private bool ReadBulk()
    {
        int count = _nic.Read(Flow, _receiveAddress, _receivePiece);
        _receiveAddress += count;
        _receivePiece -= count;
        BulkLeft -= count;
        _trickled += count;
        if (_receivePiece == 0 || _trickled >= LeastBulk)
        {
            WasBusy = true;
            _trickled = 0;
        }

        if (_receivePiece == 0)
        {
            Owner!.OnReceived(this);
        }

        return count > 0;
    }

    private bool ReadFrame(int serial)
    {
        int count = _nic.Read(Flow, _reader.Buffer, _reader.Filled, _reader.Wanted);
        _reader.Advance(count);

        // A part of a frame is nothing: whoever sends a byte now and then keeps others out as if it were silent.
        WasBusy |= _reader.IsComplete;
        if (_reader.Error != Error.None)
        {
            Break(_reader.Error);
        }
        else if (_reader.IsComplete)
        {
            BulkLeft = _reader.Frame.BulkLength;
            Owner!.OnFrame(this, _reader.Frame);
            if (serial == Serial)
            {
                _reader.Next();
            }
        }

        return count > 0;
    }

    private void Forget()
    {
        Flow = 0;
        Owner = null;
        Serial++;
        IsDue = false;
    }
}
