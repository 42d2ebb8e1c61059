// Checkpoints with and without the co-processor for programs: JSON, and CSV with a line for each case and copier. Times are whole nanoseconds.
using System.Text.Json;

namespace Tern.HostEmulator;

internal static class CdmaRecords
{
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
            RecordWriter.WriteLine(writer, copier, numbers);
        }
    }

    /// <summary>Writes the members of one document.</summary>
    internal static void WriteJson(Utf8JsonWriter json, CdmaFigures figures)
    {
        json.WriteString("core", figures.Core);
        json.WriteString("board", CdmaBoard.Kind);
        json.WriteNumber("spi_hz", CdmaBoard.ClockHz);
        json.WriteNumber("frames", CdmaBoard.Frames);
        RecordWriter.WriteArray(json, "checkpoints", Lines(figures), line =>
        {
            json.WriteString("copier", line.Copier);
            for (int i = 0; i < Names.Length; i++)
            {
                json.WriteNumber(Names[i], line.Numbers[i]);
            }
        });
        RecordWriter.WriteArray(json, "by_frames", figures.Frames, figure =>
        {
            json.WriteNumber("frames", figure.Case.Frames);
            json.WriteNumber("bytes", figure.Case.Bytes);
            json.WriteNumber("pages", figure.Case.Pages);
            json.WriteNumber("stop_ns", figure.Cost.Stop);
            json.WriteNumber("whole_ns", figure.Cost.Whole);
            json.WriteNumber("tick_ns", figure.Cost.Tick);
            json.WriteNumber("longest_tick_ns", figure.Cost.LongestTick);
        });
    }

    private static IEnumerable<(string Copier, long[] Numbers)> Lines(CdmaFigures figures) => figures.Pairs.SelectMany(pair =>
        new[] { ("processor", Numbers(pair, pair.Processor, isOffloaded: false)), ("fpga", Numbers(pair, pair.Coprocessor, isOffloaded: true)) });

    private static long[] Numbers(CdmaPair pair, CheckpointCost cost, bool isOffloaded) =>
    [
        pair.Case.Bytes, pair.Case.Pages, cost.Stop, cost.Whole, cost.Work, cost.Free, cost.LongestHandler, cost.ImageBytes, cost.Tick, cost.LongestTick,
        CdmaTables.DataOnBoard(pair, isOffloaded), CdmaTables.Images(pair, isOffloaded),
    ];
}
