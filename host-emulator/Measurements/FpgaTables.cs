// The tables of the co-processor's measurement. They hold figures and say what they are; what follows from them is FpgaConclusions' business.
using System.Globalization;

namespace Tern.HostEmulator;

internal static class FpgaTables
{
    private const double BytesPerBeat = 8;

    /// <summary>All tables, in the order in which a page tells them.</summary>
    internal static IEnumerable<FigureTable> All(FpgaFigures figures) =>
        [Jobs(figures), Known(figures), Busy(figures), Free(figures), Pays(figures), Writes(figures), Mirrors(figures), Drivers(figures)];

    /// <summary>A rate, in words.</summary>
    internal static string Rate(int hertz) => Invariant.Of(hertz / 1_000_000) + " MHz";

    /// <summary>A time of the board, in words.</summary>
    internal static string Time(long picoseconds) => Quantity.Time((picoseconds + 500) / 1000);

    /// <summary>A size, in words.</summary>
    internal static string Size(int? bytes) => bytes is { } size ? Quantity.Bytes(size) : "never";

    private static FigureTable Jobs(FpgaFigures figures)
    {
        int usual = figures.Timing.ReadLatency;
        int[] latencies = [.. figures.Jobs.Select(job => job.ReadLatency).Distinct()];
        long Clocks(int size, int latency) => figures.Jobs.Single(job => job.Bytes == size && job.ReadLatency == latency).Clocks;
        return new FigureTable(
            "The copy alone",
            $"Clocks from the end of the command's frame to the interrupt, at read latencies of the memory "
            + $"of {Listed(latencies.Select(value => Invariant.Of(value)))} clocks; "
            + $"then time and beats of 8 bytes a clock for a latency of {Invariant.Of(usual)}, at 100 MHz.",
            ["bytes", .. latencies.Select(latency => $"latency {Invariant.Of(latency)}"), "time", "beats a clock"],
            [.. figures.Sizes.Select(size => (string[])
                [
                    Invariant.Grouped(size),
                    .. latencies.Select(latency => Invariant.Grouped(Clocks(size, latency))),
                    Time(Clocks(size, usual) * FpgaLimits.ClockPicoseconds),
                    (size / BytesPerBeat / Clocks(size, usual)).ToString("F4", CultureInfo.InvariantCulture),
                ])]);
    }

    private static FigureTable Known(FpgaFigures figures) => new(
        "Until the board knows that the copy is done",
        "From the first byte of the command until the board has read that it is done, at each rate of SPI; beside it the processor's own copy of as much.",
        ["bytes", .. figures.Rates.Select(rate => "SPI " + Rate(rate)), .. figures.Processors.Select(processor => "ESP32, " + processor.Name)],
        [.. figures.Sizes.Select(size => (string[])
            [
                Invariant.Grouped(size),
                .. figures.Rates.Select(rate => Time(figures.Copy(size, rate).Known)),
                .. figures.Processors.Select(processor => Time(processor.Picoseconds(size))),
            ])]);

    private static FigureTable Busy(FpgaFigures figures)
    {
        IEnumerable<string[]> rows =
            from rate in figures.Rates
            let copies = figures.Sizes.Select(size => figures.Copy(size, rate)).ToArray()
            let late = copies.SkipWhile(copy => copy.IsKnownAtOnce).Select(copy => (int?)copy.Bytes).FirstOrDefault()
            select (string[])
            [
                Rate(rate),
                Range(copies.Min(copy => copy.Selections), copies.Max(copy => copy.Selections)),
                copies.Min(copy => copy.Busy) == copies.Max(copy => copy.Busy)
                    ? Time(copies[0].Busy)
                    : $"{Time(copies.Min(copy => copy.Busy))} to {Time(copies.Max(copy => copy.Busy))}",
                late is null ? "-" : Quantity.Bytes(late),
            ];
        return new FigureTable(
            "What a copy keeps the board busy for",
            "The selections of one copy of any of these sizes: the command and a poll that brings its reply, and the same to acknowledge the interrupt. "
            + "The last column is the smallest of these sizes at which the first reply comes too early to say that the copy is done.",
            ["SPI", "selections", "busy", "interrupt needed from"],
            [.. rows]);
    }

