// telemetry_receiver: takes numbered records from streams and keeps the books: each number has to come, in its order; what comes once
// more after a stream's end is known already. It answers with the number up to which all have come.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// Receives telemetry. Configuration: <c>&lt;config port="7000"/&gt;</c>. Reports <c>verified count=N streams=N</c> as records come, and <c>broken</c> when one is
/// missing or damaged.
/// </summary>
public sealed class TelemetryReceiver : PinnedProgram
{
    private const int NicLabel = 1;
    private const int MostFlows = FlowTable.MaxFlows;

    private readonly byte[] _buffer = new byte[MostFlows * TelemetryProtocol.RecordSize];
    private readonly int[] _part = new int[MostFlows + 1];
    private readonly byte[] _answer = new byte[TelemetryProtocol.AnswerSize];
    private NicConnection _nic = null!;
    private NicEvent _news;
    private ReportSession _report;
    private int _port;
    private int _listener;
    private int _last;
    private int _streams;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "port", "");
        _port = reader.Port(config, "port", TelemetryProtocol.Port);
        _report = new ReportSession(env, env.Connect("Report"));
        _nic = new NicConnection(env, NicLabel, NicLabel);
        _nic.Open("");
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer) => _nic.OnReply(label, error, answer);

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        while (_nic.Next(ref _news))
        {
            switch (_news.Kind)
            {
                case NicEventKind.Accepted:
                    _streams++;
                    _part[_news.Flow] = 0;
                    break;
                case NicEventKind.Data:
                    Take(env, _news.Flow);
                    break;
                case NicEventKind.Refused:
                case NicEventKind.Closed:
                    _listener = _news.Flow == _listener ? 0 : _listener;
                    break;
                default:
                    break;
            }
        }

        if (_listener == 0 && _nic.IsUp)
        {
            _listener = _nic.Listen(_port);
        }
    }

    private void Take(Env env, int flow)
    {
        int before = _last;
        int at = (flow - 1) * TelemetryProtocol.RecordSize;
        bool any = false;
        int taken = Read(flow, at);
        while (taken > 0)
        {
            _part[flow] += taken;
            if (_part[flow] == TelemetryProtocol.RecordSize)
            {
                _part[flow] = 0;
                any = true;
                Judge(env, Word(at), Word(at + 4));
            }

            taken = Read(flow, at);
        }

        if (any)
        {
            for (int i = 0; i < TelemetryProtocol.AnswerSize; i++)
            {
                _answer[i] = (byte)(_last >> (8 * i));
            }

            _nic.Write(flow, _answer, 0, TelemetryProtocol.AnswerSize);
        }

        if (_last > before)
        {
            _report.Submit("verified count=" + _last + " streams=" + _streams);
        }
    }

    private void Judge(Env env, int number, int value)
    {
        if (number > _last + 1 || number <= 0 || value != TelemetryProtocol.ValueOf(number))
        {
            env.Log("Error: record " + number + " after " + _last);
            _report.Submit("broken record=" + number + " after=" + _last);
        }

        _last = number > _last ? number : _last;
    }

    private int Read(int flow, int at) => _nic.Read(flow, _buffer, at + _part[flow], TelemetryProtocol.RecordSize - _part[flow]);

    private int Word(int at) => _buffer[at] | (_buffer[at + 1] << 8) | (_buffer[at + 2] << 16) | (_buffer[at + 3] << 24);
}
