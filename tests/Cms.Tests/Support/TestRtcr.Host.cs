// An RTCR without targets: its components are numbers that count. Everything about the CMS is real.
using System.Collections.Generic;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms.Tests;

/// <summary>What a test wants of an RTCR.</summary>
internal sealed class RtcrOptions
{
    internal required string Board { get; init; }

    internal required Ledger Ledger { get; init; }

    /// <summary>The component that starts here; 0 for none.</summary>
    internal int Component { get; init; }

    internal int ImageSize { get; init; } = 3000;

    /// <summary>Commits before it calls for migration; 0 for never.</summary>
    internal int MigrateAfter { get; init; }

    /// <summary>Where the migration may go.</summary>
    internal int Destination { get; init; } = ManagerOperation.AnyBoard;

    internal bool Refuses { get; set; }

    internal bool FailsToRestore { get; set; }

    internal bool DefersRestore { get; set; }

    internal long FreeRam { get; set; } = 1_000_000;

    internal int FreeCaps { get; set; } = 100;

    internal int Load { get; set; }

    internal List<string> Notes { get; } = [];
}

/// <summary>The RTCR's end of the CMS, as a program.</summary>
internal sealed class TestRtcr(RtcrOptions options) : PinnedProgram, ICmsOwner
{
    private const int Offset = 64;
    private const int Stride = 16 * 1024;
    private const int Places = 3;
    private const int NicLabel = 1;
    private const int CommitLabel = 2;
    private const int AgentLabel = 10;

    private readonly Place[] _places = [new(), new(), new()];
    private readonly int[] _dataspace = new int[8];
    private Env _env = null!;
    private NicConnection _nic = null!;
    private CmsAgent _agent = null!;

    internal CmsAgent Agent => _agent;

