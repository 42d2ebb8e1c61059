// One board with an RTCR that tests can command: start targets, checkpoint, end, restore, here or elsewhere.
using System;
using System.Collections;
using System.Text;
using Tern.Components;
using Tern.Kernel;
using Tern.Os;
using Tern.Rtcr;
using Supervisor = Tern.Rtcr.Supervisor;

namespace Tern.Tests;

/// <summary>A board, its kernel and an RTCR: in init's place, or a child of init beside servers.</summary>
public sealed class RtcrBench
{
    private const string Config = "<config><parent-provides><service name=\"ROM\"/><service name=\"PD\"/><service name=\"CPU\"/>"
        + "<service name=\"LOG\"/><service name=\"RM\"/><service name=\"IRQ\"/><service name=\"Timer\"/><service name=\"Crypto\"/>"
        + "<service name=\"Report\"/></parent-provides>"
        + "<default-route><any-service><parent/><any-child/></any-service></default-route><default caps=\"100\"/>"
        + "<start name=\"slow_server\"><resource name=\"RAM\" quantum=\"64K\"/>"
        + "<provides><service name=\"Slow\"/><service name=\"Late\"/></provides></start>"
        + "<start name=\"sheep_server\"><resource name=\"RAM\" quantum=\"64K\"/><provides><service name=\"Sheep\"/></provides></start>"
        + "<start name=\"rtcr\" caps=\"4000\" priority=\"12\"><resource name=\"RAM\" quantum=\"3M\"/></start></config>";

    private readonly CommandedRtcr _rtcr = new CommandedRtcr();
    private readonly string _above;

    public RtcrBench()
        : this(new TestBoard(), false)
    {
    }

    /// <summary>Makes a board that has not booted yet.</summary>
    /// <param name="board">The board.</param>
    /// <param name="underInit">Whether RTCR is a child of init, with servers as siblings.</param>
    public RtcrBench(TestBoard board, bool underInit)
        : this(board, underInit, Config)
    {
    }

    /// <summary>Makes a board that has not booted yet.</summary>
    /// <param name="board">The board.</param>
    /// <param name="underInit">Whether RTCR is a child of init, with servers as siblings.</param>
    /// <param name="config">Init's configuration.</param>
    public RtcrBench(TestBoard board, bool underInit, string config)
    {
        Board = board;
        Board.With("init", underInit ? new Init() : _rtcr)
            .With("rtcr", _rtcr)
            .With("slow_server", new SlowServer())
            .With(Kid.Name, new Kid())
            .With(Asker.Binary, new Asker())
            .With(Ward.Binary, new Ward())
            .With(NestedKid.Binary, new NestedKid())
            .With(FaultyKid.Binary, new FaultyKid())
            .With(Reader.Binary, new Reader())
            .With(ManyHanded.Binary, new ManyHanded())
            .With(FarUser.Binary, new FarUser())
            .With("sheep_counter", new SheepCounter())
            .With("pattern_memory", new PatternMemory())
            .With("sheep_client", new SheepClient())
            .With("sheep_server", new SheepServer())
            .WithModule("config", Encoding.UTF8.GetBytes(config))
            .WithModule(ModuleReader.Name, Encoding.UTF8.GetBytes(ModuleReader.Text));
        _above = underInit ? "init -> rtcr -> " : "init -> ";
        Kernel = new Microkernel(Board);
    }

    public TestBoard Board { get; }

    public Microkernel Kernel { get; }

    public Supervisor Rtcr => _rtcr.Supervisor!;

    /// <summary>The sizes of RTCR's tables; to be set before it boots.</summary>
    public RtcrLimits Limits => _rtcr.Limits;

    /// <summary>The place whose target is meant by whatever does not name one.</summary>
    public int Place { get; set; }

    public RtcrBench Boot()
    {
        Expect.Ok(Kernel.Boot());
        Drive.Settle(Kernel);
        Assert.IsNotNull(_rtcr.Supervisor, "RTCR did not start");
        return this;
    }

    /// <summary>Boots a board that may be too small for RTCR.</summary>
    public bool TryBoot()
    {
        bool booted = Kernel.Boot() == Error.None;
        if (booted)
        {
            Drive.Settle(Kernel);
        }

        return booted && _rtcr.IsReady && !Board.Logged("fault");
    }

    /// <summary>The outcome of the last restore that had to wait.</summary>
    public Error Restored => _rtcr.Restored;

