// odometer: reads a counter peripheral's registers from time to time. What happens while nobody runs it, the counter knows;
// what stands in registers is the device's, and another board's device has other contents.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// Reads a pulse counter. Configuration: <c>&lt;config window="counter" period_ms="100"/&gt;</c>, all optional. Reports once a period
/// <c>verified count=N counters=N</c>: the pulses that it knows of, and on how many counters it has read them; or
/// <c>broken count=N</c> when the counter it knows went back.
/// </summary>
public sealed class Odometer : Program
{
    private const int Tick = 1;
    private const int CountAt = 0;
    private const int MarkAt = 8;
    private const int Mark = 0x0d0e7e12;
    private const int DefaultPeriodMilliseconds = 100;
    private const int LongestPeriodMilliseconds = 60_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        string window = ReadConfig(env, out int period);
        int session = IoMemSession.Open(env, window);
        Error error = env.LastError;
        int registers = session == Selectors.Invalid ? 0 : new IoMemSession(env, session).Dataspace(out int _, out error);
        int address = registers == Selectors.Invalid ? 0 : env.Attach(registers);
        if (address == 0)
        {
            env.Log("Error: no registers \"" + window + "\": " + Errors.Name(error == Error.None ? env.LastError : error));
            env.Exit(1);
            return;
        }

        env.Root = env.Allocate(OdometerRecord.Size);
        var odometer = new OdometerRecord(env.Memory, env.Root);
        odometer.Registers = address;
        odometer.Report = env.Connect("Report");
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(period * 1000L);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var odometer = new OdometerRecord(env.Memory, env.Root);
        bool isKnown = env.Memory.ReadInt32(odometer.Registers + MarkAt) == Mark;
        int counted = env.Memory.ReadInt32(odometer.Registers + CountAt);
        bool wentBack = counted < odometer.Last;
        if (!isKnown)
        {
            // Another board's counter, or a fresh one: it has counted the same wheel, but perhaps not for as long.
            env.Memory.WriteInt32(odometer.Registers + MarkAt, Mark);
            odometer.Counters++;
        }

        odometer.Total += wentBack ? 0 : counted - odometer.Last;
        odometer.Last = counted;
        if (isKnown && wentBack)
        {
            env.Log("Error: the counter went back to " + counted);
        }

        if (odometer.Report != Selectors.Invalid)
        {
            string text = (isKnown && wentBack ? "broken count=" : "verified count=") + odometer.Total + " counters=" + odometer.Counters;
            new ReportSession(env, odometer.Report).Submit(text);
        }
    }

    /// <summary>Reads the configuration.</summary>
    /// <returns>The registers' name.</returns>
    private static string ReadConfig(Env env, out int period)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "window period_ms", "");
        period = reader.Number(config, "period_ms", 1, LongestPeriodMilliseconds, DefaultPeriodMilliseconds);
        return config.Attribute("window", "counter");
    }
}
