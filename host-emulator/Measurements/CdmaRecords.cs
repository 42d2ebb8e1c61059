// Checkpoints with and without the co-processor for programs: JSON, and CSV with a line for each case and copier. Times are whole nanoseconds.
using System.Text;
using System.Text.Json;

namespace Tern.HostEmulator;

internal static class CdmaRecords
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    private static readonly string[] Names =
    [
        "bytes", "pages", "stop_ns", "whole_ns", "work_ns", "free_ns", "longest_handler_ns", "image_bytes", "tick_ns", "longest_tick_ns",
        "data_on_board", "images_on_board",
    ];

    /// <summary>Writes a line for each case and copier, a header before them.</summary>
    internal static void WriteCsv(TextWriter writer, CdmaFigures figures)
    {
        writer.WriteLine("copier," + string.Join(',', Names));
        foreach ((string copier, long[] numbers) in Lines(figures))
        {
            writer.WriteLine(copier + "," + string.Join(',', numbers.Select(Invariant.Of)));
        }
    }

    /// <summary>Writes one document.</summary>
    internal static void WriteJson(TextWriter writer, CdmaFigures figures)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("core", figures.Core);
            json.WriteString("board", CdmaBoard.Kind);
            json.WriteNumber("spi_hz", CdmaBoard.ClockHz);
            json.WriteNumber("frames", CdmaBoard.Frames);
            json.WriteStartArray("checkpoints");
            foreach ((string copier, long[] numbers) in Lines(figures))
            {
                json.WriteStartObject();
                json.WriteString("copier", copier);
                for (int i = 0; i < Names.Length; i++)
                {
                    json.WriteNumber(Names[i], numbers[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("by_frames");
            foreach (FrameFigure figure in figures.Frames)
            {
                json.WriteStartObject();
                json.WriteNumber("frames", figure.Case.Frames);
                json.WriteNumber("bytes", figure.Case.Bytes);
                json.WriteNumber("pages", figure.Case.Pages);
                json.WriteNumber("stop_ns", figure.Cost.Stop);
                json.WriteNumber("whole_ns", figure.Cost.Whole);
                json.WriteNumber("tick_ns", figure.Cost.Tick);
                json.WriteNumber("longest_tick_ns", figure.Cost.LongestTick);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static IEnumerable<(string Copier, long[] Numbers)> Lines(CdmaFigures figures) => figures.Pairs.SelectMany(pair =>
        new[] { ("processor", Numbers(pair, pair.Processor, isOffloaded: false)), ("fpga", Numbers(pair, pair.Coprocessor, isOffloaded: true)) });

    private static long[] Numbers(CdmaPair pair, CheckpointCost cost, bool isOffloaded) =>
    [
        pair.Case.Bytes, pair.Case.Pages, cost.Stop, cost.Whole, cost.Work, cost.Free, cost.LongestHandler, cost.ImageBytes, cost.Tick, cost.LongestTick,
        CdmaTables.DataOnBoard(pair, isOffloaded), CdmaTables.Images(pair, isOffloaded),
    ];
}
