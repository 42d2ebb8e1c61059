// The RTCR's end of the checkpoint management system: its DSM, its way to the manager, and the two interfaces that the
// manager asks. The RTCR hands it the events that it gets; what is lost on the way the agent makes good by itself.
// Invariants: a commit is told as stored only when it is; while one is under way its bytes are left alone; nothing waits
// without a deadline; whoever hands in an event calls Pump afterwards.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms;

/// <summary>A helper of an RTCR program. It uses the labels from its first one to <see cref="Labels"/> − 1 after it.</summary>
public sealed partial class CmsAgent : ILinkOwner, ITimed
{
    /// <summary>How many labels the agent takes, for signals, gates and answers alike. Labels of answers that are equal to
    /// the agent's modulo 256 are its own too.</summary>
    public const int Labels = 3;

    /// <summary>Most checkpoints in the DSM.</summary>
    public const int MaxCheckpoints = SlotTable.Capacity;

    private const int Channels = 16;
    private const int PauseMilliseconds = 200;

    private readonly Env _env;
    private readonly CmsConfig _config;
    private readonly ICmsOwner _owner;
    private readonly CryptoSession _crypto;
    private readonly Timeouts _timeouts;
    private readonly ChannelPool _pool;
    private readonly SlotTable _slots = new SlotTable();
    private readonly Restorations _restorations;
    private readonly ManagerLink _link;
    private readonly LocalPort _local;
    private readonly int _gateLabel;
    private readonly int _pause;
    private Slot? _sending;
    private bool _wasReady;
    private bool _isWorking;

    /// <summary>An agent that is not at work yet.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="nic">Its network; the RTCR opens it.</param>
    /// <param name="config">Addresses and ports.</param>
    /// <param name="label">The first of its labels, more than 0; with <see cref="Labels"/> of them it stays below 256.</param>
    /// <param name="owner">The RTCR.</param>
    public CmsAgent(Env env, NicConnection nic, in CmsConfig config, int label, ICmsOwner owner)
    {
        _env = env;
        _config = config;
        _owner = owner;
        _gateLabel = label + 1;
        _crypto = new CryptoSession(env, env.Connect("Crypto"));
        _timeouts = new Timeouts(env, label, 4);
        _pool = new ChannelPool(env, nic, _timeouts, Channels);
        _pause = _timeouts.Add(this);
        _restorations = new Restorations(env, _crypto, _slots, owner, config.Mac);
        _local = new LocalPort(env, owner, _restorations);
        _link = new ManagerLink(env, in config, _pool, _timeouts, _crypto, label + 2, _gateLabel, this);
    }

    /// <summary>The DSM: what is committed of it goes to the manager.</summary>
    public int Dataspace { get; private set; }

    /// <summary>Where the DSM is in the RTCR's address space.</summary>
    public int Address { get; private set; }

    /// <summary>The DSM's bytes.</summary>
    public int Size { get; private set; }

    /// <summary>Whether the manager can be reached now.</summary>
    public bool IsReady => _link.IsReady;

    /// <summary>Bytes of images that went over the network; those that had not changed did not.</summary>
    public long SentBytes => _link.SentBytes;

    /// <summary>Allocates the DSM, listens on the two ports and begins to connect to the manager.</summary>
    /// <param name="dsmSize">Bytes, rounded up to pages.</param>
    public Error Establish(int dsmSize)
    {
        if (Size != 0)
        {
            return Error.Exists;
        }

        Dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(dsmSize, out Error error);
        Address = error == Error.None ? _env.Attach(Dataspace) : 0;
        if (Address == 0)
        {
            return error == Error.None ? _env.LastError : error;
        }

        Size = _env.SizeOf(Dataspace);
        _pool.Listen(_config.InformationPort, ServiceId.Information, new InformationPort(_owner));
        _pool.Listen(_config.MigrationPort, ServiceId.Migration, new RestorePort(_restorations));
        _link.Start(Dataspace, Address, Size);
        Pump();
        return Error.None;
    }

