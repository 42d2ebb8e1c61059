// An RTCR that does what a test tells it, whenever its interrupt line is raised.
using System;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>RTCR's machinery under a test's command: in the place of init, or as a child of init.</summary>
public sealed class CommandedRtcr : PinnedProgram
{
    public const int Line = 3;
    public const int Capacity = 1024 * 1024;

    private const int Doorbell = 1;
    private const int Watch = 2;

    private IrqSession _irq;

    /// <summary>Something to be done in a handler.</summary>
    public delegate void Work(Env env);

    public Work? Next { get; set; }

    /// <summary>Done once, in the handler in which a restore that had to wait completes.</summary>
    public Work? WhenRestored { get; set; }

    /// <summary>The sizes of its tables; to be set before it boots.</summary>
    public RtcrLimits Limits { get; } = new RtcrLimits();

    public Supervisor? Supervisor { get; private set; }

    /// <summary>Whether its targets' memory is to be beside a co-processor; to be set before it boots.</summary>
    public bool UsesBank { get; set; }

    /// <summary>The memory beside a co-processor, if there is one.</summary>
    public TestBank? Bank { get; private set; }

    /// <summary>Whether everything was there that RTCR needs.</summary>
    public bool IsReady { get; private set; }

    /// <summary>A dataspace for images, attached.</summary>
    public int Dataspace { get; private set; }

    public int Address { get; private set; }

    /// <summary>The outcome of the last restore that an answer completed.</summary>
    public Error Restored { get; set; } = Error.Deferred;

    /// <summary>What a command threw.</summary>
    public Exception? Failure { get; set; }

    public override void Construct(Env env)
    {
        _irq = new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line));
        _irq.Sigh(env.Signal(Doorbell));
        Dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Capacity, out Error _);
        Address = env.Attach(Dataspace);
        var timer = new TimerSession(env, env.Connect("Timer"));
        var crypto = new CryptoSession(env, env.Connect("Crypto"));
        int watch = env.Signal(Watch);
        Supervisor = new Supervisor(env, timer, crypto, Limits, 100, watch);
        Bank = UsesBank ? new TestBank(env, Supervisor) : null;
        IsReady = Address > 0 && timer.Selector > 0 && crypto.Selector > 0 && watch > 0 && _irq.Info(out bool _) == Line;
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == Watch)
        {
            return;
        }

        _irq.Acknowledge();
        Work? work = Next;
        Next = null;
        Run(env, work);
    }

    public override Error OnRequest(Env env, int label, Message request) => Supervisor!.OnRequest(label, request);

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        Supervisor!.OnReply(label, error, answer, out Error restored);
        if (restored != Error.Deferred)
        {
            Restored = restored;
            Work? work = WhenRestored;
            WhenRestored = null;
            Run(env, work);
        }
    }

    private void Run(Env env, Work? work)
    {
        try
        {
            work?.Invoke(env);
        }
        catch (Exception failure)
        {
            // A failed claim is the test's to see, and not a fault of this component.
            Failure ??= failure;
        }
    }
}
