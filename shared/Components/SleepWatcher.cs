// sleep_watcher: has something to finish before its board may sleep, as a component that owns a device would, and notes
// when the board is awake again.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>The state of a sleep watcher.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct SleepWatcherRecord(Memory memory, int at)
{
    internal const int Size = 20;

    /// <summary>The Power session.</summary>
    internal int Power { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>How long it takes, in microseconds.</summary>
    internal int NeedsMicroseconds { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>The announcement that it prepares for; 0 for none.</summary>
    internal int Announcement { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }
}

/// <summary>
/// Gets ready for its board's sleep. Configuration: <c>&lt;config needs_ms="100"/&gt;</c>. Reports <c>preparing</c>, <c>prepared</c> when it
/// has said that it is ready, and <c>woken</c>.
/// </summary>
public sealed class SleepWatcher : Program
{
    private const int News = 1;
    private const int Done = 2;
    private const int DefaultMilliseconds = 100;
    private const int LongestMilliseconds = 1_000_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(SleepWatcherRecord.Size);
        var watcher = new SleepWatcherRecord(env.Memory, env.Root);
        watcher.Report = env.Connect("Report");
        watcher.Timer = env.Connect("Timer");
        watcher.NeedsMicroseconds = ReadNeeds(env) * 1000;
        new TimerSession(env, watcher.Timer).Sigh(env.Signal(Done));
        watcher.Power = env.Connect("Power");
        if (watcher.Power == Selectors.Invalid)
        {
            env.Log("Error: no Power session: " + Errors.Name(env.LastError));
            return;
        }

        new PowerSession(env, watcher.Power).Sigh(env.Signal(News));
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var watcher = new SleepWatcherRecord(env.Memory, env.Root);
        var power = new PowerSession(env, watcher.Power);
        if (label == Done)
        {
            bool isInTime = power.Ready(watcher.Announcement) == Error.None;
            Tell(env, watcher, isInTime ? "" : "Warning: ", isInTime ? "prepared" : "late");
            return;
        }

        int announcement = power.Info(out long _);
        bool wasAsleep = announcement == 0 && watcher.Announcement != 0;
        watcher.Announcement = announcement;
        if (announcement != 0)
        {
            Tell(env, watcher, "", "preparing");
            new TimerSession(env, watcher.Timer).TriggerOnce(watcher.NeedsMicroseconds);
        }
        else if (wasAsleep)
        {
            Tell(env, watcher, "", "woken");
        }
    }

    private static void Tell(Env env, SleepWatcherRecord watcher, string level, string text)
    {
        env.Log(level + text);
        if (watcher.Report != Selectors.Invalid)
        {
            new ReportSession(env, watcher.Report).Submit(text);
        }
    }

    private static int ReadNeeds(Env env)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "needs_ms", "");
        return reader.Number(config, "needs_ms", 1, LongestMilliseconds, DefaultMilliseconds);
    }
}
