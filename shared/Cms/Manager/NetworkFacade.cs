// The manager as the network sees it: its main port, and a broker port for each ECU.
// Invariants: a request that cannot be decoded ends its flow; a broker's port is given to one ECU and stays its own.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Requests by flows.</summary>
internal sealed class NetworkFacade : IChannelOwner, IListenerOwner
{
    private readonly Network _network;
    private readonly ManagerConfig _config;
    private readonly CheckpointManagement _management;
    private int _nextPort = Ports.FirstBroker;

    internal NetworkFacade(Network network, ManagerConfig config, CheckpointManagement management)
    {
        _network = network;
        _config = config;
        _management = management;
    }

    internal void Open() => _network.Pool.Listen(_config.Port, ServiceId.Manager, this);

    public void OnAccepted(Channel channel, int port)
    {
        if (port == _config.Port)
        {
            channel.Owner = this;
            return;
        }

        for (int i = 0; i < Members.Capacity; i++)
        {
            Member member = _management.Members[i];
            if (member.IsUsed && member.Dsm.Port == port)
            {
                member.Dsm.Begin(channel);
            }
        }
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        Checkpoint checkpoint = default;
        bool isWhole = checkpoint.Read(frame) && (frame.Opcode != ManagerOperation.Migrate || frame.Length >= Checkpoint.LengthWithWord);
        if (!isWhole || frame.IsAnswer || frame.BulkLength != 0)
        {
            channel.Close();
            return;
        }

        ReplyTo replyTo = default;
        replyTo.Channel = channel;
        replyTo.Serial = channel.Serial;
        replyTo.Sequence = frame.Sequence;
        replyTo.Opcode = frame.Opcode;
        switch (frame.Opcode)
        {
            case ManagerOperation.Establish:
                channel.MayRest = Establish(in checkpoint, ref replyTo);
                break;
            case ManagerOperation.NewCheckpoint:
                _management.NewCheckpoint(in checkpoint, ref replyTo);
                break;
            case ManagerOperation.Migrate:
                _management.Migrate(in checkpoint, frame.Get(Checkpoint.Length), ref replyTo);
                break;
            default:
                _management.Answer(ref replyTo, Error.UnknownOpcode, in checkpoint, 0);
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
        // Answers find out by the channel's serial number that nobody is there any longer.
    }

    /// <returns>Whether it was established: such a flow may rest, an answer may take long.</returns>
    private bool Establish(in Checkpoint checkpoint, ref ReplyTo replyTo)
    {
        Error error = checkpoint.Size == 0 || checkpoint.Mac == 0 ? Error.BadArgument : checkpoint.Size > _config.MaxDsm ? Error.Full : Error.None;
        int index = error == Error.None ? _management.Members.Meet(checkpoint.Mac, checkpoint.Ip) : -1;
        error = error == Error.None && index < 0 ? Error.TableFull : error;
        int port = 0;
        if (error == Error.None)
        {
            Member member = _management.Members[index];
            member.Unshare();
            error = member.Dsm.Establish(checkpoint.Size);
            error = error == Error.None && member.Dsm.Port == 0 ? GivePort(member.Dsm) : error;
            port = member.Dsm.Port;
        }

        _management.Answer(ref replyTo, error, in checkpoint, port);
        return error == Error.None;
    }

    private Error GivePort(DsmReader dsm)
    {
        while (!_config.IsFree(_nextPort))
        {
            _nextPort++;
        }

        Error error = _network.Pool.Listen(_nextPort, ServiceId.Broker, this);
        if (error == Error.None)
        {
            dsm.Port = _nextPort++;
        }

        return error;
    }
}
