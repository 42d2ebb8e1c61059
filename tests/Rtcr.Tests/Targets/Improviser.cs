// A target that does what its configuration says, byte by byte: whatever a component can do, in any order. The script is its
// configuration, so one program without fields can be any program.
// Invariant: what it does depends on its memory and its script only. Everything it learns goes into a running digest in its
// memory, so a difference anywhere shows in all that it says later.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>
/// Takes one step of three bytes (what, which, how much) at each tick of a timer and at each signal and answer.
/// The script's end is its beginning.
/// </summary>
public sealed class Improviser : Program
{
    /// <summary>Bytes of one step.</summary>
    public const int StepSize = 3;

    /// <summary>How many kinds of steps there are.</summary>
    public const int Kinds = 20;

    /// <summary>The period of its ticks in microseconds.</summary>
    public const long Period = 10_000;

    internal const int Slots = 6;
    private const int Tick = 900;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(ImproviserState.Size);
        var state = new ImproviserState(env.Memory, env.Root);
        int rom = env.Connect("ROM", "config", 0, 0, 0);
        int script = new RomSession(env, rom).Dataspace(out int length, out Error _);
        state.Script = env.AttachAt(Selectors.AddressSpace, script, 0, 0, -1, Rights.Read);
        state.Length = length;
        state.Rm = env.Connect("RM");
        state.Report = env.Connect("Report");
        state.Gate = env.Gate(1);
        state.Timer = env.Connect("Timer");
        var timer = new TimerSession(env, state.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(Period);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var state = new ImproviserState(env.Memory, env.Root);
        state.Note(label);
        state.Note(count);
        Step(env, state);
        if (label == Tick && state.Steps % 4 == 0)
        {
            env.Log(state.Steps + " steps, digest " + state.Digest);
        }
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        var state = new ImproviserState(env.Memory, env.Root);
        state.Note(label + request.Opcode);
        state.Note(request.WordCount > 0 ? request.Word(0) : -1);
        state.Note(request.Length);
        state.Note((int)env.TypeOf(request.Capability(0)));
        if (request.CapabilityCount > 0 && state.Read(ImproviserState.Kept, request.Opcode) == 0)
        {
            state.Write(ImproviserState.Kept, request.Opcode, env.Keep(request.Capability(0)));
        }

        if ((request.Word(0) & 1) != 0 && state.Read(ImproviserState.Tokens, request.Opcode) == 0)
        {
            state.Write(ImproviserState.Tokens, request.Opcode, env.Defer());
            return Error.Deferred;
        }

        request.Add(request.Word(0) * 3).AddText("done");
        return (request.Word(0) & 8) != 0 ? Error.BadArgument : Error.None;
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        var state = new ImproviserState(env.Memory, env.Root);
        state.Note(label);
        state.Note((int)error);
        state.Note(answer.WordCount > 0 ? answer.Word(0) : -1);
        state.Note(answer.Length);
    }

    private static void Step(Env env, ImproviserState state)
    {
        int steps = state.Length / StepSize;
        if (steps == 0)
        {
            return;
        }

        int at = state.Script + (StepSize * (state.Steps % steps));
        state.Steps++;
        int kind = env.Memory.ReadByte(at) % Kinds;
        int slot = env.Memory.ReadByte(at + 1) % Slots;
        int amount = env.Memory.ReadByte(at + 2);
        state.Note(kind);
        state.Note(kind < 6
            ? ImproviserSteps.Memory(env, state, kind, slot, amount)
            : kind < 13 ? ImproviserSteps.Objects(env, state, kind, slot, amount) : ImproviserSteps.Requests(env, state, kind, slot, amount));
    }
}
