// What follows from the figures, in words. Every number and every "never" is taken from them.
using System.Globalization;

namespace Tern.HostEmulator;

internal static class FpgaConclusions
{
    /// <summary>How the paragraph begins that changes whenever the driver or the kernel does.</summary>
    internal const string DriverBegins = "Neither counts what the board";

    /// <summary>The sentences, a paragraph each.</summary>
    internal static IEnumerable<string> Of(FpgaFigures figures) =>
        [Sooner(figures), LessBusy(figures), Driver(figures), Largest(figures), Gap(figures), OnTheBoard(figures), Mirrored(figures)];

    private static string Sooner(FpgaFigures figures) =>
        "Data that lie beside the co-processor are copied sooner by it " + Against(figures, pay => pay.Known)
        + ". Below, the frames alone take longer than the processor's copy.";

    private static string LessBusy(FpgaFigures figures) =>
        "The processor is kept from other work for less " + Against(figures, pay => pay.Busy)
        + $": the frames of a copy of any size take {FpgaTables.Time(figures.Copies.Min(copy => copy.Busy))} to {FpgaTables.Time(figures.Copies.Max(copy => copy.Busy))}.";

    /// <summary>Against each processor: from which size on, at the slowest and at the fastest rate.</summary>
    private static string Against(FpgaFigures figures, Func<PayFigure, int?> size) => FpgaTables.Listed(figures.Processors.Select(processor =>
    {
        int? slow = size(figures.Pay(figures.Rates[0], processor));
        int? fast = size(figures.Pay(figures.Rates[^1], processor));
        string sizes = slow is null && fast is null
            ? $"at no size up to {Quantity.Bytes(figures.Sizes.Max())}"
            : $"from {FpgaTables.Size(fast)} (SPI at {FpgaTables.Rate(figures.Rates[^1])}) or {FpgaTables.Size(slow)} ({FpgaTables.Rate(figures.Rates[0])}) on";
        return $"{sizes} against {processor.Name}";
    }));

    private static string Largest(FpgaFigures figures)
    {
        int size = figures.Sizes.Max();
        OffloadedCopy copy = figures.Copy(size, figures.DriverRate);
        IEnumerable<string> own = figures.Processors.Select(processor => $"{FpgaTables.Time(processor.Picoseconds(size))} in {processor.Name}");
        return $"As far as the wires go, a copy of {Quantity.Bytes(size)} takes {FpgaTables.Time(copy.Known)} with SPI at {FpgaTables.Rate(copy.ClockHz)}, "
            + $"and the board computes for {FpgaTables.Time(copy.Free)} of it ({Invariant.Percent(copy.Free, copy.Known)}); its processor would be busy for {FpgaTables.Listed(own)}.";
    }

    private static string Gap(FpgaFigures figures)
    {
        OffloadedCopy slow = figures.Copies.First(copy => copy.ClockHz == figures.Rates[0]);
        OffloadedCopy fast = figures.Copies.First(copy => copy.ClockHz == figures.Rates[^1]);
        return $"A faster SPI gains little for copies: from {FpgaTables.Rate(slow.ClockHz)} to {FpgaTables.Rate(fast.ClockHz)} the board is busy for "
            + $"{Invariant.Percent(slow.Busy - fast.Busy, slow.Busy)} less, since at {FpgaTables.Rate(fast.ClockHz)} "
            + $"{Invariant.Percent(fast.Selections * SpiBus.GapPicoseconds, fast.Busy)} of that time is the assumed pause after each selection.";
    }

    private static string OnTheBoard(FpgaFigures figures)
    {
        ProcessorCopy slowest = figures.Processors.MaxBy(processor => processor.PicosecondsPerByte)!;
        OffloadedCopy[] sooner = [.. figures.Writes.Where(write => write.Known < slowest.Picoseconds(write.Bytes))];
        if (sooner.Length > 0)
        {
            return $"Data that are on the board go to the co-processor sooner than the processor copies them "
                + $"in {slowest.Name} from {Quantity.Bytes(sooner.Min(write => write.Bytes))} on.";
        }

        OffloadedCopy best = figures.Writes.Where(write => write.ClockHz == figures.Rates[^1]).MinBy(write => (double)write.Known / write.Bytes)!;
        long wire = FpgaLine.PicosecondsOf(1, best.ClockHz);
        string why = wire > slowest.PicosecondsPerByte
            ? $", and no size changes that: a byte takes {FpgaTables.Listed([$"{Nanoseconds(wire)} on the wire", .. figures.Processors.Select(InMemory)])}"
            : "";
        IEnumerable<string> times = figures.Processors.Select(processor =>
            $"{Ratio(best.Known, processor.Picoseconds(best.Bytes))} times as long as a copy in {processor.Name}");
        return $"Data that are on the board do not pay at any size measured: sending {Quantity.Bytes(best.Bytes)} with SPI at {FpgaTables.Rate(best.ClockHz)} takes "
            + $"{FpgaTables.Listed(times)}{why}. The processor is busy for all of it. The co-processor is for data that live beside it, "
            + "or that have to leave the board anyway.";
    }

    private static string Mirrored(FpgaFigures figures)
    {
        long clocks = figures.Mirrors.Max(mirror => mirror.MirroredClocks - mirror.Clocks);
        long wait = figures.Mirrors.Max(mirror => mirror.BoardTime);
        string more = clocks == 0 ? "no clock" : "at most " + Quantity.Count(clocks, "clock");
        string board = wait == 0 ? "the board does not wait longer" : $"the board waits up to {FpgaTables.Time(wait)} longer";
        return $"What has to go there anyway gets its redundant copy and its dirty marks on the way: {more} more for a write of up to "
            + $"{Quantity.Bytes(figures.Mirrors.Max(mirror => mirror.Bytes))}, and {board}.";
    }

    private static string Driver(FpgaFigures figures)
    {
        IEnumerable<string> boards = figures.Processors.Select(processor =>
        {
            DriverFigure one = figures.Drivers.First(driver => driver.Processor == processor);
            string beyond = one.PaysFrom > processor.Kind.Memory ? ", more than such a board has" : "";
            return $"one with {processor.Name} busy for {FpgaTables.Time(one.Board)} (it pays from {Quantity.Bytes(one.PaysFrom)} on{beyond})";
        });
        return $"{DriverBegins} computes to give a copy and to learn of its end. With the driver that ships with Tern and the cost model's prices "
            + $"of an interpreting ESP32 that is far more than the wires take: a copy of any size keeps {FpgaTables.Listed(boards)}. So what pays there is few and large copies, or a driver in native code.";
    }

    private static string InMemory(ProcessorCopy processor) => $"{Nanoseconds(processor.PicosecondsPerByte)} in {processor.Name}";

    private static string Nanoseconds(long picoseconds) => (picoseconds / 1000.0).ToString("0.#", CultureInfo.InvariantCulture) + " ns";

    private static string Ratio(long one, long other) => ((double)one / other).ToString("F1", CultureInfo.InvariantCulture);
}
