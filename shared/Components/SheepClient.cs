// sheep_client: adds sheep to its flock at a sheep server, one request after the other, and checks every answer. As a
// target it is nearly always in the middle of an RPC.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>The state of a sheep client.</summary>
/// <param name="memory">The component's memory.</param>
/// <param name="at">Where the record is.</param>
internal readonly struct ClientRecord(Memory memory, int at)
{
    internal const int Size = 16;

    /// <summary>The Sheep session; 0 until it is open.</summary>
    internal int Session { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The sheep that the server must answer next.</summary>
    internal int Expected { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>The Report session; 0 when there is none.</summary>
    internal int Report { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>The Timer session.</summary>
    internal int Timer { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }
}

/// <summary>Asks a sheep server every 10 ms. Reports <c>verified count=N</c> for each right answer, or <c>broken count=N</c>.</summary>
public sealed class SheepClient : Program
{
    private const int Opened = 1;
    private const int Added = 2;
    private const int Tick = 3;
    private const long PeriodMicroseconds = 10_000;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(ClientRecord.Size);
        var client = new ClientRecord(env.Memory, env.Root);
        client.Report = env.Connect("Report");
        client.Timer = env.Connect("Timer");
        new TimerSession(env, client.Timer).Sigh(env.Signal(Tick));
        env.Open("Sheep", "", Opened);
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        var client = new ClientRecord(env.Memory, env.Root);
        if (error != Error.None)
        {
            env.Log("Error: " + (label == Opened ? "no Sheep session: " : "not answered: ") + Errors.Name(error));
            return;
        }

        if (label == Opened)
        {
            client.Session = answer.Capability(0);
        }
        else
        {
            bool right = answer.Word(0) == client.Expected;
            string text = (right ? "verified count=" : "broken count=") + answer.Word(0);
            if (client.Report != Selectors.Invalid)
            {
                new ReportSession(env, client.Report).Submit(text);
            }
        }

        new TimerSession(env, client.Timer).TriggerOnce(PeriodMicroseconds);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var client = new ClientRecord(env.Memory, env.Root);
        client.Expected++;
        env.Send(client.Session, env.Compose(SheepOperation.Add).Add(1), Added);
    }
}
