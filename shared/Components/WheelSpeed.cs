// wheel_speed: counts the pulses of a wheel's sensor and tells the wheel's speed. It lives on an interrupt: a pulse that
// is lost or counted twice when it moves to another board stays in its count for good, so whoever knows the pulses sees it.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// A wheel-speed sensor's driver. Configuration: <c>&lt;config interrupt="wheel" period_ms="100" pulse_mm="20"/&gt;</c>, all optional.
/// Reports once a period, with a pulse, <c>verified count=N mm_s=N</c>, or <c>broken count=N</c> when its books do not add up.
/// </summary>
public sealed class WheelSpeed : Program
{
    private const int Pulse = 1;
    private const int Tick = 2;
    private const int DefaultPeriodMilliseconds = 100;
    private const int LongestPeriodMilliseconds = 60_000;
    private const int DefaultMillimetres = 20;
    private const int MostMillimetres = 10_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(WheelRecord.Size);
        var wheel = new WheelRecord(env.Memory, env.Root);
        wheel.Check = ~0;
        string interrupt = ReadConfig(env, wheel);
        wheel.Report = env.Connect("Report");
        wheel.Timer = env.Connect("Timer");
        wheel.Irq = IrqSession.Open(env, interrupt);
        if (wheel.Timer == Selectors.Invalid || wheel.Irq == Selectors.Invalid)
        {
            env.Log("Error: no session of Timer, or of interrupt \"" + interrupt + "\": " + Errors.Name(env.LastError));
            env.Exit(1);
            return;
        }

        new IrqSession(env, wheel.Irq).Sigh(env.Signal(Pulse));
        var timer = new TimerSession(env, wheel.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(wheel.PeriodMilliseconds * 1000L);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var wheel = new WheelRecord(env.Memory, env.Root);
        if (label == Tick)
        {
            EndPeriod(wheel, count);
        }
        else
        {
            Add(env, wheel, count);
        }
    }

    /// <summary>Some pulses have come since the last were acknowledged.</summary>
    private static void Add(Env env, WheelRecord wheel, int count)
    {
        bool intact = wheel.Check == ~wheel.Count && wheel.Count >= wheel.CountAtTick;
        wheel.Count += count;
        wheel.Check = ~wheel.Count;
        if (!intact)
        {
            env.Log("Error: lost count at " + wheel.Count);
        }

        if (wheel.IsReportDue != 0 || !intact)
        {
            wheel.IsReportDue = 0;
            Tell(env, wheel, intact);
        }

        new IrqSession(env, wheel.Irq).Acknowledge();
    }

    private static void Tell(Env env, WheelRecord wheel, bool intact)
    {
        if (wheel.Report != Selectors.Invalid)
        {
            string text = (intact ? "verified count=" : "broken count=") + wheel.Count + " mm_s=" + wheel.Speed;
            new ReportSession(env, wheel.Report).Submit(text);
        }
    }

    /// <summary>A period has ended, or several, when the component was held.</summary>
    private static void EndPeriod(WheelRecord wheel, int periods)
    {
        long millimetres = (long)(wheel.Count - wheel.CountAtTick) * wheel.Millimetres;
        wheel.Speed = (int)(millimetres * 1000 / ((long)wheel.PeriodMilliseconds * periods));
        wheel.CountAtTick = wheel.Count;
        wheel.IsReportDue = 1;
    }

    /// <summary>Reads the configuration.</summary>
    /// <returns>The interrupt's name.</returns>
    private static string ReadConfig(Env env, WheelRecord wheel)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "interrupt period_ms pulse_mm", "");
        wheel.PeriodMilliseconds = reader.Number(config, "period_ms", 1, LongestPeriodMilliseconds, DefaultPeriodMilliseconds);
        wheel.Millimetres = reader.Number(config, "pulse_mm", 1, MostMillimetres, DefaultMillimetres);
        return config.Attribute("interrupt", "wheel");
    }
}
