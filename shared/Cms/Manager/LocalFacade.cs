// The manager as an RTCR of the same board sees it: service "Manager". The operations and payloads are those of the network;
// what is bulk there is a capability here. Establish brings the shared dataspace and the gate by which the manager asks
// back: its messages have the service in the opcode's second byte, and an image is the message's dataspace.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Requests by messages.</summary>
internal sealed class LocalFacade
{
    private readonly Env _env;
    private readonly CheckpointManagement _management;
    private readonly Frame _frame = new Frame();

    internal LocalFacade(Env env, CheckpointManagement management)
    {
        _env = env;
        _management = management;
    }

    internal void Open()
    {
        _env.Log("Creating root component");
        Error error = _env.Announce("Manager", 8);
        if (error != Error.None)
        {
            _env.Log("Error: service Manager not announced: " + Errors.Name(error));
        }
    }

    internal Error Request(int session, Message request)
    {
        Checkpoint checkpoint = default;
        bool good = _frame.Load(ServiceId.Manager, request.Opcode, false, Error.None, request) && checkpoint.Read(_frame);
        good &= request.Opcode != ManagerOperation.Migrate || _frame.Length >= Checkpoint.LengthWithWord;
        if (!good || request.Opcode is < ManagerOperation.Establish or > ManagerOperation.Migrate)
        {
            return good ? Error.UnknownOpcode : Error.BadData;
        }

        if (request.Opcode == ManagerOperation.Establish)
        {
            int index = checkpoint.Mac == 0 ? -1 : _management.Members.Meet(checkpoint.Mac, checkpoint.Ip);
            return index < 0
                ? checkpoint.Mac == 0 ? Error.BadArgument : Error.TableFull
                : _management.Members[index].Share(session, request.Capability(0), request.Capability(1));
        }

        ReplyTo replyTo = default;
        replyTo.Opcode = request.Opcode;
        replyTo.Token = _env.Defer();
        if (replyTo.Token == 0)
        {
            return Error.MustSend;
        }

        if (request.Opcode == ManagerOperation.NewCheckpoint)
        {
            _management.NewCheckpoint(in checkpoint, ref replyTo);
        }
        else
        {
            _management.Migrate(in checkpoint, _frame.Get(Checkpoint.Length), ref replyTo);
        }

        return Error.Deferred;
    }

    /// <summary>The RTCR is gone.</summary>
    internal void Close(int session)
    {
        for (int i = 0; i < Members.Capacity; i++)
        {
            if (session != 0 && _management.Members[i].Session == session)
            {
                _management.Members[i].Unshare();
                _management.Members[i].IsUsed = false;
            }
        }
    }
}