    /// <summary>Puts an image where RTCR reads them.</summary>
    public void Load(byte[] image) => Do(env => env.Memory.Write(_rtcr.Address, image, 0, image.Length));

    /// <summary>Lets RTCR do something in a handler of its own, before anything else that is ready.</summary>
    public void Do(CommandedRtcr.Work work) => Do(work, -1);

    /// <summary>The same, with only a number of dispatches after it; −1 for as many as there are.</summary>
    public void Do(CommandedRtcr.Work work, int dispatches)
    {
        _rtcr.Next = work;
        Board.Raise(CommandedRtcr.Line);
        if (dispatches < 0)
        {
            Drive.Settle(Kernel);
        }
        else
        {
            Kernel.Poll();
            Dispatch(1 + dispatches);
        }

        Exception? failure = _rtcr.Failure;
        _rtcr.Failure = null;
        if (failure != null)
        {
            throw failure;
        }

        Assert.IsNull(_rtcr.Next, "RTCR did not run the command");
    }

    /// <summary>Lets RTCR do something in a handler of its own; only what it has to do before that is dispatched too.</summary>
    public void DoNext(CommandedRtcr.Work work)
    {
        _rtcr.Next = work;
        Board.Raise(CommandedRtcr.Line);
        Kernel.Poll();
        DispatchWhile(() => _rtcr.Next != null);
        Exception? failure = _rtcr.Failure;
        _rtcr.Failure = null;
        if (failure != null)
        {
            throw failure;
        }
    }

    /// <summary>Restores an image, up to the handler in which that completes: the target has not run yet.</summary>
    /// <param name="image">The image.</param>
    /// <param name="then">What RTCR does in that handler.</param>
    public Error RestoreNext(byte[] image, CommandedRtcr.Work then)
    {
        Error error = Error.Deferred;
        _rtcr.Restored = Error.Deferred;
        _rtcr.WhenRestored = then;
        DoNext(env =>
        {
            env.Memory.Write(_rtcr.Address, image, 0, image.Length);
            error = Rtcr.Restore(Place, _rtcr.Dataspace, _rtcr.Address, 0, image.Length, 2);
            if (error != Error.Deferred)
            {
                _rtcr.WhenRestored = null;
                then(env);
            }
        });
        if (error == Error.Deferred)
        {
            DispatchWhile(() => _rtcr.Restored == Error.Deferred);
            error = _rtcr.Restored;
        }

        return error;
    }

    public void Start(string name, string binary, int ram, string config)
        => Expect.Ok(TryStart(name, binary, ram, 100, config));

    public void Start(string name, string binary) => Start(name, binary, 256 * 1024, "<config/>");

    public Error TryStart(string name, string binary, int ram, int caps, string config)
    {
        Error error = Error.Deferred;
        Do(env => error = StartHere(name, binary, ram, caps, config));
        return error;
    }

    /// <summary>Starts a target, within a handler of RTCR's.</summary>
    public Error StartHere(string name, string binary, int ram, int caps, string config)
        => Rtcr.Start(Place, name, binary, ram, caps, Priorities.Default, Encoding.UTF8.GetBytes(config));

    public void Run(long milliseconds) => Drive.Run(Kernel, Board, milliseconds * 1_000_000);

    /// <summary>Runs for a time, but of what is due then only a number of dispatches.</summary>
    public void Run(long milliseconds, int dispatches)
    {
        long end = Board.Nanoseconds + (milliseconds * 1_000_000);
        Drive.Run(Kernel, Board, (milliseconds * 1_000_000) - 1);
        Board.Nanoseconds = end;
        Kernel.Poll();
        Dispatch(dispatches);
    }

    /// <summary>Dispatches while a test waits for something that needs no time to pass.</summary>
    private void DispatchWhile(Waiting isWaiting)
    {
        while (isWaiting())
        {
            Assert.IsTrue(Kernel.Dispatch(), "nothing is left to dispatch, and RTCR has not done it");
            Kernel.Poll();
        }
    }

    private delegate bool Waiting();

    private void Dispatch(int count)
    {
        while (count-- > 0 && Kernel.Dispatch())
        {
            Expect.Sound(Kernel);
            Kernel.Poll();
        }
    }

    /// <summary>Takes a checkpoint.</summary>
    public byte[] Checkpoint()
    {
        byte[]? image = null;
        Do(env => image = CheckpointHere(env));
        return image!;
    }

