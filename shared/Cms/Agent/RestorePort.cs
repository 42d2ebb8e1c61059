// The migrate-and-restore interface over flows. One object for all of them: a channel's tag says which restoration it has.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Port 1026.</summary>
internal sealed class RestorePort : IChannelOwner, IListenerOwner
{
    private const int Piece = 32 * 1024;

    private readonly Restorations _restorations;
    private readonly Frame _answer = new Frame();

    internal RestorePort(Restorations restorations)
    {
        _restorations = restorations;
    }

    public void OnAccepted(Channel channel, int port)
    {
        channel.Owner = this;
        channel.Tag = -1;
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        Checkpoint checkpoint = default;
        bool bulk = frame.Opcode == MigrationOperation.Image && channel.Tag >= 0;
        bool isWhole = checkpoint.Read(frame) && (frame.Opcode == MigrationOperation.Stop || frame.Length >= Checkpoint.LengthWithWord);
        if (!isWhole || frame.IsAnswer || (frame.BulkLength != 0 && !bulk))
        {
            End(channel);
            return;
        }

        int place = -1;
        int attempt = frame.Get(Checkpoint.Length);
        Error error;
        switch (frame.Opcode)
        {
            case MigrationOperation.Restore:
                error = Offer(channel, in checkpoint, attempt, out place);
                break;
            case MigrationOperation.Stop:
                error = _restorations.Stop(in checkpoint);
                break;
            case MigrationOperation.Settle:
                error = _restorations.Settle(in checkpoint, attempt, out place);
                break;
            case MigrationOperation.Image when bulk && frame.BulkLength == _restorations[channel.Tag].Checkpoint.Size:
                Receive(channel, frame);
                return;
            case MigrationOperation.Image:
                End(channel);
                return;
            default:
                error = Error.UnknownOpcode;
                break;
        }

        channel.Send(Restorations.Outcome(_answer.Answer(frame, error), in checkpoint, place));
    }

    public void OnReceived(Channel channel)
    {
        if (channel.BulkLeft > 0)
        {
            Restoration restoration = _restorations[channel.Tag];
            channel.Receive(restoration.Address + restoration.Checkpoint.Size - channel.BulkLeft, Piece);
            return;
        }

        int index = channel.Tag;
        channel.Tag = -1;
        Checkpoint checkpoint = _restorations[index].Checkpoint;
        int sequence = _restorations[index].Sequence;
        Error error = _restorations.Restore(index, out int place);
        if (error != Error.Deferred)
        {
            Frame answer = _answer.Answer(ServiceId.Migration, MigrationOperation.Image, sequence, error);
            channel.Send(Restorations.Outcome(answer, in checkpoint, place));
        }
    }

    public void OnSent(Channel channel)
    {
    }

    public void OnEnd(Channel channel, Error error)
    {
        if (channel.Tag >= 0)
        {
            _restorations.Drop(channel.Tag);
        }

        channel.Tag = -1;
    }

    private Error Offer(Channel channel, in Checkpoint checkpoint, int attempt, out int place)
    {
        OnEnd(channel, Error.None);
        Error error = _restorations.Offer(in checkpoint, attempt, out int index, out place);
        if (error != Error.None)
        {
            return error;
        }

        error = _restorations.Attach(index);
        if (error == Error.None)
        {
            channel.Tag = index;
            _restorations[index].Channel = channel;
            _restorations[index].Serial = channel.Serial;
        }
        else
        {
            _restorations.Drop(index);
        }

        return error;
    }

    private void Receive(Channel channel, Frame frame)
    {
        Restoration restoration = _restorations[channel.Tag];
        restoration.Sequence = frame.Sequence;
        channel.Receive(restoration.Address, Piece);
    }

    private void End(Channel channel)
    {
        channel.Close();
        OnEnd(channel, Error.BadData);
    }
}
