// The tables of checkpoints with and without the co-processor. They hold figures and say what they are; what follows is CdmaConclusions' business.
namespace Tern.HostEmulator;

internal static class CdmaTables
{
    /// <summary>All tables, in the order in which a page tells them.</summary>
    internal static IEnumerable<FigureTable> All(CdmaFigures figures) => [Stops(figures), Works(figures), Ticks(figures), Frames(figures), Memory(figures)];

    /// <summary>A number of changed pages, in words.</summary>
    internal static string Changed(int pages) => Quantity.Count(pages, "page") + " changed";

    /// <summary>Bytes of the board's memory that hold the target's data: all of them, or the driver's frames.</summary>
    internal static long DataOnBoard(CdmaPair pair, bool isOffloaded) => isOffloaded ? CdmaBoard.Frames * CdmaBoard.Page : pair.Processor.ImageBytes;

    /// <summary>Bytes of the board's memory that RTCR keeps for images.</summary>
    internal static long Images(CdmaPair pair, bool isOffloaded) => (long)CdmaBoard.Images(isOffloaded) * CdmaBoard.ImageSize(pair.Case.Bytes);

    private static FigureTable Stops(CdmaFigures figures) => new(
        "For how long the target is held",
        "By the size of the recorder's ring and the pages of it that change between two checkpoints: the processor copies (P), the "
        + "co-processor copies (C).",
        ["ring", .. figures.Pages.SelectMany(pages => new[] { $"P, {Changed(pages)}", $"C, {Changed(pages)}" })],
        [.. figures.Sizes.Select(size => (string[])
            [
                Quantity.Size(size),
                .. figures.Pages.Select(pages => figures.Find(size, pages))
                    .SelectMany(pair => new[] { Quantity.Time(pair?.Processor.Stop), Quantity.Time(pair?.Coprocessor.Stop) }),
            ])]);

    private static FigureTable Works(CdmaFigures figures) => new(
        "Until the image is complete, and who has the processor",
        "*Whole*: from the checkpoint's begin until its image is on the board and sealed. *Work*: of that, what RTCR and the driver take of "
        + "the processor, SPI transfers "
        + "included. *Free*: the rest, which the target or anybody else can have. *Longest*: the longest handler of RTCR or the driver, in "
        + "which nobody else runs.",
        ["ring", "pages changed", "P: whole", "P: work", "P: free", "P: longest", "C: whole", "C: work", "C: free", "C: longest"],
        [.. figures.Pairs.Select(pair => (string[])
            [
                Quantity.Size(pair.Case.Bytes), Invariant.Of(pair.Case.Pages),
                .. Work(pair.Processor), .. Work(pair.Coprocessor),
            ])]);

    private static string[] Work(CheckpointCost cost) =>
        [Quantity.Time(cost.Whole), Quantity.Time(cost.Work), Invariant.Percent(cost.Free, cost.Whole), Quantity.Time(cost.LongestHandler)];

    private static FigureTable Ticks(CdmaFigures figures) => new(
        "What it costs the target to live beside the co-processor",
        "A tick of the recorder, from its dispatch to its end: on average, and the longest. It writes a record to each of the pages; after a "
        + "checkpoint the first write to each is a "
        + "page fault.",
        ["ring", "pages changed", "P: average", "P: longest", "C: average", "C: longest"],
        [.. figures.Pairs.Select(pair => (string[])
            [
                Quantity.Size(pair.Case.Bytes), Invariant.Of(pair.Case.Pages),
                .. new[] { pair.Processor, pair.Coprocessor }.SelectMany(cost => new[] { Quantity.Time(cost.Tick), Quantity.Time(cost.LongestTick) }),
            ])]);

    private static FigureTable Frames(CdmaFigures figures) => new(
        "When the driver has few frames",
        $"A ring of {Quantity.Size(figures.Frames[0].Case.Bytes)}, {Changed(figures.Frames[0].Case.Pages)}, beside the co-processor: at each tick as many pages are touched, and one "
        + "with the recorder's own state.",
        ["frames", "stop", "whole", "tick: average", "tick: longest"],
        [.. figures.Frames.Select(figure => (string[])
            [
                Invariant.Of(figure.Case.Frames), Quantity.Time(figure.Cost.Stop), Quantity.Time(figure.Cost.Whole),
                Quantity.Time(figure.Cost.Tick), Quantity.Time(figure.Cost.LongestTick),
            ])]);

    private static FigureTable Memory(CdmaFigures figures) => new(
        "The board's memory",
        "What the target's data take there: with the processor an image's worth, with the co-processor the driver's "
        + $"{Invariant.Of(CdmaBoard.Frames)} frames. Then what RTCR keeps for "
        + $"images: {Invariant.Of(CdmaBoard.Images(isOffloaded: false))}, or {Invariant.Of(CdmaBoard.Images(isOffloaded: true))} with the "
        + "co-processor.",
        ["ring", "P: data", "C: data", "P: images", "C: images", "P: together", "C: together"],
        [.. figures.Of(figures.Pages[0]).Select(pair => (string[])
            [
                Quantity.Size(pair.Case.Bytes),
                .. new Func<CdmaPair, bool, long>[] { DataOnBoard, Images, Together }.SelectMany(bytes => new[] { bytes(pair, false), bytes(pair, true) }).Select(Invariant.Grouped),
            ])]);

    private static long Together(CdmaPair pair, bool isOffloaded) => DataOnBoard(pair, isOffloaded) + Images(pair, isOffloaded);
}
