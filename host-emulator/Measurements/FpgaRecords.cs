// The measurement for programs: JSON, and CSV with a line for each copy. Times are whole picoseconds.
using System.Text.Json;

namespace Tern.HostEmulator;

internal static class FpgaRecords
{
    /// <summary>Writes a line for each size and rate, a header before them.</summary>
    internal static void WriteCsv(TextWriter writer, FpgaFigures figures)
    {
        IEnumerable<string> processors = figures.Processors.Select(processor => processor.Key + "_ps");
        writer.WriteLine("data_at,bytes,spi_hz,known_ps,free_ps,busy_ps,selections," + string.Join(',', processors));
        foreach ((string place, OffloadedCopy copy) in Copies(figures))
        {
            long[] numbers =
            [
                copy.Bytes, copy.ClockHz, copy.Known, copy.Free, copy.Busy, copy.Selections,
                .. figures.Processors.Select(processor => processor.Picoseconds(copy.Bytes)),
            ];
            RecordWriter.WriteLine(writer, place, numbers);
        }
    }

    /// <summary>Writes the members of one document.</summary>
    internal static void WriteJson(Utf8JsonWriter json, FpgaFigures figures)
    {
        json.WriteString("core", figures.Core);
        json.WriteNumber("read_latency", figures.Timing.ReadLatency);
        json.WriteNumber("write_latency", figures.Timing.WriteLatency);
        json.WriteNumber("gap_ps", SpiBus.GapPicoseconds);
        RecordWriter.WriteArray(json, "processors", figures.Processors, processor =>
        {
            json.WriteString("name", processor.Key);
            json.WriteNumber("copy_ps_per_byte", processor.PicosecondsPerByte);
        });
        RecordWriter.WriteArray(json, "jobs", figures.Jobs, job =>
        {
            json.WriteNumber("bytes", job.Bytes);
            json.WriteNumber("read_latency", job.ReadLatency);
            json.WriteNumber("clocks", job.Clocks);
        });
        RecordWriter.WriteArray(json, "copies", Copies(figures), entry => WriteCopy(json, entry.Place, entry.Copy));
        RecordWriter.WriteArray(json, "pays_from", figures.Pays, pay => WritePay(json, pay));
        RecordWriter.WriteArray(json, "mirrored_writes", figures.Mirrors, mirror =>
        {
            json.WriteNumber("bytes", mirror.Bytes);
            json.WriteNumber("clocks", mirror.Clocks);
            json.WriteNumber("mirrored_clocks", mirror.MirroredClocks);
            json.WriteNumber("board_waits_longer_ps", mirror.BoardTime);
        });
        RecordWriter.WriteArray(json, "driver", figures.Drivers, driver =>
        {
            json.WriteString("processor", driver.Processor.Key);
            json.WriteNumber("copies_at_once", driver.AtOnce);
            json.WriteNumber("board_busy_ps", driver.Board);
            json.WriteNumber("in_driver_ps", driver.Driver);
            json.WriteNumber("pays_from_bytes", driver.PaysFrom);
        });
    }

    private static IEnumerable<(string Place, OffloadedCopy Copy)> Copies(FpgaFigures figures) =>
        figures.Copies.Select(copy => ("co-processor", copy)).Concat(figures.Writes.Select(write => ("board", write)));

    private static void WriteCopy(Utf8JsonWriter json, string place, OffloadedCopy copy)
    {
        json.WriteString("data_at", place);
        json.WriteNumber("bytes", copy.Bytes);
        json.WriteNumber("spi_hz", copy.ClockHz);
        json.WriteNumber("known_ps", copy.Known);
        json.WriteNumber("free_ps", copy.Free);
        json.WriteNumber("busy_ps", copy.Busy);
        json.WriteNumber("selections", copy.Selections);
    }

    private static void WritePay(Utf8JsonWriter json, PayFigure pay)
    {
        json.WriteNumber("spi_hz", pay.ClockHz);
        json.WriteString("processor", pay.Processor.Key);
        WriteSize(json, "sooner_from_bytes", pay.Known);
        WriteSize(json, "less_busy_from_bytes", pay.Busy);
    }

    private static void WriteSize(Utf8JsonWriter json, string name, int? size)
    {
        if (size is { } bytes)
        {
            json.WriteNumber(name, bytes);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
