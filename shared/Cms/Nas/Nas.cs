// The network-attached storage: checkpoints on the board's storage device, for managers.
// Configuration, all of it optional: <config port="1027" format="no"><vfs>…<lwip ip_addr netmask gateway/>…</vfs></config>.
// Invariant: a NAS that cannot open its disk listens nowhere; it says why, and tries again.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>The program <c>nas</c>.</summary>
public sealed class Nas : PinnedProgram, IListenerOwner, ITimed
{
    private const int NetworkLabel = 1;
    private const int MaxClients = 8;
    private const int PieceSize = 8192;
    private const int RetryMilliseconds = 1000;

    private readonly NasClient[] _clients = new NasClient[MaxClients];
    private Env _env = null!;
    private Network _network = null!;
    private NasStore _store = null!;
    private int _port = Ports.Nas;
    private bool _format;
    private int _retry;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        _env = env;
        NetworkConfig address = default;
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "port format", NetworkConfig.Elements, NetworkConfig.Without);
        _port = reader.Port(config, "port", _port);
        _format = reader.Truth(config, "format", _format);
        address.Read(config, reader);
        _network = new Network(env, NetworkLabel, address, MaxClients, 2 * MaxClients + 2, 1);
        _retry = _network.Timeouts.Add(this);
        _store = new NasStore(
            env,
            new BlockSession(env, env.Connect("Block")),
            new CryptoSession(env, env.Connect("Crypto")));
        OnTimeout();
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        _network.OnSignal(label);
        _network.Pool.Pump();
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        _network.OnReply(label, error, answer);
        _network.Pool.Pump();
    }

    /// <summary>A manager has connected.</summary>
    public void OnAccepted(Channel channel, int port)
    {
        for (int i = 0; i < MaxClients; i++)
        {
            if (_clients[i].IsFree)
            {
                _clients[i].Begin(channel);
                return;
            }
        }
    }

    /// <summary>Opens the disk, again and again until it can be opened.</summary>
    public void OnTimeout()
    {
        Error error = _store.Open(_format);
        error = error == Error.None ? MakeClients() : error;
        if (error != Error.None)
        {
            _env.Log("storage cannot be used: " + Errors.Name(error));
            _network.Timeouts.Set(_retry, RetryMilliseconds);
            return;
        }

        if (_store.WasFormatted || _store.WasRepaired)
        {
            _env.Log(_store.WasFormatted ? "storage was empty: new index" : "index was torn: repaired from its copy");
        }

        _network.Open();
        _network.Pool.Listen(_port, ServiceId.Nas, this);
    }

    private Error MakeClients()
    {
        int room = PieceSize / _store.BlockSize * _store.BlockSize;
        room = room == 0 ? _store.BlockSize : room;
        int buffer = new PdSession(_env, Selectors.Pd).AllocateDataspace(MaxClients * room, out Error error);
        int address = error == Error.None ? _env.Attach(buffer) : 0;
        if (address == 0)
        {
            return error == Error.None ? _env.LastError : error;
        }

        for (int i = 0; i < MaxClients; i++)
        {
            _clients[i] = new NasClient(_env, _store, buffer, address, i * room, room);
        }

        return Error.None;
    }
}
