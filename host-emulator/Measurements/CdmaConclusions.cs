// What follows from the figures of checkpoints with and without the co-processor, in words. Every number and every "never" is taken from them.
using System.Globalization;

namespace Tern.HostEmulator;

internal static class CdmaConclusions
{
    /// <summary>The sentences, a paragraph each.</summary>
    internal static IEnumerable<string> Of(CdmaFigures figures) =>
        [Shorter(figures), Slopes(figures), Beyond(figures), Held(figures), Whole(figures), Work(figures), Ticks(figures), Frames(figures), Memory(figures)];

    private static string Shorter(CdmaFigures figures)
    {
        IEnumerable<string> sizes = figures.Pages.Select(pages =>
        {
            CdmaPair[] pairs = figures.Of(pages);
            int? from = From(pairs);
            string where = from is { } size ? $"from {Quantity.Size(size)} on" : $"at no size measured up to {Quantity.Size(pairs[^1].Case.Bytes)}";
            return $"{where} with {CdmaTables.Changed(pages)}";
        });
        return $"A checkpoint holds its target for a shorter time when the co-processor copies: {FpgaTables.Listed(sizes)}.";
    }

    /// <summary>The smallest measured size from which on the stop is shorter; <c>null</c> for none.</summary>
    internal static int? From(CdmaPair[] pairs)
    {
        int first = pairs.Length;
        while (first > 0 && pairs[first - 1].Coprocessor.Stop < pairs[first - 1].Processor.Stop)
        {
            first--;
        }

        return first == pairs.Length ? null : pairs[first].Case.Bytes;
    }

    private static string Slopes(CdmaFigures figures)
    {
        CdmaPair[] few = figures.Of(figures.Pages[0]);
        CdmaPair many = figures.Of(figures.Pages[^1])[^1];
        int pages = many.Case.Pages - few[^1].Case.Pages;
        double changed = (double)(many.Coprocessor.Stop - few[^1].Coprocessor.Stop) / pages;
        double changedOwn = (double)(many.Processor.Stop - few[^1].Processor.Stop) / pages;
        return $"The processor's stop rises with the target's size: {Time(PerPage(few))} for each page of {Quantity.Bytes(CdmaBoard.Page)}, "
            + $"and {Time(changedOwn)} more for one that has changed. The "
            + $"co-processor's does not: with {CdmaTables.Changed(few[0].Case.Pages)} it is "
            + $"{Quantity.Time(few.Min(pair => pair.Coprocessor.Stop))} to "
            + $"{Quantity.Time(few.Max(pair => pair.Coprocessor.Stop))}, whatever the size. But each page that has changed since the last "
            + "checkpoint is written back over the bus while the target "
            + $"is held, {Time(changed)} for each: as long as the processor takes to copy {Number(changed / PerPage(few))} pages.";
    }

    /// <summary>Where the stops would be equal if the processor's went on rising as it does; nothing when they are at every measured number of pages.</summary>
    private static string Beyond(CdmaFigures figures)
    {
        CdmaPair[] few = figures.Of(figures.Pages[0]);
        CdmaPair[][] not = [.. figures.Pages.Select(figures.Of).Where(pairs => From(pairs) is null)];
        IEnumerable<string> sizes = not.Select(pairs =>
        {
            CdmaPair largest = pairs[^1];
            double more = (largest.Coprocessor.Stop - largest.Processor.Stop) / PerPage(few) * CdmaBoard.Page;
            return $"{Quantity.Size((long)Math.Ceiling((largest.Case.Bytes + more) / 1024) * 1024)} with {CdmaTables.Changed(largest.Case.Pages)}";
        });
        return not.Length == 0 ? "At the largest size the stop is shorter for every number of changed pages measured."
            : $"By that slope, not measured, the stops would be equal at {FpgaTables.Listed(sizes)}. On this kind of board a dataspace and "
                + "its image end at "
                + $"{Quantity.Size(BoardKind.Find(CdmaBoard.Kind)!.LargestBank)}.";
    }

    /// <summary>How much longer the processor's stop is for each page of the target.</summary>
    private static double PerPage(CdmaPair[] pairs) =>
        (double)(pairs[^1].Processor.Stop - pairs[0].Processor.Stop) * CdmaBoard.Page / (pairs[^1].Case.Bytes - pairs[0].Case.Bytes);

    private static string Whole(CdmaFigures figures)
    {
        CdmaPair pair = Largest(figures);
        string when = pair.Coprocessor.Whole > pair.Processor.Whole ? "later" : "no later";
        return $"The image is complete {when}: for a ring of {Quantity.Size(pair.Case.Bytes)} with {CdmaTables.Changed(pair.Case.Pages)} after "
            + $"{Quantity.Time(pair.Coprocessor.Whole)} instead of "
            + $"{Quantity.Time(pair.Processor.Whole)}, {Ratio(pair.Coprocessor.Whole, pair.Processor.Whole)} times as long. All of it is read "
            + "back over the bus, every frame's checksum is "
            + "computed on the board, and only then is it sealed as the other is.";
    }

