// curve_follower: works by a table that it reads from a module of the boot image, such as an engine's characteristic curve. When
// its board has another version of the table it takes that one over, and not before it was told.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of a curve follower.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct CurveRecord(Memory memory, int at)
{
    internal const int Size = 28;

    /// <summary>The ROM session.</summary>
    internal int Rom { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>Where the table is attached; 0 while it is not.</summary>
    internal int Table { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The table's bytes.</summary>
    internal int Length { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The sum of its bytes: which table it works by.</summary>
    internal int Sum { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>How often it has worked.</summary>
    internal int Count { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    /// <summary>The table's dataspace.</summary>
    internal int Dataspace { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }
}

/// <summary>
/// Works by the module <c>curve</c> every 200 ms. Reports <c>verified count=N sum=N</c> each time, <c>updated sum=N</c> when it takes over
/// another version, and <c>broken</c> when the table became another one without a word.
/// </summary>
public sealed class CurveFollower : Program
{
    /// <summary>The module's name.</summary>
    public const string Module = "curve";

    private const int Tick = 1;
    private const int News = 2;
    private const long PeriodMicroseconds = 200_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(CurveRecord.Size);
        var curve = new CurveRecord(env.Memory, env.Root);
        curve.Report = env.Connect("Report");
        curve.Rom = env.Connect("ROM", Module, 0, 0, 0);
        new RomSession(env, curve.Rom).Sigh(env.Signal(News));
        if (!Open(env, curve))
        {
            env.Log("Error: no module " + Module + ": " + Errors.Name(env.LastError));
            return;
        }

        curve.Sum = SumOf(env.Memory, curve);
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(PeriodMicroseconds);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var curve = new CurveRecord(env.Memory, env.Root);
        if (label == News)
        {
            TakeOver(env, curve);
            return;
        }

        curve.Count += count;
        bool whole = SumOf(env.Memory, curve) == curve.Sum;
        Tell(env, curve, whole ? "verified count=" + curve.Count + " sum=" + curve.Sum : "broken count=" + curve.Count);
    }

    private static void TakeOver(Env env, CurveRecord curve)
    {
        new RomSession(env, curve.Rom).Update();
        env.Detach(curve.Table);
        env.Release(curve.Dataspace);
        if (Open(env, curve))
        {
            curve.Sum = SumOf(env.Memory, curve);
            Tell(env, curve, "updated sum=" + curve.Sum);
        }
    }

    private static bool Open(Env env, CurveRecord curve)
    {
        curve.Dataspace = new RomSession(env, curve.Rom).Dataspace(out int length, out Error error);
        curve.Length = length;
        curve.Table = error == Error.None ? env.AttachAt(Selectors.AddressSpace, curve.Dataspace, 0, 0, -1, Rights.Read) : 0;
        return curve.Table != 0;
    }

    private static int SumOf(Memory memory, CurveRecord curve)
    {
        int sum = 0;
        for (int i = 0; i < curve.Length; i++)
        {
            sum += memory.ReadByte(curve.Table + i);
        }

        return sum;
    }

    private static void Tell(Env env, CurveRecord curve, string text)
    {
        env.Log(text[0] == 'b' ? "Error: " + text : text);
        if (curve.Report != Selectors.Invalid)
        {
            new ReportSession(env, curve.Report).Submit(text);
        }
    }
}
