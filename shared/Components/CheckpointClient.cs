// checkpoint_client: asks an RTCR for a checkpoint of a target, or for its migration, as an operator or a supervising
// component would.
using System.Text;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>The state of a checkpoint client.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct CheckpointClientRecord(Memory memory, int at)
{
    internal const int Size = 12;

    /// <summary>The Checkpoint session; 0 until it is open.</summary>
    internal int Session { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }
}

/// <summary>
/// Asks once. Configuration: <c>&lt;config ask="checkpoint" target="sheep" after_ms="1000"/&gt;</c>; <c>ask</c> may be checkpoint, migrate or
/// status. Reports <c>stored target=… commit=N</c>, <c>moved target=…</c> or <c>known target=… status=N</c> when it was done, and
/// <c>refused target=… error=N</c> when not.
/// </summary>
public sealed class CheckpointClient : Program
{
    private const int Opened = 1;
    private const int Answered = 2;
    private const int Tick = 3;
    private const int LongestConfig = 1024;
    private const int LongestMilliseconds = 3_600_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(CheckpointClientRecord.Size);
        var client = new CheckpointClientRecord(env.Memory, env.Root);
        client.Report = env.Connect("Report");
        client.Timer = env.Connect("Timer");
        new TimerSession(env, client.Timer).Sigh(env.Signal(Tick));
        env.Open("Checkpoint", "", Opened);
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        var client = new CheckpointClientRecord(env.Memory, env.Root);
        if (label == Opened && error == Error.None)
        {
            client.Session = answer.Capability(0);
            int after = 1000;
            ReadConfig(env).Attribute("after_ms").Read(1, LongestMilliseconds, ref after);
            new TimerSession(env, client.Timer).TriggerOnce(after * 1000L);
            return;
        }

        int word = answer.Word(0);
        XmlNode config = ReadConfig(env);
        string target = " target=" + config.Attribute("target", "");
        string text = error != Error.None ? "refused" + target + " error=" + (int)error : Opcode(config) switch
        {
            CheckpointOperation.Checkpoint => "stored" + target + " commit=" + word,
            CheckpointOperation.Migrate => "moved" + target,
            _ => "known" + target + " status=" + word,
        };
        env.Log(text + (error == Error.None ? "" : " (" + Errors.Name(error) + ")"));
        if (client.Report != Selectors.Invalid)
        {
            new ReportSession(env, client.Report).Submit(text);
        }
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var client = new CheckpointClientRecord(env.Memory, env.Root);
        XmlNode config = ReadConfig(env);
        env.Send(client.Session, env.Compose(Opcode(config)).AddText(config.Attribute("target", "")), Answered);
    }

    private static int Opcode(XmlNode config) => config.Attribute("ask", "checkpoint") switch
    {
        "migrate" => CheckpointOperation.Migrate,
        "status" => CheckpointOperation.Status,
        _ => CheckpointOperation.Checkpoint,
    };

    private static XmlNode ReadConfig(Env env)
    {
        int rom = env.Connect("ROM", "config", 0, 0, 0);
        string text = rom == Selectors.Invalid ? "" : new RomSession(env, rom).ReadText(LongestConfig, out Error _);
        env.Close(rom);
        return XmlNode.TryParse(Encoding.UTF8.GetBytes(text), out XmlNode config, out XmlFault _) ? config : default;
    }
}
