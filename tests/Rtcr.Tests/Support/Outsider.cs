// A client outside RTCR that does what a test tells it, whenever its interrupt line is raised, and notes all answers.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A commanded client of the service <c>Keep</c>.</summary>
public sealed class Outsider : PinnedProgram
{
    private const int Doorbell = 1;
    private const int Signalled = 2;
    private const int Capabilities = 8;

    private readonly int _line;
    private readonly int[] _got = new int[1000];
    private IrqSession _irq;

    public Outsider(int line)
    {
        _line = line;
    }

    public CommandedRtcr.Work? Next { get; set; }

    /// <summary>All answers: label, error, first word; each ends with a semicolon.</summary>
    public string Answers { get; private set; } = "";

    /// <summary>How often the client's signal context was triggered.</summary>
    public int Signals { get; private set; }

    /// <summary>A signal context, and a gate, of the client's own.</summary>
    public int Signal { get; private set; }

    public int Gate { get; private set; }

    /// <summary>The capability that the answer with a label brought.</summary>
    public int Got(int label) => _got[label];

    public override void Construct(Env env)
    {
        _irq = new IrqSession(env, env.Connect("IRQ", "", 0, 0, _line));
        _irq.Sigh(env.Signal(Doorbell));
        Signal = env.Signal(Signalled);
        Gate = env.Gate(1);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == Signalled)
        {
            Signals += count;
            return;
        }

        _irq.Acknowledge();
        CommandedRtcr.Work? work = Next;
        Next = null;
        work?.Invoke(env);
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        Answers += "visited with " + request.Word(0) + ";";
        return Error.None;
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        Answers += label + " " + Errors.Name(error) + " " + answer.Word(0) + ";";
        _got[label] = answer.Capability(0);
        for (int i = 1; i < answer.CapabilityCount; i++)
        {
            env.Release(answer.Capability(i));
        }
    }

    /// <summary>Takes what was noted so far away.</summary>
    public string TakeAnswers()
    {
        string answers = Answers;
        Answers = "";
        return answers;
    }
}