    /// <summary>Takes a checkpoint within a handler of RTCR's.</summary>
    public byte[] CheckpointHere(Env env)
    {
        Expect.Ok(TryCheckpointHere(env, CommandedRtcr.Capacity, out byte[]? image));
        return image!;
    }

    public Error TryCheckpointHere(Env env, int capacity, out byte[]? image)
    {
        // Whatever the room for images held before must not matter.
        var junk = new byte[capacity + 64 < CommandedRtcr.Capacity ? capacity + 64 : CommandedRtcr.Capacity];
        for (int i = 0; i < junk.Length; i++)
        {
            junk[i] = 0xa5;
        }

        env.Memory.Write(_rtcr.Address, junk, 0, junk.Length);
        Error error = Rtcr.Checkpoint(Place, _rtcr.Dataspace, _rtcr.Address, 0, capacity, 42, out int size);
        image = null;
        if (error == Error.None)
        {
            image = new byte[size];
            env.Memory.Read(_rtcr.Address, image, 0, size);
        }

        for (int i = capacity; i < capacity + 64 && i < CommandedRtcr.Capacity; i++)
        {
            Assert.AreEqual(0xa5, (int)env.Memory.ReadByte(_rtcr.Address + i), "written behind the room for the image");
        }

        return error;
    }

    public Error TryCheckpoint(int capacity)
    {
        Error error = Error.Deferred;
        Do(env => error = TryCheckpointHere(env, capacity, out byte[]? _));
        return error;
    }

    /// <summary>Raises a line and lets everybody act.</summary>
    public void RaiseAndSettle(int line)
    {
        Board.Raise(line);
        Drive.Settle(Kernel);
    }

    public void Hold() => Do(env => Expect.Ok(Rtcr.Hold(Place)));

    public void Release() => Do(env => Expect.Ok(Rtcr.Release(Place)));

    public void Stop() => Do(env => Rtcr.Stop(Place));

    /// <summary>Ends the target, which is to go on somewhere.</summary>
    public void Stop(int end) => Do(env => Rtcr.Stop(Place, (TargetEnd)end));

    /// <summary>Restores an image.</summary>
    public Error Restore(byte[] image) => Restore(image, null);

    /// <summary>Restores an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="then">What RTCR does in the handler in which the restore completes, before the target runs.</param>
    public Error Restore(byte[] image, CommandedRtcr.Work? then)
    {
        Error error = Error.Deferred;
        _rtcr.Restored = Error.Deferred;
        _rtcr.WhenRestored = then;
        Do(env =>
        {
            env.Memory.Write(_rtcr.Address, image, 0, image.Length);
            error = Rtcr.Restore(Place, _rtcr.Dataspace, _rtcr.Address, 0, image.Length, 2);
            if (error != Error.Deferred)
            {
                _rtcr.WhenRestored = null;
                then?.Invoke(env);
            }
        });
        return error == Error.Deferred ? _rtcr.Restored : error;
    }

    /// <summary>Begins to restore an image within a handler of RTCR's.</summary>
    public Error RestoreHere(Env env, byte[] image)
    {
        env.Memory.Write(_rtcr.Address, image, 0, image.Length);
        return Rtcr.Restore(Place, _rtcr.Dataspace, _rtcr.Address, 0, image.Length, 2);
    }

    /// <summary>Completes an image that was changed, with the board's own key.</summary>
    public byte[] Seal(byte[] image)
    {
        ImageSeal.Close(Board.Crypto, image);
        return image;
    }

    /// <summary>What RTCR has used of its budgets: bytes, and capabilities.</summary>
    public Quota Quota()
    {
        var quota = default(Quota);
        Do(env => new PdSession(env, Selectors.Pd).ReadQuota(ref quota));
        return quota;
    }

    /// <summary>A target's capability space, each badge replaced by a star.</summary>
    public string Capabilities(string target) => CapabilityTable.WithoutBadges(Kernel.DumpCapabilities(_above + target));

    /// <summary>What stands on the console about a target, in order, from a line on.</summary>
    public string Console(string target, int from) => Said(Board.Lines, "[" + _above + target, from);

    /// <summary>What the target's Report sessions were told, from a report on.</summary>
    public string Reports(string target, int from) => Said(Board.Submitted, _above + target, from);

    private static string Said(ArrayList lines, string who, int from)
    {
        var text = new StringBuilder();
        for (int i = from; i < lines.Count; i++)
        {
            string line = (string)lines[i]!;
            int at = line.IndexOf(who);
            if (at >= 0)
            {
                text.Append(line.Substring(at + who.Length));
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
