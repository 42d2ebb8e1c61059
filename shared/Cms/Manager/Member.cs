// An RTCR that the manager knows: where it is, and where its committed checkpoints can be read.
// Invariant: a remote member's commits are in its DSM reader; a local one's in a dataspace that it may change or take away
// at any time, so what is needed of it is copied at once and never accessed in place.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>One ECU's RTCR.</summary>
internal sealed class Member
{
    private readonly Env _env;
    private readonly ManagerConfig _config;
    private int _shared;
    private int _gate;

    internal Member(Env env, ManagerConfig config, DsmReader dsm)
    {
        _env = env;
        _config = config;
        Dsm = dsm;
    }

    internal bool IsUsed;
    internal long Mac;
    internal int Ip;

    /// <summary>The session of the local facade; 0 for a remote member.</summary>
    internal int Session { get; private set; }

    internal DsmReader Dsm { get; }

    internal bool IsLocal => _gate != Selectors.Invalid;

    /// <summary>Takes the memory and the gate of an RTCR on this board.</summary>
    internal Error Share(int session, int dataspace, int gate)
    {
        Unshare();
        if (_env.SizeOf(dataspace) == 0 || _env.TypeOf(gate) != ObjectType.Gate)
        {
            return Error.WrongObject;
        }

        _shared = _env.Keep(dataspace);
        _gate = _env.Keep(gate);
        Session = session;
        if (_shared == Selectors.Invalid || _gate == Selectors.Invalid)
        {
            Unshare();
            return _env.LastError;
        }

        return Error.None;
    }

    internal void Unshare()
    {
        Drop(_shared);
        Drop(_gate);
        Session = 0;
        _shared = _gate = Selectors.Invalid;
    }

    /// <summary>Copies a commit of a local member.</summary>
    internal Error CopyTo(ImageBuffer image, in Checkpoint checkpoint)
    {
        Error error = image.Allocate(checkpoint.Size);
        return error == Error.None
            ? _env.CopyDataspace(_shared, checkpoint.Offset, image.Dataspace, 0, checkpoint.Size)
            : error;
    }

    /// <summary>Opens an exchange with the RTCR.</summary>
    internal void Open(Exchange exchange, int service, int milliseconds)
    {
        if (IsLocal)
        {
            exchange.OpenLocal(_gate, service, milliseconds);
        }
        else
        {
            int port = service == ServiceId.Information ? _config.InformationPort : _config.MigrationPort;
            exchange.Open(Ip, port, service, milliseconds);
        }
    }

    private void Drop(int selector)
    {
        if (selector != Selectors.Invalid)
        {
            _env.Release(selector);
        }
    }
}
