// nic_drv: the driver of the board's network. It uses core's Nic service and provides nic_router's Uplink with it, so that
// the router can be served by whatever network there is, and outlives it.
// Invariants: each flow of the router has one of core's while it is open; bytes are moved only as far as there is room, so
// neither side can make the driver lose or keep any.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The program <c>nic_drv</c>: joins a Nic session of core and an Uplink session, flow by flow.</summary>
public sealed partial class NicDriver : PinnedProgram
{
    private const int NicLabel = 1;
    private const int UplinkLabel = 2;

    private readonly int[] _inner = new int[FlowTable.MaxFlows + 1];
    private readonly int[] _outer = new int[FlowTable.MaxFlows + 1];
    private NicConnection? _nic;
    private NicConnection? _uplink;
    private NicEvent _news;
    private Env? _env;
    private Shortage _shortage;
    private bool _saidMac;
    private bool _tellCore;
    private bool _tellRouter;
    private bool _again;

    private FlowUser Core => _nic!.Flows;

    private FlowProvider Router => new FlowProvider(_uplink!.Table);

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        _env = env;
        env.Log("--- NIC driver started ---");
        _nic = new NicConnection(env, NicLabel, NicLabel) { IsQuiet = true };
        _uplink = new NicConnection(env, UplinkLabel, UplinkLabel, "Uplink") { IsQuiet = true };
        _nic.Open("");
        _uplink.Open("");
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (_nic!.OnReply(label, error, answer) || _uplink!.OnReply(label, error, answer))
        {
            Run(env);
        }
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count) => Run(env);

    private void Run(Env env)
    {
        if (!_nic!.IsReady)
        {
            return;
        }

        if (!_saidMac)
        {
            _saidMac = true;
            env.Log("MAC address " + Mac.Format(_nic.Mac));
        }

        _again = _uplink!.IsReady;
        while (_again)
        {
            _again = false;
            ServeRouter();
            TakeCoreNews();
            if (Fails())
            {
                return;
            }
        }

        Tell();
    }

    /// <summary>Ends both sessions when one has ended: flows do not survive their other half.</summary>
    private bool Fails()
    {
        bool failed = !_nic!.IsReady || Router.Fault != Error.None;
        if (failed)
        {
            _nic.Close();
            _uplink!.Close();
        }

        return failed;
    }

    private void Tell()
    {
        if (_tellCore)
        {
            _nic!.Tell();
        }

        if (_tellRouter)
        {
            _uplink!.Tell();
        }

        _tellCore = false;
        _tellRouter = false;
    }

    /// <summary>A flow of one side has no counterpart on the other.</summary>
    private void Lack(string what, int port)
    {
        if (_shortage.Begins())
        {
            _env!.Log("Warning: no flow is left for " + what + port + "; it is closed");
        }
    }

    private void Join(int outer, int inner)
    {
        if (_shortage.Ends())
        {
            _env!.Log("flows suffice again");
        }

        _inner[outer] = inner;
        _outer[inner] = outer;
    }

    private void Part(int outer)
    {
        _outer[_inner[outer]] = 0;
        _inner[outer] = 0;
    }
}
