// sheep_counter: counts a sheep, logs it, sleeps, and counts on. The smallest component that notices when it is restored
// wrongly: a sheep lost or counted twice breaks its own books.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// Counts sheep. Configuration: <c>&lt;config period_ms="1000"/&gt;</c>, all optional. Reports <c>verified count=N</c> with each sheep, or
/// <c>broken count=N</c> when its books do not add up.
/// </summary>
public sealed class SheepCounter : Program
{
    private const int Tick = 1;
    private const int DefaultPeriodMilliseconds = 1000;
    private const int LongestPeriodMilliseconds = 3_600_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        int at = env.Allocate(SheepRecord.Size);
        env.Root = at;
        var sheep = new SheepRecord(env.Memory, at);
        sheep.Check = ~0;
        sheep.PeriodMicroseconds = ReadPeriod(env) * 1000L;
        sheep.Report = env.Connect("Report");
        sheep.Timer = env.Connect("Timer");
        if (sheep.Timer == Selectors.Invalid)
        {
            env.Log("Error: no Timer session: " + Errors.Name(env.LastError));
            env.Exit(1);
            return;
        }

        var timer = new TimerSession(env, sheep.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerOnce(sheep.PeriodMicroseconds);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var sheep = new SheepRecord(env.Memory, env.Root);
        bool intact = sheep.Check == ~sheep.Count
            && sheep.Sum == (long)sheep.Count * (sheep.Count + 1) / 2;
        sheep.Count++;
        sheep.Check = ~sheep.Count;
        sheep.Sum += sheep.Count;
        env.Log(intact ? sheep.Count + " sheep" : "Error: lost count at " + sheep.Count);
        if (sheep.Report != Selectors.Invalid)
        {
            new ReportSession(env, sheep.Report).Submit((intact ? "verified count=" : "broken count=") + sheep.Count);
        }

        new TimerSession(env, sheep.Timer).TriggerOnce(sheep.PeriodMicroseconds);
    }

    private static int ReadPeriod(Env env)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "period_ms", "");
        return reader.Number(config, "period_ms", 1, LongestPeriodMilliseconds, DefaultPeriodMilliseconds);
    }
}
