// A target that makes children and is their parent as init is its own: it makes, furnishes and starts them, passes their
// session requests on, and remembers what it knows of each in its memory.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Tests;

/// <summary>What a nest remembers of one child.</summary>
public readonly struct Nestling(Notes notes, int place)
{
    /// <summary>The first of the notes' words that are taken, and how many a child takes.</summary>
    private const int First = 16;
    private const int Size = 12;

    public int Pd { get => Read(0); set => Write(0, value); }

    public int Native { get => Read(1); set => Write(1, value); }

    public int Cpu { get => Read(2); set => Write(2, value); }

    public int Log { get => Read(3); set => Write(3, value); }

    public int Thread { get => Read(4); set => Write(4, value); }

    public int AddressSpace { get => Read(5); set => Write(5, value); }

    public int Parent { get => Read(6); set => Write(6, value); }

    public int Memory { get => Read(7); set => Write(7, value); }

    /// <summary>The token of a request of the child that waits; 0 for none.</summary>
    public int Token { get => Read(8); set => Write(8, value); }

    /// <summary>What the child gave: its gate, its signal context.</summary>
    public int Gate { get => Read(9); set => Write(9, value); }

    public int Signal { get => Read(10); set => Write(10, value); }

    public int Faults { get => Read(11); set => Write(11, value); }

    private int Read(int index) => notes.Read(First + (Size * place) + index);

    private void Write(int index, int value) => notes.Write(First + (Size * place) + index, value);
}

/// <summary>A probe with children.</summary>
public abstract class Nest : Probe
{
    // The same on every board, so that budgets are.
    private const int InitialMemory = 4096;

    /// <summary>A child gives its parent a gate and a signal context.</summary>
    public const int Give = 0x100;

    /// <summary>A child asks its parent for twice a number; the parent may take its time.</summary>
    public const int Twice = 0x101;

    /// <summary>The labels of the children's parent gates, and of the signal contexts that tell of their faults.</summary>
    protected const int ParentLabel = 700;
    protected const int FaultLabel = 710;

    /// <summary>The label of the answers to session requests that were passed on.</summary>
    protected const int PassedOn = 720;

    private const int FirstPassed = 44;
    private const int Passed = 2;

    /// <summary>Makes and starts a child.</summary>
    protected static void Hatch(Env env, Notes notes, int place, string name, string binary, int ram, int caps)
        => Hatch(env, notes, place, name, binary, ram, caps, Priorities.Default);

    protected static void Hatch(Env env, Notes notes, int place, string name, string binary, int ram, int caps, int priority)
    {
        Error error = Child.Create(env, name, binary, ram, caps, priority, ParentLabel + place, out Child? child);
        Must(env, error, "create");
        if (error != Error.None)
        {
            return;
        }

        Must(env, child!.AddInitialMemory(InitialMemory, out int memory), "memory");
        Must(env, child.Furnish(child.Pd, child.Cpu, child.Log), "furnish");
        var nestling = new Nestling(notes, place);
        nestling.Pd = child.Pd;
        nestling.Native = child.Native;
        nestling.Cpu = child.Cpu;
        nestling.Log = child.Log;
        nestling.Thread = child.Thread;
        nestling.AddressSpace = child.AddressSpace;
        nestling.Parent = child.ParentGate;
        nestling.Memory = memory;
        nestling.Faults = env.Signal(FaultLabel + place);
        Must(env, new NativePd(env, child.Native).SetFaultSignal(nestling.Faults), "fault signal");
        Must(env, child.Start(true), "start");
    }

    /// <summary>Ends a child and gives up all that it knew of it.</summary>
    protected static void Destroy(Env env, Notes notes, int place)
    {
        var nestling = new Nestling(notes, place);
        Must(env, env.Close(nestling.Pd), "close PD");
        Must(env, env.Close(nestling.Cpu), "close CPU");
        Must(env, env.Close(nestling.Log), "close LOG");
        var pd = new PdSession(env, Selectors.Pd);
        Must(env, pd.FreeGate(nestling.Parent), "free gate");
        Must(env, pd.FreeSignal(nestling.Faults), "free signal");
        env.Release(nestling.Native);
        env.Release(nestling.Thread);
        env.Release(nestling.AddressSpace);
        env.Release(nestling.Memory);
        env.Release(nestling.Gate);
        env.Release(nestling.Signal);
        nestling.Pd = nestling.Gate = nestling.Signal = nestling.Token = 0;
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        if (label < ParentLabel || label >= FaultLabel)
        {
            return Error.UnknownOpcode;
        }

        var nestling = new Nestling(notes, label - ParentLabel);
        switch (request.Opcode)
        {
            case ParentOperation.Session:
                return Open(env, notes, ref nestling, label - ParentLabel, request);
            case ParentOperation.Close:
                return env.Call(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(request.Capability(0)));
            case Give:
                nestling.Gate = env.Keep(request.Capability(0));
                nestling.Signal = env.Keep(request.Capability(1));
                return Error.None;
            case Twice:
                return Doubled(env, ref nestling, request);
            default:
                return Error.UnknownOpcode;
        }
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        if (label < PassedOn)
        {
            base.Answered(env, notes, label, outcome, answer);
            return;
        }

        int session = answer.Capability(0);
        var nestling = new Nestling(notes, label - PassedOn);
        env.Reply(nestling.Token, outcome, env.Compose(0).AddCapability(session));
        nestling.Token = 0;
        env.Release(session);
    }

    /// <summary>What becomes of a child's request.</summary>
    protected virtual Error Doubled(Env env, ref Nestling nestling, Message request)
    {
        request.Add(2 * request.Word(0));
        return Error.None;
    }

    private static Error Open(Env env, Notes notes, ref Nestling nestling, int place, Message request)
    {
        Message message = Upward(env, place, request);
        Error error = env.Call(Selectors.Parent, message);
        if (error == Error.MustSend && (nestling.Token = env.Defer()) != 0)
        {
            error = env.Send(Selectors.Parent, Upward(env, place, request), PassedOn + place);
            return error == Error.None ? Error.Deferred : error;
        }

        for (int i = 0; i < Passed; i++)
        {
            int capability = error == Error.None ? message.Capability(i) : Selectors.Invalid;
            if (capability != Selectors.Invalid)
            {
                request.AddCapability(capability);
            }

            // What the last request was given has arrived by now.
            env.Release(notes.Read(FirstPassed + i));
            notes.Write(FirstPassed + i, capability);
        }

        return error;
    }

    /// <summary>A child's session request as it goes on: with the child's name before the label, and paid by whom the child names.</summary>
    private static Message Upward(Env env, int place, Message request)
    {
        string text = request.Text;
        int length = request.Word(0);
        string name = "kid " + place;
        string label = text.Length > length ? name + " -> " + text.Substring(length) : name;
        Message message = env.Compose(ParentOperation.Session).Add(length);
        for (int i = 1; i < 4; i++)
        {
            message.Add(request.Word(i));
        }

        return message.AddText(text.Substring(0, length) + label).AddCapability(request.Capability(0));
    }
}
