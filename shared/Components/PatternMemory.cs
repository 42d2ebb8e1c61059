// pattern_memory: fills a large dataspace with a pattern that depends on address and generation, changes a part of it at
// every tick, and checks all of it. Whatever a checkpoint loses, mixes or moves shows up here.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>The state of a pattern memory.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct PatternRecord(Memory memory, int at)
{
    internal const int Size = 24;

    /// <summary>Where the pattern begins.</summary>
    internal int Base { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>Its size in bytes.</summary>
    internal int Length { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>How many ticks there were.</summary>
    internal int Generation { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>Whether the record agrees with itself: a wrong size could make the pattern look well.</summary>
    internal bool IsSound => memory.ReadInt32(at + 20) == Sum;

    private int Sum => ~((Base * 31) ^ (Length * 0x01000193) ^ Generation);

    /// <summary>Notes that the record is as it should be.</summary>
    internal void Seal() => memory.WriteInt32(at + 20, Sum);
}

/// <summary>
/// A large memory that verifies itself. Configuration: <c>&lt;config size="64K" period_ms="100"/&gt;</c>, all optional. Reports
/// <c>verified count=N bytes=N</c> at each tick, or <c>broken at=N</c>, <c>broken at=record</c>.
/// </summary>
public sealed class PatternMemory : Program
{
    private const int Tick = 1;
    private const int Stripes = 16;
    private const int DefaultSize = 64 * 1024;
    private const int DefaultPeriodMilliseconds = 100;
    private const int LargestSize = 1 << 30;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        ReadConfig(env, out int size, out int period);
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        int address = error == Error.None ? env.Attach(dataspace) : 0;
        if (address == 0)
        {
            env.Log("Error: no memory for the pattern: " + Errors.Name(error == Error.None ? env.LastError : error));
            env.Exit(1);
            return;
        }

        int at = env.Allocate(PatternRecord.Size);
        env.Root = at;
        var pattern = new PatternRecord(env.Memory, at);
        pattern.Base = address;
        pattern.Length = size & ~(4 * Stripes - 1);
        pattern.Report = env.Connect("Report");
        pattern.Timer = env.Connect("Timer");
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            Write(env.Memory, pattern, stripe, 0);
        }

        pattern.Seal();

        var timer = new TimerSession(env, pattern.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(period * 1000L);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var pattern = new PatternRecord(env.Memory, env.Root);
        if (!pattern.IsSound)
        {
            Tell(env, pattern, "broken at=record");
            return;
        }

        int broken = FindBroken(env.Memory, pattern);
        int generation = pattern.Generation + 1;
        Write(env.Memory, pattern, generation % Stripes, generation);
        pattern.Generation = generation;
        pattern.Seal();
        Tell(env, pattern, broken < 0 ? "verified count=" + generation + " bytes=" + pattern.Length : "broken at=" + broken);
    }

    private static void Tell(Env env, PatternRecord pattern, string text)
    {
        if (text[0] == 'b')
        {
            env.Log("Error: " + text);
        }

        if (pattern.Report != Selectors.Invalid)
        {
            new ReportSession(env, pattern.Report).Submit(text);
        }
    }

    /// <summary>The first offset that does not hold what it should; −1 when all is well.</summary>
    private static int FindBroken(Memory memory, PatternRecord pattern)
    {
        int width = pattern.Length / Stripes;
        for (int stripe = 0; stripe < Stripes; stripe++)
        {
            int generation = LastWrite(pattern.Generation, stripe);
            for (int offset = stripe * width; offset < (stripe + 1) * width; offset += 4)
            {
                if (memory.ReadInt32(pattern.Base + offset) != Value(offset, generation))
                {
                    return offset;
                }
            }
        }

        return -1;
    }

    private static void Write(Memory memory, PatternRecord pattern, int stripe, int generation)
    {
        int width = pattern.Length / Stripes;
        for (int offset = stripe * width; offset < (stripe + 1) * width; offset += 4)
        {
            memory.WriteInt32(pattern.Base + offset, Value(offset, generation));
        }
    }

    /// <summary>The generation in which a stripe was written last.</summary>
    private static int LastWrite(int generation, int stripe)
    {
        int last = generation - ((generation - stripe) % Stripes);
        return last > generation || generation < stripe ? 0 : last;
    }

    private static int Value(int offset, int generation) => ((offset + 1) * 0x01000193) ^ (generation * 0x5bd1e995);

    private static void ReadConfig(Env env, out int size, out int period)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "size period_ms", "");
        size = reader.Size(config, "size", 4 * Stripes, LargestSize, DefaultSize);
        period = reader.Number(config, "period_ms", 1, int.MaxValue / 1000, DefaultPeriodMilliseconds);
    }
}
