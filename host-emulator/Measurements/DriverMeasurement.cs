// What a copy costs a board when the driver that ships with Tern has it made, with its client, the kernel between them and the interpreter
// below all of it: a virtual board of the cost model's prices, its trace read from one copy to the same moment of a later one.
// The copies are so small that the co-processor is done before anybody asks, so the board never waits: all of the time is its own.
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator;

/// <summary>What the driver makes of a copy.</summary>
/// <param name="Processor">On which board, and with whose own copy it is compared.</param>
/// <param name="AtOnce">Copies that the client gives at once.</param>
/// <param name="Board">Picoseconds for which a copy keeps the board busy.</param>
/// <param name="Driver">How much of it the driver's handlers take, the wires included.</param>
/// <param name="Own">What the processor's own copy takes beside its bytes: a crossing into the kernel.</param>
internal sealed record DriverFigure(ProcessorCopy Processor, int AtOnce, long Board, long Driver, long Own)
{
    /// <summary>The bytes from which on the processor's own copy would keep the board busy for longer.</summary>
    internal long PaysFrom => ((Board - Own) / Processor.PicosecondsPerByte) + 1;
}

/// <summary>Measures the driver.</summary>
/// <param name="coreOf">Makes the co-processor's core with so many bytes of memory.</param>
internal sealed class DriverMeasurement(Func<int, IFpgaCore> coreOf)
{
    /// <summary>How many copies at once.</summary>
    internal static readonly int[] Depths = [1, 8];

    private const int WarmUp = 16;
    private const int Counted = 64;
    private const long PicosecondsPerNanosecond = 1000;
    private const long LongestRun = 2_000_000_000;
    private const string Driver = "fpga_drv";
    private const string Client = "copy_client";

    /// <summary>Runs a board of a kind.</summary>
    /// <exception cref="MeasurementException">The driver does not make copies.</exception>
    internal DriverFigure Measure(ProcessorCopy processor, int rate, int atOnce)
    {
        var log = new TraceLog();
        using var run = new BenchRun(BenchReader.Read(Text(processor.Kind.Name, rate), "driver.xml"), new BenchOptions
        {
            Trace = log,
            FpgaCores = (_, memory) => coreOf(memory),
            Programs = name => name == Client ? new CopyClient(atOnce) : Programs.Make(name),
        });
        run.World.Run(LongestRun);
        long[] starts = [.. log.Records.Where(IsCopy).Select(record => record.Time)];
        if (starts.Length <= WarmUp + Counted)
        {
            throw new MeasurementException($"the driver makes no copies: {Quantity.Count(starts.Length, "request")} of them");
        }

        long from = starts[WarmUp];
        long to = starts[WarmUp + Counted];
        long driver = new TraceStory(log.Records).Spans
            .Where(span => span.Subject.Component == Driver && !span.IsNested && span.Begin >= from && span.Begin < to).Sum(span => span.Duration);
        return new DriverFigure(
            processor, atOnce, PerCopy(to - from), PerCopy(driver), processor.Kind.Cost.CrossingNanoseconds * PicosecondsPerNanosecond);
    }

    private static long PerCopy(long nanoseconds) => nanoseconds * PicosecondsPerNanosecond / Counted;

    private static bool IsCopy(TraceRecord record) =>
        record is { Kind: TraceKind.Begin, A: TraceHandler.Request, C: CopyEngineOperation.Copy } && record.Subject.Component == Driver;

    private static string Text(string kind, int rate) => $"""
        <bench name="driver">
          <board name="board" kind="{kind}" memory="2M" start-ms="0">
            <interrupt name="fpga" line="5"/>
            <device kind="fpga" spi="fpga" interrupt="fpga" clock="{Invariant.Of(rate)}" memory="64K"/>
            <config>
              <parent-provides>
                <service name="ROM"/> <service name="PD"/> <service name="CPU"/> <service name="LOG"/> <service name="RM"/> <service name="SPI"/>
                <service name="IRQ"/> <service name="Timer"/> <service name="Crypto"/>
              </parent-provides>
              <default-route> <any-service> <parent/> <any-child/> </any-service> </default-route>
              <default caps="100"/>
              <start name="{Driver}">
                <resource name="RAM" quantum="512K"/> <provides> <service name="Copy_engine"/> </provides>
                <config memory="64K"> <policy label_prefix="{Client}" memory="16K"/> </config>
              </start>
              <start name="{Client}"> <resource name="RAM" quantum="256K"/> </start>
            </config>
          </board>
        </bench>
        """;
}
