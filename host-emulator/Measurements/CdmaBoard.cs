// The board on which checkpoints with and without the co-processor are compared: RTCR, a flight recorder as its target, nobody else.
// Invariant: the two boards differ in nothing but the co-processor, its driver and RTCR's <cdma>.
namespace Tern.HostEmulator;

/// <summary>Makes the bench of a case.</summary>
internal static class CdmaBoard
{
    /// <summary>The board's name.</summary>
    internal const string Board = "ecu";

    /// <summary>The target's name.</summary>
    internal const string Target = "recorder";

    /// <summary>The kind of board.</summary>
    internal const string Kind = "esp32-psram";

    /// <summary>The rate of the bits on the bus.</summary>
    internal const int ClockHz = 26_000_000;

    /// <summary>Bytes a page, the board's and the driver's.</summary>
    internal const int Page = 4096;

    /// <summary>Pages of the target's memory that the driver has on the board at a time, unless a case says otherwise.</summary>
    internal const int Frames = 24;

    /// <summary>Milliseconds from one checkpoint to the next.</summary>
    internal const int PeriodMilliseconds = 2000;

    /// <summary>Milliseconds from one tick of the recorder to the next.</summary>
    internal const int TickMilliseconds = 200;

    private const int Step = 64 * 1024;
    private const int WithinSeconds = 120;

    /// <summary>Images that RTCR has room for on the board: the last one, the one that the processor makes beside it, and the co-processor's.</summary>
    internal static int Images(bool isOffloaded) => isOffloaded ? 3 : 2;

    /// <summary>Bytes that RTCR is told to keep for an image.</summary>
    internal static int ImageSize(int bytes) => ((bytes + Step - 1) / Step * Step) + Step;

    /// <summary>The bench.</summary>
    /// <param name="target">The target.</param>
    /// <param name="isOffloaded">Whether there is a co-processor.</param>
    /// <param name="checkpoints">The run ends with so many.</param>
    internal static Bench New(CdmaCase target, bool isOffloaded, int checkpoints)
    {
        string image = Quantity.Size(ImageSize(target.Bytes));
        string device = isOffloaded ? $"""
            <interrupt name="fpga" line="2"/>
            <device kind="fpga" spi="fpga" interrupt="fpga" clock="{Invariant.Of(ClockHz)}" memory="1M"/>
            """ : "";
        string driver = isOffloaded ? $"""
            <start name="fpga_drv">
              <resource name="RAM" quantum="256K"/>
              <provides> <service name="Copy_engine"/> </provides>
              <config spi="fpga" interrupt="fpga" memory="1M" frames="{Invariant.Of(target.Frames)}"> <policy label_prefix="rtcr" memory="1M"/> </config>
            </start>
            """ : "";
        return BenchReader.Read($"""
            <bench name="cdma" description="checkpoints with and without a co-processor">
              <board name="{Board}" kind="{Kind}" memory="4M" page-size="{Invariant.Of(Page)}" start-ms="0">
                {device}
                <config>
                  <parent-provides>
                    <service name="ROM"/> <service name="PD"/> <service name="RM"/> <service name="CPU"/> <service name="LOG"/> <service name="Timer"/>
                    <service name="Crypto"/> <service name="Report"/> <service name="SPI"/> <service name="IRQ"/>
                  </parent-provides>
                  <default-route> <any-service> <parent/> <any-child/> </any-service> </default-route>
                  <default caps="200"/>
                  {driver}
                  <start name="rtcr" caps="1000" priority="6">
                    <resource name="RAM" quantum="3M"/>
                    <config name="rtcr">
                      <dsm slots="1" image_size="{image}"/>
                      {(isOffloaded ? $"<cdma memory=\"{image}\"/>" : "")}
                      <checkpoint period_ms="{Invariant.Of(PeriodMilliseconds)}"/>
                      <start name="{Target}">
                        <binary name="flight_recorder"/>
                        <resource name="RAM" quantum="{image}"/>
                        <config size="{Quantity.Size(target.Bytes)}" period_ms="{Invariant.Of(TickMilliseconds)}" records="{Invariant.Of(target.Pages)}" checks="0"/>
                      </start>
                    </config>
                  </start>
                </config>
              </board>
              <expect within-seconds="{Invariant.Of(WithinSeconds)}">
                <report word="captured" target="{Target}" with="copier={(isOffloaded ? "fpga" : "processor")}" at-least="{Invariant.Of(checkpoints)}"/>
                <never word="captured" with="copier={(isOffloaded ? "processor" : "fpga")}"/>
                <report word="verified" from="{Target}"/>
                <never word="broken"/>
              </expect>
            </bench>
            """, "cdma.xml");
    }
}
