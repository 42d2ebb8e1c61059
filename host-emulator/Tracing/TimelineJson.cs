// A trace in Chrome's trace-event format, which Perfetto and chrome://tracing open: a process a board, a track a component,
// one more a target for what happens to it; arrows from where a target left to where it arrived.
using System.Text.Json;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Writes a timeline for tools.</summary>
public static class TimelineJson
{
    /// <summary>Writes one JSON document.</summary>
    public static void Write(Stream stream, TraceLog log, TimelineView view)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(view);
        var story = new TraceStory(log.Records);
        using var json = new Utf8JsonWriter(stream);
        var tracks = new Tracks(json);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        foreach (TraceSpan span in story.Spans.Where(view.Has).OrderBy(span => span.Begin).ThenByDescending(span => span.End))
        {
            Begin(json, "X", span.Name, span.Kind == SpanKind.Handler ? "handler" : "checkpoint", tracks.Of(span.Subject, span.Kind != SpanKind.Handler), span.Begin);
            json.WriteNumber("dur", Microseconds(span.Duration));
            json.WriteStartObject("args");
            if (span.Number != 0)
            {
                json.WriteNumber(span.Kind == SpanKind.Restore ? "epoch" : "checkpoint", span.Number);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        WriteInstants(json, tracks, log.Records.Where(view.Has));
        WriteMoves(json, tracks, story.Moves.Where(view.Has));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInstants(Utf8JsonWriter json, Tracks tracks, IEnumerable<TraceRecord> records)
    {
        foreach (TraceRecord record in records)
        {
            string? name = record.Kind switch
            {
                TraceKind.Send => "send",
                TraceKind.Reply => "reply",
                TraceKind.Signal => "signal",
                TraceKind.PageFault => "page fault",
                TraceKind.Interrupt => "interrupt",
                TraceKind.Fault => "fault",
                TraceKind.Open => "session opened",
                TraceKind.Close => "session closed",
                TraceKind.Point when record.A < TracePoint.FirstKnown => "point",
                _ => null,
            };
            if (name is null)
            {
                continue;
            }

            Begin(json, "i", name, "event", tracks.Of(record.Subject, false), record.Time);
            json.WriteString("s", "t");
            json.WriteStartObject("args");
            json.WriteNumber("a", record.A);
            json.WriteNumber("b", record.B);
            json.WriteNumber("c", record.C);
            if (record.Other is not null)
            {
                json.WriteString("other", record.Other.Label);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteMoves(Utf8JsonWriter json, Tracks tracks, IEnumerable<TraceMove> moves)
    {
        int id = 0;
        foreach (TraceMove move in moves)
        {
            id++;
            string name = "migration of " + move.To.Component;
            Begin(json, "s", name, "migration", tracks.Of(move.From, true), move.LeftAt);
            json.WriteNumber("id", id);
            json.WriteEndObject();
            Begin(json, "f", name, "migration", tracks.Of(move.To, true), move.ArrivedAt);
            json.WriteNumber("id", id);
            json.WriteString("bp", "e");
            json.WriteEndObject();
        }
    }

    private static void Begin(Utf8JsonWriter json, string phase, string name, string category, (int Board, int Track) at, long time)
    {
        json.WriteStartObject();
        json.WriteString("ph", phase);
        json.WriteString("name", name);
        json.WriteString("cat", category);
        json.WriteNumber("pid", at.Board);
        json.WriteNumber("tid", at.Track);
        json.WriteNumber("ts", Microseconds(time));
    }

    private static decimal Microseconds(long nanoseconds) => nanoseconds / 1000m;

    /// <summary>Numbers of boards and tracks, each introduced with its name when it is used first.</summary>
    private sealed class Tracks(Utf8JsonWriter json)
    {
        private readonly Dictionary<string, int> _boards = new(StringComparer.Ordinal);
        private readonly Dictionary<(TracedThread, bool), int> _tracks = [];

        internal (int Board, int Track) Of(TracedThread subject, bool isOfTarget)
        {
            if (!_boards.TryGetValue(subject.Board, out int board))
            {
                _boards.Add(subject.Board, board = _boards.Count + 1);
                Introduce("process_name", subject.Board, board, 0);
            }

            if (!_tracks.TryGetValue((subject, isOfTarget), out int track))
            {
                _tracks.Add((subject, isOfTarget), track = _tracks.Count + 1);
                Introduce("thread_name", subject.Label + (isOfTarget ? ", as a target" : ""), board, track);
            }

            return (board, track);
        }

        private void Introduce(string what, string name, int board, int track)
        {
            json.WriteStartObject();
            json.WriteString("ph", "M");
            json.WriteString("name", what);
            json.WriteNumber("pid", board);
            json.WriteNumber("tid", track);
            json.WriteStartObject("args");
            json.WriteString("name", name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
