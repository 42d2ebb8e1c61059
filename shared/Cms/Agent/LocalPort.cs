// Both of the agent's interfaces by messages, for a manager on the same board. An image is a dataspace in the message: it is
// copied at once, because its owner may take it away.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>The gate that a local manager asks.</summary>
internal sealed class LocalPort
{
    private readonly Env _env;
    private readonly ICmsOwner _owner;
    private readonly Restorations _restorations;
    private readonly Frame _frame = new Frame();

    internal LocalPort(Env env, ICmsOwner owner, Restorations restorations)
    {
        _env = env;
        _owner = owner;
        _restorations = restorations;
    }

    internal Error Request(Message request)
    {
        int service = request.Opcode >> 8;
        int opcode = request.Opcode & 255;
        Checkpoint checkpoint = default;
        if (!_frame.Load(service, opcode, false, Error.None, request))
        {
            return Error.BadData;
        }

        if (service == ServiceId.Information && opcode == InformationOperation.Read)
        {
            SystemInformation information = default;
            _owner.ReadInformation(ref information);
            return Answer(request, information.Write(_frame.Answer(service, opcode, 0, Error.None)), Error.None);
        }

        bool isWhole = checkpoint.Read(_frame) && (opcode == MigrationOperation.Stop || _frame.Length >= Checkpoint.LengthWithWord);
        if (service != ServiceId.Migration || !isWhole)
        {
            return service == ServiceId.Migration ? Error.BadData : Error.UnknownOpcode;
        }

        int place = -1;
        int attempt = _frame.Get(Checkpoint.Length);
        Error error;
        switch (opcode)
        {
            case MigrationOperation.Restore:
                error = _restorations.Offer(in checkpoint, attempt, out int _, out place);
                break;
            case MigrationOperation.Stop:
                error = _restorations.Stop(in checkpoint);
                break;
            case MigrationOperation.Settle:
                error = _restorations.Settle(in checkpoint, attempt, out place);
                break;
            case MigrationOperation.Image:
                error = Image(request, in checkpoint, attempt, out place);
                break;
            default:
                return Error.UnknownOpcode;
        }

        return error == Error.Deferred
            ? error
            : Answer(request, Restorations.Outcome(_frame.Answer(service, opcode, 0, error), in checkpoint, place), error);
    }

    private Error Image(Message request, in Checkpoint checkpoint, int attempt, out int place)
    {
        place = -1;
        int index = _restorations.Find(in checkpoint, attempt);
        if (index < 0)
        {
            return Error.NotFound;
        }

        Restoration restoration = _restorations[index];
        Error error = _env.CopyDataspace(request.Capability(0), 0, restoration.Dataspace, 0, restoration.Checkpoint.Size);
        if (error != Error.None)
        {
            _restorations.Drop(index);
            return error;
        }

        error = _restorations.Restore(index, out place);
        restoration.Token = error == Error.Deferred ? _env.Defer() : 0;
        return error;
    }

    private static Error Answer(Message request, Frame frame, Error error)
    {
        request.AddBytes(frame.Bytes, Frame.HeaderSize, frame.Length);
        return error;
    }
}
