// A target that brings itself into one state and, every 100 ms, checks whether it is still in it.
// Invariant: like every program it has no fields; what it knows stands in its memory.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>
/// Says <c>N verified</c> or <c>broken: …</c> at each check. At the beginning of each handler for a signal its budgets must
/// be what they were at the end of the last handler: nobody changes them behind its back.
/// </summary>
public abstract class Probe : Program
{
    /// <summary>Time between two checks, in microseconds.</summary>
    public const long Period = 100_000;

    /// <summary>The label of the checks' signal context.</summary>
    protected const int Tick = 900;

    private const int Unknown = -1;

    /// <summary>Whether nobody else may change the probe's budgets.</summary>
    protected virtual bool OwnsBudgets => true;

    public override void Construct(Env env)
    {
        env.Root = env.Allocate(Notes.Size);
        var notes = new Notes(env.Memory, env.Root);
        notes.Report = env.Connect("Report");
        notes.Timer = env.Connect("Timer");
        var timer = new TimerSession(env, notes.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerOnce(Period);
        Enter(env, notes);
        Remember(env, ref notes);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        var notes = new Notes(env.Memory, env.Root);
        if (OwnsBudgets)
        {
            Compare(env, notes);
        }

        if (label == Tick)
        {
            notes.Checks++;
            string wrong = count == 1 ? Check(env, notes, notes.Checks) : count + " ticks at once";
            string text = wrong.Length == 0 ? notes.Checks + " verified" : "broken: " + wrong;
            env.Log(text);
            if (notes.Report != Selectors.Invalid)
            {
                new ReportSession(env, notes.Report).Submit(text);
            }

            new TimerSession(env, notes.Timer).TriggerOnce(Period);
        }
        else
        {
            Signalled(env, notes, label, count);
        }

        Remember(env, ref notes);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        var notes = new Notes(env.Memory, env.Root);
        Answered(env, notes, label, error, answer);
        Remember(env, ref notes);
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        var notes = new Notes(env.Memory, env.Root);
        Error error = Requested(env, notes, label, request);
        Remember(env, ref notes);

        // What came with the request and is not kept goes after this.
        notes.CapsUsed = Unknown;
        return error;
    }

    /// <summary>Brings itself into its state.</summary>
    protected abstract void Enter(Env env, Notes notes);

    /// <summary>What is wrong; empty when the state is as it should be.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="notes">What the probe remembers.</param>
    /// <param name="number">The check's number: it takes place this many periods after <see cref="Enter"/>.</param>
    protected abstract string Check(Env env, Notes notes, int number);

    protected virtual void Signalled(Env env, Notes notes, int label, int count)
        => env.Log("broken: signal " + label + " was triggered " + count + " times");

    protected virtual void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
        => env.Log("broken: answer " + label + " " + Errors.Name(outcome));

    protected virtual Error Requested(Env env, Notes notes, int label, Message request) => Error.UnknownOpcode;

    /// <summary>Says what went wrong with an operation that must not fail.</summary>
    protected static void Must(Env env, Error error, string what)
    {
        if (error != Error.None)
        {
            env.Log("broken: " + what + ": " + Errors.Name(error));
        }
    }

    private static void Compare(Env env, Notes notes)
    {
        var quota = default(Quota);
        new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
        Compare(env, "RAM", notes.Ram, quota.RamQuota);
        Compare(env, "RAM used", notes.RamUsed, quota.RamUsed);
        Compare(env, "capabilities", notes.Caps, quota.CapQuota);
        Compare(env, "capabilities used", notes.CapsUsed, quota.CapUsed);
    }

    private static void Compare(Env env, string what, int expected, long actual)
    {
        if (expected != actual && expected != Unknown)
        {
            env.Log("broken: " + what + " was " + expected + ", is " + actual);
        }
    }

    private static void Remember(Env env, ref Notes notes)
    {
        var quota = default(Quota);
        new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
        notes.Ram = (int)quota.RamQuota;
        notes.RamUsed = (int)quota.RamUsed;
        notes.Caps = quota.CapQuota;
        notes.CapsUsed = quota.CapUsed;
    }
}