    public override void Construct(Env env)
    {
        _env = env;
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        Assert.IsTrue(config.IsValid);
        CmsConfig cms = default;
        Assert.IsTrue(cms.Read(config, reader));
        NetworkConfig network = default;
        network.Read(config, reader);
        Assert.AreEqual(0, reader.Faults);
        _nic = new NicConnection(env, NicLabel, NicLabel);
        _nic.Open("", network.Address, network.Netmask, network.Gateway);
        _agent = new CmsAgent(env, _nic, in cms, AgentLabel, this);
        if (options.Component != 0 && options.Ledger.MovesOf(options.Component) == 0)
        {
            options.Ledger.Start(options.Component, options.Board, 0);
            _places[0].Component = options.Component;
        }

        Assert.AreEqual(Error.None, _agent.Establish(Places * Stride));
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(CommitLabel));
        timer.TriggerPeriodic(100_000);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == CommitLabel)
        {
            Tick();
        }
        else if (_nic.OnSignal(label))
        {
            NicEvent news = default;
            while (_nic.Next(ref news))
            {
                _agent.OnEvent(ref news);
            }
        }
        else
        {
            Assert.IsTrue(_agent.OnSignal(label), "signal " + label);
        }

        _agent.Pump();
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (!_nic.OnReply(label, error, answer))
        {
            Assert.IsTrue(_agent.OnReply(label, error, answer));
        }
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        Assert.IsTrue(_agent.OnRequest(label, request, out Error outcome));
        return outcome;
    }

    public void OnReady() => options.Notes.Add("ready");

    public void OnCommitted(int offset, int commit, Error error)
    {
        Place place = PlaceOf(offset);
        options.Notes.Add($"committed {commit} {error}");
        place.IsCommitting = false;
        if (error == Error.None && place.Component != 0)
        {
            options.Ledger.Stored(place.Component, place.Committed);
            place.Commits++;
        }
    }

    public Error OnStop(int offset, int claim)
    {
        Place place = PlaceOf(offset);
        options.Ledger.Stop(place.Component, options.Board);
        options.Notes.Add("stopped " + place.Component);
        place.Component = 0;
        place.IsCommitting = false;
        place.IsHeld = false;
        return Error.None;
    }

    public void OnMigrated(int offset, Error error)
    {
        options.Notes.Add("migrated " + error);
        Place place = PlaceOf(offset);
        place.IsHeld = false;
        place.Called = error == Error.None || place.Called;
    }

    public void ReadInformation(ref SystemInformation information)
    {
        information.FreeRam = options.FreeRam;
        information.FreeCaps = options.FreeCaps;
        information.LoadPermille = options.Load;
    }

    public Error OnRestoreBegin(int restore, Checkpoint checkpoint, out int dataspace)
    {
        dataspace = 0;
        if (options.Refuses)
        {
            options.Notes.Add("refused");
            return Error.OutOfRam;
        }

        dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(checkpoint.Size, out Error error);
        _dataspace[restore] = dataspace;
        return error;
    }

    public Error OnRestore(int restore, Checkpoint checkpoint, out int offset)
    {
        offset = -1;
        if (options.FailsToRestore)
        {
            options.Notes.Add("failed");
            return Error.OutOfCaps;
        }

        int at = _env.Attach(_dataspace[restore]);
        int component = _env.Memory.ReadInt32(at);
        int counter = _env.Memory.ReadInt32(at + 4);
        for (int i = 8; i < checkpoint.Size; i++)
        {
            Assert.AreEqual((byte)(component + i), _env.Memory.ReadByte(at + i), "image byte " + i);
        }

        _env.Detach(at);
        int index = FreePlace();
        if (index < 0)
        {
            return Error.Full;
        }

        Place place = _places[index];
        options.Ledger.Start(component, options.Board, counter);
        _env.Log("[Migr thread] Checkpoint " + component + " received. Migration successful");
        options.Notes.Add("restored " + component);
        place.Component = component;
        place.Counter = place.Committed = counter;
        place.Commits = 0;
        place.IsCommitting = place.IsHeld = false;
        place.Called = true;
        offset = OffsetOf(index);
        if (options.DefersRestore)
        {
            place.Deferred = restore + 1;
            return Error.Deferred;
        }

        return Error.None;
    }

    public void OnRestoreEnd(int restore)
    {
        if (_dataspace[restore] != 0)
        {
            new PdSession(_env, Selectors.Pd).FreeDataspace(_dataspace[restore]);
            _dataspace[restore] = 0;
        }
    }

    private static int OffsetOf(int index) => Offset + (index * Stride);

    private Place PlaceOf(int offset) => _places[(offset - Offset) / Stride];

    private int FreePlace()
    {
        for (int i = 0; i < Places; i++)
        {
            if (_places[i].Component == 0 && !_places[i].IsHeld)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Components count, and what has counted is committed.</summary>
    private void Tick()
    {
        for (int i = 0; i < Places; i++)
        {
            Place place = _places[i];
            if (place.Deferred != 0)
            {
                int restore = place.Deferred - 1;
                place.Deferred = 0;
                _agent.CompleteRestore(restore, Error.None, OffsetOf(i));
            }
            else if (place.Component != 0 && !place.IsHeld)
            {
                place.Counter++;
                Proceed(i, place);
            }
        }
    }

    private void Proceed(int index, Place place)
    {
        if (place.IsCommitting)
        {
            return;
        }

        if (options.MigrateAfter > 0 && place.Commits >= options.MigrateAfter && !place.Called
            && _agent.CallForMigration(OffsetOf(index), options.Destination) == Error.None)
        {
            place.IsHeld = true;
            return;
        }

        int at = _agent.Address + OffsetOf(index);
        _env.Memory.WriteInt32(at, place.Component);
        _env.Memory.WriteInt32(at + 4, place.Counter);
        for (int i = 8; i < options.ImageSize; i++)
        {
            _env.Memory.WriteByte(at + i, (byte)(place.Component + i));
        }

        Error error = _agent.Commit(OffsetOf(index), options.ImageSize, 1000, 10);
        place.IsCommitting = error == Error.None;
        place.Committed = place.IsCommitting ? place.Counter : place.Committed;
    }

    private sealed class Place
    {
        internal int Component;
        internal int Counter;
        internal int Committed;
        internal int Commits;
        internal int Deferred;
        internal bool IsCommitting;
        internal bool IsHeld;
        internal bool Called;
    }
}
