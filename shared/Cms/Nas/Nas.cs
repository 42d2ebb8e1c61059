// The network-attached storage: checkpoints on the board's storage device, for managers.
// Configuration, all of it optional: <config port="1027" format="3fa9c2d1"><vfs>…<lwip ip_addr netmask gateway/>…</vfs></config>.
// Invariants: a NAS that cannot open its disk listens nowhere; it says why, once, and tries again. What is on a disk is given up only
// by the number that its refusal named, so a configuration in which that was left gives up nothing that came later.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>The program <c>nas</c>.</summary>
public sealed class Nas : PinnedProgram, IListenerOwner, ITimed
{
    private const int NetworkLabel = 1;
    private const int MaxClients = 8;
    private const int PieceSize = 8192;
    private const int FormatDigits = 8;
    private const int RetryMilliseconds = 1000;

    private readonly NasClient[] _clients = new NasClient[MaxClients];
    private Env _env = null!;
    private Network _network = null!;
    private NasStore _store = null!;
    private int _port = Ports.Nas;
    private string _format = "";
    private string _said = "";
    private int _retry;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        _env = env;
        NetworkConfig address = default;
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "port format", NetworkConfig.Elements, NetworkConfig.Without);
        _port = reader.Port(config, "port", _port);
        _format = config.Attribute("format", "");
        if (_format.Length != 0 && _format.Length != FormatDigits)
        {
            reader.Fault(config, "format", "format is \"" + _format + "\"; write the number that the NAS names when it refuses a disk, as 598c1938");
        }

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
            string remedy = NasReport.Remedy(_store, _format);
            if (Say(NasReport.Refusal(_store, error)) && remedy.Length > 0)
            {
                _env.Log(remedy);
            }

            _network.Timeouts.Set(_retry, RetryMilliseconds);
            return;
        }

        if (_said.Length > 0)
        {
            Say("storage can be used again");
        }

        string opened = NasReport.Opened(_store.Opening);
        if (opened.Length > 0)
        {
            Say(opened);
        }

        _network.Open();
        _network.Pool.Listen(_port, ServiceId.Nas, this);
    }

    /// <summary>Says what is not said already.</summary>
    /// <returns>Whether it was not.</returns>
    private bool Say(string text)
    {
        bool isNews = _said != text;
        if (isNews)
        {
            _env.Log(text);
            _said = text;
        }

        return isNews;
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

        var space = new NasSpace(_env);
        for (int i = 0; i < MaxClients; i++)
        {
            _clients[i] = new NasClient(_env, _store, space, buffer, address, i * room, room);
        }

        return Error.None;
    }
}
