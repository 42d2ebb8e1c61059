// nic_router: joins the components of a board, and them to the network, as its configuration permits (Genode's component
// of that name, on flows instead of frames).
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The program <c>nic_router</c>: serves Nic to components and Uplink to network drivers.</summary>
public sealed class NicRouter : PinnedProgram
{
    private const int NicService = 1;
    private const int UplinkService = 2;

    private FlowRouter? _router;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        XmlNode root = ConfigReader.Open(env, out ConfigReader reader);
        var config = new RouterConfig(reader);
        config.Read(root);
        _router = new FlowRouter(env, config);
        Error error = env.Announce("Nic", 0, NicService);
        error = error == Error.None ? env.Announce("Uplink", 0, UplinkService) : error;
        if (error != Error.None)
        {
            env.Log("Error: cannot announce: " + Errors.Name(error));
        }
    }

    /// <inheritdoc/>
    public override Error OnOpen(Env env, int session, Message request)
        => _router!.Open(session, request.Text, env.ServiceOf(session) == UplinkService);

    /// <inheritdoc/>
    public override void OnClose(Env env, int session) => _router!.Close(session);

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request) => _router!.Request(label, request);

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count) => _router!.OnSignal(label);
}
