// A component's network: one Nic session with its set-up hidden, over core (answered at once) as over nic_router (by an
// event), and the flows in it. For pinned programs; a component that may be a target keeps a FlowUser's two numbers itself.
// Invariants: before the session is ready and after it has failed every operation answers 0 or nothing; each change is
// followed by a signal to the other side, and signals coalesce.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The client's side of a Nic session.</summary>
/// <remarks>
/// Open it, hand it what <see cref="Program.OnReply"/> and <see cref="Program.OnSignal"/>
/// get, and after each of its signals take all events with <see cref="Next"/>.
/// </remarks>
public sealed partial class NicConnection
{
    private readonly Env _env;
    private readonly int _replyLabel;
    private readonly int _signalLabel;
    private readonly string _service;
    private string _label = "";
    private int _address;
    private int _netmask;
    private int _gateway;
    private int _flowCount = FlowTable.DefaultFlows;
    private int _ringSize = FlowTable.DefaultRingSize;
    private int _session;
    private int _signal;
    private int _serverSignal;
    private int _dataspace;
    private int _memory;
    private bool _opening;
    private bool _settingUp;
    private bool _replyDue;
    private bool _saidUp = true;
    private int _cursor;

    /// <summary>A connection that is not open yet.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="replyLabel">A reply label that is the connection's own.</param>
    /// <param name="signalLabel">A signal label that is the connection's own.</param>
    public NicConnection(Env env, int replyLabel, int signalLabel)
        : this(env, replyLabel, signalLabel, "Nic")
    {
    }

    /// <summary>The same for another service of this shape: a driver's Uplink session.</summary>
    internal NicConnection(Env env, int replyLabel, int signalLabel, string service)
    {
        _service = service;
        _env = env;
        _replyLabel = replyLabel;
        _signalLabel = signalLabel;
    }

    /// <summary>Whether the session is set up; the link may still be down.</summary>
    public bool IsReady => _memory != 0;

    /// <summary>Why there is no session; None while one is there or on its way.</summary>
    public Error Error { get; private set; }

    /// <summary>Whether the link is up.</summary>
    public bool IsUp => IsReady && Flows.IsUp;

    /// <summary>The IPv4 address in host byte order; 0 while there is none.</summary>
    public int Address => IsReady ? Flows.Address : 0;

    /// <summary>The netmask in host byte order.</summary>
    public int Netmask => IsReady ? Flows.Netmask : 0;

    /// <summary>The gateway in host byte order; 0 for none.</summary>
    public int Gateway => IsReady ? Flows.Gateway : 0;

    /// <summary>The MAC address in the low 48 bits.</summary>
    public long Mac => IsReady ? Flows.Mac : 0;

    /// <summary>Whether not to log what happens to the link.</summary>
    internal bool IsQuiet { get; init; }

    internal FlowTable Table => new FlowTable(_env.Memory, _memory, _flowCount, _ringSize);

    internal FlowUser Flows => new FlowUser(Table);

    /// <summary>Asks for other sizes than the usual ones, before the session is opened.</summary>
    /// <param name="flows">Most flows at once, half of them for accepted streams.</param>
    /// <param name="ringSize">Bytes that can be under way in each direction of a flow, a power of two.</param>
    public void Resize(int flows, int ringSize)
    {
        _flowCount = flows;
        _ringSize = ringSize;
    }

    /// <summary>Opens the session with an address that the server assigns.</summary>
    public Error Open(string label) => Open(label, 0, 0, 0);

    /// <summary>Opens the session.</summary>
    /// <param name="label">The session's label.</param>
    /// <param name="address">The IPv4 address to have, in host byte order; 0 for what the server assigns.</param>
    /// <param name="netmask">Its netmask.</param>
    /// <param name="gateway">The gateway; 0 for none.</param>
    /// <returns>
    /// None when the session is there or on its way: a Link event tells that it can be used. Busy while there is one, or
    /// while an answer for one that was closed early is still due.
    /// </returns>
    public Error Open(string label, int address, int netmask, int gateway)
    {
        if (IsReady || _replyDue)
        {
            return Error.Busy;
        }

        _label = label;
        _address = address;
        _netmask = netmask;
        _gateway = gateway;
        Error = Error.None;
        LogLink();
        _signal = _env.Signal(_signalLabel);
        if (_signal == Selectors.Invalid)
        {
            return Failed(_env.LastError);
        }

        _session = _env.Connect(_service, label, 0, 0, 0);
        if (_session != Selectors.Invalid)
        {
            Message message = SetupRequest();
            return SetUp(_env.Call(_session, message), message);
        }

        Error error = _env.LastError == Error.MustSend ? _env.Open(_service, label, _replyLabel) : _env.LastError;
        _opening = _replyDue = error == Error.None;
        return _opening ? Error.None : Failed(error);
    }
}
