// The checkpoint manager: receives checkpoints, has them stored, and chooses where components go on.
// Configuration: see ManagerConfig. All it knows of its ECUs it learns from them again after a restart.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>The program <c>manager</c>.</summary>
public sealed class Manager : PinnedProgram
{
    private const int NetworkLabel = 1;
    private const int ExchangeLabel = 16;

    private ExchangeTable _exchanges = null!;
    private Network _network = null!;
    private LocalFacade _local = null!;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        var config = new ManagerConfig();
        XmlNode root = ConfigReader.Open(env, out ConfigReader reader);
        config.Read(root, reader);
        _exchanges = new ExchangeTable(ExchangeLabel, CheckpointManagement.Exchanges);
        _network = new Network(
            env, NetworkLabel, config.Network, CheckpointManagement.Flows, CheckpointManagement.Flows,
            CheckpointManagement.Exchanges + CheckpointManagement.MaxStores + CheckpointManagement.MaxMigrations);
        var management = new CheckpointManagement(env, _network, config, _exchanges);
        _local = new LocalFacade(env, management);
        _network.Open();
        new NetworkFacade(_network, config, management).Open();
        _local.Open();
        _network.Pool.Pump();
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
        if (!_network.OnReply(label, error, answer))
        {
            _exchanges.OnReply(label, error, answer);
        }

        _network.Pool.Pump();
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        Error error = _local.Request(label, request);
        _network.Pool.Pump();
        return error;
    }

    /// <inheritdoc/>
    public override void OnClose(Env env, int session) => _local.Close(session);
}
