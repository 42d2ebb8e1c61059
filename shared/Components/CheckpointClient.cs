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
    /// <summary>The longest name of a target, in bytes.</summary>
    internal const int MostTarget = 63;

    internal const int Size = TargetAt + MostTarget;

    private const int TargetAt = 24;

    /// <summary>The Checkpoint session; 0 until it is open.</summary>
    internal int Session { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>What it asks for.</summary>
    internal int Opcode { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>When it asks, counted from the session.</summary>
    internal int AfterMilliseconds { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>The target that it asks about; empty for the first.</summary>
    internal string Target
    {
        get
        {
            var bytes = new byte[memory.ReadInt32(at + 20)];
            memory.Read(at + TargetAt, bytes, 0, bytes.Length);
            return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }

        set
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            memory.WriteInt32(at + 20, bytes.Length);
            memory.Write(at + TargetAt, bytes, 0, bytes.Length);
        }
    }
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
    private const int DefaultMilliseconds = 1000;
    private const int LongestMilliseconds = 3_600_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(CheckpointClientRecord.Size);
        var client = new CheckpointClientRecord(env.Memory, env.Root);
        ReadConfig(env, client);
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
            new TimerSession(env, client.Timer).TriggerOnce(client.AfterMilliseconds * 1000L);
            return;
        }

        int word = answer.Word(0);
        string target = " target=" + client.Target;
        string text = error != Error.None ? "refused" + target + " error=" + (int)error : client.Opcode switch
        {
            CheckpointOperation.Checkpoint => "stored" + target + " commit=" + word,
            CheckpointOperation.Migrate => "moved" + target,
            _ => "known" + target + " status=" + word,
        };
        env.Log(error == Error.None ? text : "Warning: " + text + " (" + Errors.Name(error) + ")");
        if (client.Report != Selectors.Invalid)
        {
            new ReportSession(env, client.Report).Submit(text);
        }
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var client = new CheckpointClientRecord(env.Memory, env.Root);
        env.Send(client.Session, env.Compose(client.Opcode).AddText(client.Target), Answered);
    }

    private static void ReadConfig(Env env, CheckpointClientRecord client)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "ask target after_ms", "");
        int ask = reader.Choice(config, "ask", "checkpoint migrate status", 0);
        client.Opcode = ask == 0 ? CheckpointOperation.Checkpoint : ask == 1 ? CheckpointOperation.Migrate : CheckpointOperation.Status;
        client.AfterMilliseconds = reader.Number(config, "after_ms", 1, LongestMilliseconds, DefaultMilliseconds);
        string target = config.Attribute("target", "");
        if (Encoding.UTF8.GetBytes(target).Length > CheckpointClientRecord.MostTarget)
        {
            reader.Fault(config, "target", "no target has so long a name; write at most " + CheckpointClientRecord.MostTarget + " bytes");
            target = "";
        }

        client.Target = target;
    }
}
