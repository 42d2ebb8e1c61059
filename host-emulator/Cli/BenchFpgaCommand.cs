// tern bench fpga: where having the co-processor copy pays, and where not.
using System.Text.Json;

namespace Tern.HostEmulator;

internal sealed class BenchFpgaCommand(Output output, Func<FpgaCoreKind, int, FpgaTiming, IFpgaCore> coreOf)
    : MeasurementCommand<FpgaFigures>(output, Texts)
{
    private static readonly MeasurementTexts Texts = new(
        "fpga",
        "Copies by the co-processor, beside an ESP32's own: clocks, times, what stays for computing, from which size on it pays.",
        "who is measured",
        "picoseconds",
        "time against size",
        [
            new("tern bench fpga", "all tables and what follows from them; hw/cosim/build makes the RTL a library first"),
            new("tern bench fpga --core model", "the same of the model, without a native library"),
            new("tern bench fpga --format csv > fpga.csv", "a line for each size and rate of SPI"),
            new("tern bench fpga --markdown docs/results/fpga.md --plot docs/images/fpga.svg", "the documents of this project"),
        ]);

    protected override FpgaFigures Measure(FpgaCoreKind kind, string name, Action<string> progress) =>
        new FpgaMeasurement(name, (memory, timing) => coreOf(kind, memory, timing)).Run(progress);

    protected override MeasurementReport ReportOf(FpgaFigures figures) => FpgaReport.Of(figures);

    protected override void WriteCsv(TextWriter writer, FpgaFigures figures) => FpgaRecords.WriteCsv(writer, figures);

    protected override void WriteJson(Utf8JsonWriter json, FpgaFigures figures) => FpgaRecords.WriteJson(json, figures);

    protected override LogPlot PlotOf(FpgaFigures figures) => FpgaPlot.Of(figures);
}
