// RTCR's machinery in init's place, as a benchmark commands it.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Benchmarks;

/// <summary>A supervisor with one target and room for its image.</summary>
/// <param name="room">Bytes for the image.</param>
/// <param name="limits">RTCR's tables.</param>
internal sealed class Keeper(int room, RtcrLimits limits) : Hand
{
    private const int Watch = 2;
    private const int FirstReply = 100;
    private const long Mac = 42;

    private int _dataspace;
    private int _address;

    /// <summary>RTCR.</summary>
    internal Supervisor Supervisor { get; private set; } = null!;

    /// <summary>The size of the image that was taken last.</summary>
    internal int ImageSize { get; private set; }

    public override void Construct(Env env)
    {
        Line = 0;
        base.Construct(env);
        Guard(Build, env);
    }

    public override Error OnRequest(Env env, int label, Message request) => Supervisor.OnRequest(label, request);

    public override void OnReply(Env env, int label, Error error, Message answer) => Supervisor.OnReply(label, error, answer, out Error _);

    /// <summary>Starts the target.</summary>
    internal void Start(string program, int ram, int caps)
        => Expect.Ok(Supervisor.Start(0, program, program, ram, caps, Priorities.Default, []));

    /// <summary>Takes a checkpoint.</summary>
    internal void Checkpoint()
    {
        Expect.Ok(Supervisor.Checkpoint(0, _dataspace, _address, 0, room, Mac, out int size));
        ImageSize = size;
    }

    /// <summary>Makes the target anew from the image. It must have been stopped.</summary>
    internal void Restore() => Expect.Ok(Supervisor.Restore(0, _dataspace, _address, 0, ImageSize, 2));

    private void Build(Env env)
    {
        _dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(room, out Error error);
        Expect.Ok(error);
        _address = env.Attach(_dataspace);
        Expect.Ok(env.LastError);
        var timer = new TimerSession(env, env.Connect("Timer"));
        var crypto = new CryptoSession(env, env.Connect("Crypto"));
        Supervisor = new Supervisor(env, timer, crypto, limits, FirstReply, env.Signal(Watch));
    }
}