    private static FigureTable Free(FpgaFigures figures) => new(
        "What the board has for computing meanwhile",
        "Of the time until it knows, what no selection takes.",
        ["bytes", .. figures.Rates.Select(rate => "SPI " + Rate(rate))],
        [.. figures.Sizes.Select(size => (string[])[Invariant.Grouped(size), .. figures.Rates.Select(rate => Time(figures.Copy(size, rate).Free))])]);

    private static FigureTable Pays(FpgaFigures figures) => new(
        "From which size on it pays",
        "Data beside the co-processor, against an ESP32's own copy. *Sooner*: the board knows of the end sooner than its own copy ends. "
        + $"*Less busy*: the selections take less than its own copy. Looked for to 64 bytes, up to {Quantity.Bytes(figures.Sizes.Max())}.",
        ["SPI", .. figures.Processors.SelectMany(processor => new[] { $"sooner, {processor.Name}", $"less busy, {processor.Name}" })],
        [.. figures.Rates.Select(rate => (string[])
            [
                Rate(rate),
                .. figures.Processors.Select(processor => figures.Pay(rate, processor)).SelectMany(pay => new[] { Size(pay.Known), Size(pay.Busy) }),
            ])]);

    private static FigureTable Writes(FpgaFigures figures) => new(
        "The other half: data that are on the board",
        "Until all of it is in the co-processor's memory, in frames of 4 KB; the board is busy for all of that time. "
        + "Checksums are not counted; more takes as much more. Beside it the processor's own copy.",
        ["bytes", .. figures.Rates.Select(rate => "SPI " + Rate(rate)), .. figures.Processors.Select(processor => "ESP32, " + processor.Name)],
        [.. figures.Writes.Select(write => write.Bytes).Distinct().Select(size => (string[])
            [
                Invariant.Grouped(size),
                .. figures.Rates.Select(rate => Time(figures.Write(size, rate).Known)),
                .. figures.Processors.Select(processor => Time(processor.Picoseconds(size))),
            ])]);

    private static FigureTable Mirrors(FpgaFigures figures) => new(
        "Writes that are mirrored on their way",
        "A write of the board, alone and with its region intercepted (written to a redundant place too, and marked in the dirty map): clocks from the frame's end to the "
        + "interrupt, and what the board waits longer for, at the rate of SPI at which that is most.",
        ["bytes", "clocks alone", "clocks mirrored", "the board waits longer for"],
        [.. figures.Mirrors.Select(mirror => (string[])
            [Invariant.Grouped(mirror.Bytes), Invariant.Grouped(mirror.Clocks), Invariant.Grouped(mirror.MirroredClocks), Time(mirror.BoardTime)])]);

    private static FigureTable Drivers(FpgaFigures figures) => new(
        "With the driver, interpreted",
        $"*Modelled*: the driver that ships with Tern, a client of it and the kernel between them, on a virtual board of the cost model's prices "
        + $"with SPI at {Rate(figures.DriverRate)}. "
        + "What a copy of 64 bytes keeps the board busy for, of it the driver's handlers (the wires included), and the size from which on the processor's own copy, "
        + "with the one crossing into the kernel that it takes, would keep the board busy for longer.",
        ["ESP32", "copies given at once", "board busy for a copy", "in the driver", "pays from"],
        [.. figures.Drivers.Select(driver => (string[])
            [
                driver.Processor.Name, Invariant.Of(driver.AtOnce), Time(driver.Board), Time(driver.Driver), $"{Invariant.Grouped(driver.PaysFrom)} B",
            ])]);

    private static string Range(int least, int most) => least == most ? Invariant.Of(least) : $"{Invariant.Of(least)} to {Invariant.Of(most)}";

    internal static string Listed(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
