// One board whose init is an RTCR that tests can command: start targets, checkpoint, end, restore, here or elsewhere.
using Tern.Components;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>A board, its kernel and an RTCR in init's place.</summary>
public sealed class RtcrBench
{
    private readonly CommandedRtcr _rtcr = new CommandedRtcr();

    public RtcrBench()
        : this(new TestBoard())
    {
    }

    public RtcrBench(TestBoard board)
    {
        Board = board;
        Board.With("init", _rtcr)
            .With("sheep_counter", new SheepCounter())
            .With("pattern_memory", new PatternMemory())
            .With("sheep_client", new SheepClient())
            .With("sheep_server", new SheepServer());
        Kernel = new Microkernel(Board);
    }

    public TestBoard Board { get; }

    public Microkernel Kernel { get; }

    public Supervisor Rtcr => _rtcr.Supervisor!;

    public RtcrBench Boot()
    {
        Assert.AreEqual((int)Error.None, (int)Kernel.Boot());
        Drive.Settle(Kernel);
        return this;
    }

    /// <summary>Lets RTCR do something in a handler of its own.</summary>
    public void Do(CommandedRtcr.Work work)
    {
        _rtcr.Next = work;
        Board.Raise(CommandedRtcr.Line);
        Drive.Settle(Kernel);
        Assert.IsNull(_rtcr.Next, "RTCR did not run the command");
    }

    public void Start(string name, string binary, int ram, string config)
    {
        Error error = Error.Deferred;
        byte[] text = System.Text.Encoding.UTF8.GetBytes(config);
        Do(env => error = Rtcr.Start(Rtcr.FindFree(), name, binary, ram, 100, Priorities.Default, text));
        Assert.AreEqual((int)Error.None, (int)error);
    }

    public void Start(string name, string binary) => Start(name, binary, 256 * 1024, "<config/>");

    public void Run(long milliseconds) => Drive.Run(Kernel, Board, milliseconds * 1_000_000);

    /// <summary>Takes a checkpoint of the target in place 0.</summary>
    public byte[] Checkpoint()
    {
        byte[]? image = null;
        Error error = Error.Deferred;
        Do(env =>
        {
            error = Rtcr.Checkpoint(0, _rtcr.Dataspace, _rtcr.Address, 0, CommandedRtcr.Capacity, 42, out int size);
            image = new byte[size];
            env.Memory.Read(_rtcr.Address, image, 0, size);
        });
        Assert.AreEqual((int)Error.None, (int)error);
        return image!;
    }

    public void Stop() => Do(env => Rtcr.Stop(0));

    /// <summary>Restores an image into place 0.</summary>
    public Error Restore(byte[] image)
    {
        Error error = Error.Deferred;
        Do(env =>
        {
            env.Memory.Write(_rtcr.Address, image, 0, image.Length);
            error = Rtcr.Restore(0, _rtcr.Dataspace, _rtcr.Address, 0, image.Length, 2);
        });
        return error == Error.Deferred ? _rtcr.Restored : error;
    }

    /// <summary>What RTCR has used of its budgets: bytes, and capabilities.</summary>
    public Quota Quota()
    {
        var quota = default(Quota);
        Do(env => new PdSession(env, Selectors.Pd).ReadQuota(ref quota));
        return quota;
    }
}
