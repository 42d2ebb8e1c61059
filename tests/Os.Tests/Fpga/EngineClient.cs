// A client of the co-processor's driver: a test enters it, and finds the last answer here.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>Has a Copy_engine session and a buffer.</summary>
internal sealed class EngineClient : OrderedProgram
{
    internal const int BufferSize = 32 * 1024;

    private const int OpenLabel = 1;
    private const int AnswerLabel = 2;
    private const int NewsLabel = 7;

    /// <summary>Bytes that it asks for; 0 for what the policy allows.</summary>
    internal int Wanted { get; set; }

    internal int Session { get; private set; }

    /// <summary>The address of its buffer.</summary>
    internal int Buffer { get; private set; }

    internal int BufferDataspace { get; private set; }

    internal int Signal { get; private set; }

    /// <summary>How often it was signalled.</summary>
    internal int News { get; private set; }

    /// <summary>How many answers came.</summary>
    internal int Answers { get; private set; }

    internal Error Outcome { get; private set; }

    /// <summary>The last answer's words.</summary>
    internal int[] Words { get; } = new int[6];

    internal int Capability { get; private set; }

    /// <summary>Every job that was collected, as number, colon, error's name.</summary>
    internal string Collected { get; set; } = "";

    /// <summary>How many jobs were taken: their answer is one word.</summary>
    internal int Submitted { get; private set; }

    /// <summary>How many requests were answered with an error.</summary>
    internal int Refused { get; private set; }

    /// <summary>The values of the jobs that were collected, as number, colon, value.</summary>
    internal string Values { get; set; } = "";

    /// <summary>The last collected job's value.</summary>
    internal int Value { get; private set; }

    /// <summary>Whether each signal has it collect all that there is.</summary>
    internal bool Collects { get; set; }

    public override void Construct(Env env)
    {
        base.Construct(env);
        BufferDataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(BufferSize, out Error _);
        Buffer = env.Attach(BufferDataspace);
        Signal = env.Signal(NewsLabel);
        Open(env);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        base.OnSignal(env, label, count);
        News += label == NewsLabel ? count : 0;
        if (Collects && label == NewsLabel)
        {
            env.Send(Session, new CopyEngineSession(env, Session).Collect(), AnswerLabel + CopyEngineOperation.Collect);
        }
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        Answers++;
        Outcome = error;
        Submitted += label == AnswerLabel && error == Error.None && answer.WordCount == 1 ? 1 : 0;
        Refused += error == Error.None ? 0 : 1;
        Capability = answer.Capability(0);
        for (int i = 0; i < Words.Length; i++)
        {
            Words[i] = answer.Word(i);
        }

        if (label == OpenLabel)
        {
            Session = answer.Capability(0);
        }
        else if (label == AnswerLabel + CopyEngineOperation.Collect && CopyEngineSession.Job(answer) != 0)
        {
            Collected += CopyEngineSession.Job(answer).ToString() + ":" + Errors.Name(CopyEngineSession.JobError(answer)) + " ";
            Value = CopyEngineSession.JobValue(answer);
            Values += CopyEngineSession.Job(answer).ToString() + ":" + Value.ToString() + " ";
            env.Send(Session, new CopyEngineSession(env, Session).Collect(), label);
        }
    }

    internal void Open(Env env) => env.OpenWith(CopyEngineSession.Service, "", 0, 0, Wanted, OpenLabel);

    /// <summary>Sends a request.</summary>
    internal void Ask(Env env, Message message)
    {
        Error error = env.Send(Session, message, AnswerLabel);
        Outcome = error;
    }

    /// <summary>Collects all that has ended.</summary>
    internal void Collect(Env env)
        => Tern.Tests.Expect.Ok(env.Send(Session, new CopyEngineSession(env, Session).Collect(), AnswerLabel + CopyEngineOperation.Collect));
}
