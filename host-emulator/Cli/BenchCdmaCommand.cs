// tern bench cdma: what a checkpoint beside the co-processor costs and gains, measured on RTCR itself.
using System.Text.Json;

namespace Tern.HostEmulator;

internal sealed class BenchCdmaCommand(Output output, Func<FpgaCoreKind, int, IFpgaCore> coreOf) : MeasurementCommand<CdmaFigures>(output, Texts)
{
    private static readonly MeasurementTexts Texts = new(
        "cdma",
        "Checkpoints by RTCR, copied by the processor and by the co-processor: stop time, work, memory, and where it pays.",
        "who plays the co-processor",
        "nanoseconds",
        "stop time against size",
        [
            new("tern bench cdma", "all tables and what follows from them; hw/cosim/build makes the RTL a library first"),
            new("tern bench cdma --core model", "the same of the model: seconds instead of minutes"),
            new("tern bench cdma --core model --format csv > cdma.csv", "a line for each case and copier"),
            new("tern bench cdma --core model --markdown docs/results/cdma.md --plot docs/images/cdma-stop.svg", "the documents of this project"),
        ]);

    protected override CdmaFigures Measure(FpgaCoreKind kind, string name, Action<string> progress) =>
        new CdmaMeasurement(name, memory => coreOf(kind, memory)).Run(progress);

    protected override MeasurementReport ReportOf(CdmaFigures figures) => CdmaReport.Of(figures);

    protected override void WriteCsv(TextWriter writer, CdmaFigures figures) => CdmaRecords.WriteCsv(writer, figures);

    protected override void WriteJson(Utf8JsonWriter json, CdmaFigures figures) => CdmaRecords.WriteJson(json, figures);

    protected override LogPlot PlotOf(CdmaFigures figures) => CdmaPlot.Of(figures);
}