    /// <summary>
    /// Commits an image that stands in the DSM. From now until <see cref="ICmsOwner.OnCommitted"/> its bytes are left
    /// alone. Without a manager it waits until there is one.
    /// </summary>
    /// <param name="offset">Which checkpoint: where its image begins.</param>
    /// <param name="length">The image's bytes.</param>
    /// <param name="needRam">RAM that the component needs where it is restored.</param>
    /// <param name="needCaps">Capabilities that it needs there.</param>
    /// <returns>Busy while the checkpoint's last commit is under way; Stale when its component was stopped; TableFull.</returns>
    public Error Commit(int offset, int length, long needRam, int needCaps)
    {
        if (offset < 0 || length <= 0 || length > Size || offset > Size - length || needRam < 0 || needCaps < 0)
        {
            return Error.BadArgument;
        }

        Slot? slot = _slots.FindOrAdd(offset);
        if (slot == null || slot.IsStopped || slot.Phase != CommitPhase.None)
        {
            return slot == null ? Error.TableFull : slot.IsStopped ? Error.Stale : Error.Busy;
        }

        slot.Checkpoint.Mac = _config.Mac;
        slot.Checkpoint.Ip = _config.Ip;
        slot.Checkpoint.Size = length;
        slot.Checkpoint.Commit++;
        slot.Checkpoint.NeedRam = needRam;
        slot.Checkpoint.NeedCaps = needCaps;
        slot.Checkpoint.Crc = _crypto.Crc32(Dataspace, offset, length, out Error error);
        slot.Phase = CommitPhase.Queued;
        Work();
        return error;
    }

    /// <summary>
    /// Asks the manager to have a component go on elsewhere. Its last checkpoint must be stored. The RTCR holds it until
    /// <see cref="ICmsOwner.OnStop"/> ends it, or <see cref="ICmsOwner.OnMigrated"/> says that it stays.
    /// </summary>
    /// <param name="offset">Which checkpoint.</param>
    /// <param name="destination">Where it may go: <see cref="ManagerOperation.AnyBoard"/>, <see cref="ManagerOperation.AnyOtherBoard"/>,
    /// or one more than the load in thousandths that the board to go to may have.</param>
    /// <returns>NotFound without a checkpoint that is stored; Busy while a commit or a migration is under way.</returns>
    public Error CallForMigration(int offset, int destination)
    {
        if (destination < ManagerOperation.AnyBoard || destination > ManagerOperation.AnyOtherBoard)
        {
            return Error.BadArgument;
        }

        Slot? slot = _slots.Find(offset);
        if (slot == null || slot.IsStopped || slot.Checkpoint.Epoch == 0)
        {
            return Error.NotFound;
        }

        if (slot.IsMigrating || slot.Phase != CommitPhase.None)
        {
            return Error.Busy;
        }

        _env.Log("Calling for migration");
        slot.IsMigrating = true;
        slot.Destination = destination;
        slot.MigrationRequest = 0;
        Work();
        return Error.None;
    }

    /// <summary>A component has ended by itself: its place in the DSM is free again.</summary>
    /// <returns>Busy while a commit or a migration is under way.</returns>
    public Error Remove(int offset)
    {
        Slot? slot = _slots.Find(offset);
        if (slot == null || slot.IsMigrating || slot.Phase != CommitPhase.None)
        {
            return slot == null ? Error.NotFound : Error.Busy;
        }

        slot.IsUsed = false;
        return Error.None;
    }

    /// <summary>Ends a restoration that <see cref="ICmsOwner.OnRestore"/> deferred.</summary>
    /// <param name="restore">Its number.</param>
    /// <param name="error">None when the component runs.</param>
    /// <param name="offset">Where its checkpoints will be in the DSM; −1 when it will have none.</param>
    public void CompleteRestore(int restore, Error error, int offset)
    {
        Restoration restoration = _restorations[restore];
        if (restoration.IsUsed && restoration.IsWithOwner)
        {
            _restorations.Complete(restore, error, offset);
            _restorations.Answer(restoration, error, offset);
            Pump();
        }
    }
}
