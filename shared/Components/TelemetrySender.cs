// telemetry_sender: makes a numbered record every period and sends it over a stream. After the stream has ended it connects
// again and sends once more what was not acknowledged; so nothing is lost, whatever ended the stream: a peer, a cable, a migration.
// It knows nothing of checkpoints: its session's memory, the link's change and the stream's end are all that it sees of one.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// Sends telemetry. Configuration: <c>&lt;config to="10.0.3.2" port="7000" period_ms="100"/&gt;</c>. Reports <c>verified count=N</c> when records up to N
/// have come for certain, <c>broken</c> when something is no longer acknowledged that was before, and <c>link up=…</c> when it sees that change.
/// </summary>
public sealed class TelemetrySender : Program
{
    private const int Opened = 1;
    private const int SetUp = 2;
    private const int Network = 3;
    private const int Tick = 4;
    private const int DefaultPeriodMilliseconds = 100;
    private const int LongestPeriodMilliseconds = 1_000_000;
    private const int FlowCount = 4;
    private const int RingSize = 256;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(TelemetryRecord.Size);
        var state = new TelemetryRecord(env.Memory, env.Root);
        int period = ReadConfig(env, state);
        state.Report = env.Connect("Report");
        state.Signal = env.Signal(Network);
        state.Timer = env.Connect("Timer");
        var timer = new TimerSession(env, state.Timer);
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(period * 1000L);
        env.Open("Nic", "", Opened);
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        var state = new TelemetryRecord(env.Memory, env.Root);
        if (error != Error.None)
        {
            env.Log("Error: no network: " + Errors.Name(error));
        }
        else if (label == Opened)
        {
            state.Session = answer.Capability(0);
            Message setup = env.Compose(NicOperation.Setup).Add(0).Add(0).Add(0).Add(FlowCount).Add(RingSize).AddCapability(state.Signal);
            env.Send(state.Session, setup, SetUp);
        }
        else
        {
            state.Flows = answer.Word(0);
            state.RingSize = answer.Word(1);
            state.ServerSignal = answer.Capability(1);
            state.Table = env.Attach(answer.Capability(0));
            env.Submit(state.Signal);
        }
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var state = new TelemetryRecord(env.Memory, env.Root);
        state.Made += label == Tick ? count : 0;
        if (state.Table == 0)
        {
            return;
        }

        var flows = new FlowUser(new FlowTable(env.Memory, state.Table, state.Flows, state.RingSize));
        NicEvent news = default;
        int cursor = 0;
        while (label == Network && flows.Next(ref cursor, ref news))
        {
            Take(env, state, flows, ref news);
        }

        if (flows.IsUp && state.Flow == 0)
        {
            state.Flow = flows.Connect(state.Address, state.Port);
        }

        SendOn(state, flows);
        env.Submit(state.ServerSignal);
    }

    private static void Take(Env env, TelemetryRecord state, FlowUser flows, ref NicEvent news)
    {
        switch (news.Kind)
        {
            case NicEventKind.Link:
                Tell(env, state, "link up=" + (flows.IsUp ? "yes" : "no"));
                break;
            case NicEventKind.Connected:
                state.IsOpen = 1;
                state.Sent = state.Acknowledged;
                state.SentPart = state.AnswerPart = 0;
                break;
            case NicEventKind.Data:
                TakeAnswers(env, state, flows);
                break;
            case NicEventKind.Refused:
            case NicEventKind.Closed:
                state.Flow = state.IsOpen = 0;
                break;
            default:
                break;
        }
    }

    private static void TakeAnswers(Env env, TelemetryRecord state, FlowUser flows)
    {
        int before = state.Acknowledged;
        int taken = flows.Read(state.Flow, state.Incoming + state.AnswerPart, TelemetryProtocol.AnswerSize - state.AnswerPart);
        while (taken > 0)
        {
            state.AnswerPart += taken;
            if (state.AnswerPart == TelemetryProtocol.AnswerSize)
            {
                state.AnswerPart = 0;
                if (state.Answer < state.Acknowledged)
                {
                    Tell(env, state, "broken acknowledged=" + state.Answer + " before=" + state.Acknowledged);
                }

                // After a failure the peer may know of records that this component has yet to make again.
                state.Acknowledged = state.Answer;
                state.Made = state.Made < state.Answer ? state.Answer : state.Made;
            }

            taken = flows.Read(state.Flow, state.Incoming + state.AnswerPart, TelemetryProtocol.AnswerSize - state.AnswerPart);
        }

        // What came from an earlier life of this component is not sent again.
        state.Sent = state.Sent < state.Acknowledged && state.SentPart == 0 ? state.Acknowledged : state.Sent;
        if (state.Acknowledged > before)
        {
            Tell(env, state, "verified count=" + state.Acknowledged);
        }
    }

    private static void SendOn(TelemetryRecord state, FlowUser flows)
    {
        while (state.IsOpen != 0 && state.Sent < state.Made)
        {
            state.Compose(state.Sent + 1);
            int left = TelemetryProtocol.RecordSize - state.SentPart;
            int taken = flows.Write(state.Flow, state.Outgoing + state.SentPart, left);
            state.SentPart += taken;
            if (taken < left)
            {
                return;
            }

            state.SentPart = 0;
            state.Sent++;
        }
    }

    private static void Tell(Env env, TelemetryRecord state, string text)
    {
        env.Log(text[0] == 'b' ? "Error: " + text : text);
        if (state.Report != Selectors.Invalid)
        {
            new ReportSession(env, state.Report).Submit(text);
        }
    }

    private static int ReadConfig(Env env, TelemetryRecord state)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "to port period_ms", "");
        state.Address = reader.Address(config, "to", 0);
        state.Port = reader.Port(config, "port", TelemetryProtocol.Port);
        if (!config.HasAttribute("to"))
        {
            reader.Needs(config, "to", "10.0.3.2");
        }

        return reader.Number(config, "period_ms", 1, LongestPeriodMilliseconds, DefaultPeriodMilliseconds);
    }
}
