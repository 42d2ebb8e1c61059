// A component for benchmarks: a program whose handlers a benchmark gives it, entered by an interrupt line of its own.
using Tern.Kernel;

namespace Tern.Benchmarks;

/// <summary>A program made of delegates.</summary>
internal class Hand : PinnedProgram
{
    private const int DoorLabel = 90_001;

    private int _irq;

    /// <summary>Done once, when the component starts.</summary>
    internal Action<Env>? Started { get; set; }

    /// <summary>Done at a signal with the benchmark's own labels.</summary>
    internal Action<Env, int, int>? Signalled { get; set; }

    /// <summary>Done at a request; nothing at all when not set.</summary>
    internal Func<Env, int, Message, Error>? Requested { get; set; }

    /// <summary>Done at an answer.</summary>
    internal Action<Env, int, Error, Message>? Replied { get; set; }

    /// <summary>The line that enters it; −1 for none.</summary>
    internal int Line { get; set; } = -1;

    /// <summary>What to do when entered.</summary>
    internal Action<Env>? Next { get; set; }

    /// <summary>What went wrong in a handler.</summary>
    internal Exception? Failure { get; set; }

    public override void Construct(Env env)
    {
        if (Line >= 0)
        {
            _irq = env.Connect("IRQ", "", 0, 0, Line);
            new IrqSession(env, _irq).Sigh(env.Signal(DoorLabel));
        }

        Guard(Started, env);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label != DoorLabel)
        {
            Signalled?.Invoke(env, label, count);
            return;
        }

        new IrqSession(env, _irq).Acknowledge();
        Action<Env>? next = Next;
        Next = null;
        Guard(next, env);
    }

    public override Error OnRequest(Env env, int label, Message request) => Requested is null ? Error.None : Requested(env, label, request);

    public override void OnReply(Env env, int label, Error error, Message answer) => Replied?.Invoke(env, label, error, answer);

    /// <summary>A failed expectation is the benchmark's to see, and not a fault of the component.</summary>
    protected void Guard(Action<Env>? action, Env env)
    {
        try
        {
            action?.Invoke(env);
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }
}