    private static string Held(CdmaFigures figures)
    {
        CdmaPair pair = Largest(figures);
        return "The stop is not all that the target waits for: a handler runs to its end, and an image is sealed in one. With the processor "
            + "that handler copies as well and takes "
            + $"{Quantity.Time(pair.Processor.LongestHandler)} for a ring of {Quantity.Size(pair.Case.Bytes)}; with the co-processor the "
            + $"longest takes {Quantity.Time(pair.Coprocessor.LongestHandler)}, "
            + "in which the image is put into its place and sealed. A tick that falls due then comes that much later, with either.";
    }

    private static string Work(CdmaFigures figures)
    {
        CdmaPair pair = Largest(figures);
        CdmaPair[] relieved = [.. figures.Pairs.Where(one => one.Coprocessor.Work < one.Processor.Work)];
        string verdict = relieved.Length == 0 ? "At no size is the processor at work for a checkpoint for less time"
            : relieved.Length == figures.Pairs.Count ? "At every size the processor is at work for a checkpoint for less time"
            : $"In {Quantity.Count(relieved.Length, "case")} of {Invariant.Of(figures.Pairs.Count)} the processor is at work for a checkpoint "
                + "for less time";
        long most = figures.Pairs.Max(one => one.Coprocessor.Free);
        return $"{verdict} when the co-processor copies: for {Quantity.Size(pair.Case.Bytes)} it is {Quantity.Time(pair.Coprocessor.Work)} "
            + $"instead of {Quantity.Time(pair.Processor.Work)}. "
            + $"It is free for {Percent(figures.Pairs.Min(FreeShare))} to {Percent(figures.Pairs.Max(FreeShare))} of the whole time "
            + $"({Quantity.Time(most)} at most): the copy within the co-processor's memory is quick, "
            + "and the transfers that bring it to the board keep the processor waiting. That is done in many handlers, between which the "
            + "target's own come in.";
    }

    private static string Ticks(CdmaFigures figures)
    {
        CdmaPair few = figures.Of(figures.Pages[0])[^1];
        CdmaPair many = figures.Of(figures.Pages[^1])[^1];
        return $"The target pays as well: on average a tick takes {Quantity.Time(few.Coprocessor.Tick)} instead of "
            + $"{Quantity.Time(few.Processor.Tick)} with {CdmaTables.Changed(few.Case.Pages)}, "
            + $"{Quantity.Time(many.Coprocessor.Tick)} instead of {Quantity.Time(many.Processor.Tick)} with {Invariant.Of(many.Case.Pages)}, "
            + "and the longest, after a checkpoint, "
            + $"{Quantity.Time(many.Coprocessor.LongestTick)} instead of {Quantity.Time(many.Processor.LongestTick)}.";
    }

    /// <summary>Where having fewer frames makes a tick more than twice as long.</summary>
    private static string Frames(CdmaFigures figures)
    {
        FrameFigure[] by = [.. figures.Frames];
        int few = Array.FindIndex(by, figure => figure.Cost.Tick > 2 * by[0].Cost.Tick);
        if (few < 0)
        {
            return $"{Quantity.Count(by[^1].Case.Frames, "frame")} of the driver's are enough for {CdmaTables.Changed(by[0].Case.Pages)}.";
        }

        return "What the target touches again and again has to fit into the driver's frames: with "
            + $"{CdmaTables.Changed(by[0].Case.Pages)} a tick takes {Quantity.Time(by[few - 1].Cost.Tick)} on average with "
            + $"{Quantity.Count(by[few - 1].Case.Frames, "frame")} and {Quantity.Time(by[few].Cost.Tick)} with {Invariant.Of(by[few].Case.Frames)}, "
            + $"and the image is complete after {Quantity.Time(by[few].Cost.Whole)} instead of {Quantity.Time(by[few - 1].Cost.Whole)}.";
    }

    private static string Memory(CdmaFigures figures)
    {
        CdmaPair[] pairs = figures.Of(figures.Pages[0]);
        CdmaPair large = pairs[^1];
        CdmaPair[] less = [.. pairs.Where(pair => Saved(pair) > 0)];
        string images = less.Length == pairs.Length ? "With the images that RTCR keeps it is less at every size"
            : less.Length == 0 ? $"But RTCR keeps {Invariant.Of(CdmaBoard.Images(true))} images on the board instead of "
                + $"{Invariant.Of(CdmaBoard.Images(false))}, so altogether it is more at every size"
            : $"With the images that RTCR keeps it is less from {Quantity.Size(less[0].Case.Bytes)} on";
        return $"The target's data take {Quantity.Bytes(CdmaTables.DataOnBoard(large, true))} of the board's memory, however large they are, "
            + "instead of up to "
            + $"{Quantity.Bytes(CdmaTables.DataOnBoard(large, false))}. {images}.";
    }

    private static long Saved(CdmaPair pair) =>
        CdmaTables.DataOnBoard(pair, false) + CdmaTables.Images(pair, false) - CdmaTables.DataOnBoard(pair, true) - CdmaTables.Images(pair, true);

    /// <summary>The largest ring, with the fewest pages changed.</summary>
    private static CdmaPair Largest(CdmaFigures figures) => figures.Of(figures.Pages[0])[^1];

    private static string Time(double nanoseconds) => Quantity.Time((long)Math.Round(nanoseconds));

    private static double FreeShare(CdmaPair pair) => (double)pair.Coprocessor.Free / pair.Coprocessor.Whole;

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + "%";

    private static string Number(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static string Ratio(long one, long other) => ((double)one / other).ToString("F1", CultureInfo.InvariantCulture);
}
