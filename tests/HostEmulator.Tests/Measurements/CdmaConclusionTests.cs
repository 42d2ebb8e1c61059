// What is concluded from figures of checkpoints, on figures made up so that everybody can follow: the words follow the numbers either way.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class CdmaConclusionTests
{
    private const long Millisecond = 1_000_000;
    private const int Kilo = 1024;

    [TestMethod]
    public void ASizePaysOnlyIfAllLargerOnesDo()
    {
        Assert.AreEqual(128 * Kilo, CdmaConclusions.From([Pair(16, 1, 1, 2), Pair(64, 1, 3, 3), Pair(128, 1, 3, 2), Pair(256, 1, 5, 2)]));
        Assert.AreEqual(256 * Kilo, CdmaConclusions.From([Pair(64, 1, 5, 3), Pair(128, 1, 2, 3), Pair(256, 1, 5, 2)]));
        Assert.IsNull(CdmaConclusions.From([Pair(64, 1, 5, 3), Pair(128, 1, 2, 2)]));
    }

    [TestMethod]
    public void WhereItDoesNotPayTheWordsSayAtWhichSizeItWould()
    {
        // 1 ms for each 16K by the processor; 10 ms a page by the co-processor.
        CdmaPair[] pairs = [Pair(16, 1, 1, 10), Pair(160, 1, 10, 10), Pair(176, 1, 11, 10), Pair(16, 4, 1, 40), Pair(176, 4, 11, 40)];
        string text = Text(pairs);
        Assert.Contains("from 176K on with 1 page changed and at no size measured up to 176K with 4 pages changed", text);
        Assert.Contains("250.0 µs for each page of 4,096 B, and 0 ns more for one that has changed", text);
        Assert.Contains("10.00 ms for each: as long as the processor takes to copy 40 pages", text);
        Assert.Contains("the stops would be equal at 640K with 4 pages changed", text);
        Assert.Contains("In 1 case of 5 the processor is at work for a checkpoint for less time", text);
    }

    [TestMethod]
    public void WhereNothingIsGainedTheWordsSayThat()
    {
        string text = Text([Pair(16, 1, 1, 2), Pair(160, 1, 2, 3), Pair(16, 2, 1, 4), Pair(160, 2, 2, 4)]);
        Assert.Contains("at no size measured up to 160K with 1 page changed and at no size measured up to 160K with 2 pages changed", text);
        Assert.Contains("At no size is the processor at work for a checkpoint for less time", text);
    }

    [TestMethod]
    public void WhereItPaysTheWordsSayThat()
    {
        string text = Text([Pair(16, 1, 10, 2), Pair(160, 1, 20, 2), Pair(16, 2, 10, 3), Pair(160, 2, 20, 3)]);
        Assert.Contains("from 16K on with 1 page changed and from 16K on with 2 pages changed", text);
        Assert.Contains("At the largest size the stop is shorter for every number of changed pages measured.", text);
        Assert.Contains("At every size the processor is at work for a checkpoint for less time", text);
        Assert.DoesNotContain("at no size", text);
    }

    [TestMethod]
    public void WhereFramesDoNotSufficeTheWordsSayFromWhichNumberOn()
    {
        Assert.Contains("a tick takes 3.000 ms on average with 5 frames and 9.000 ms with 4, and the image is complete after 7.000 ms instead of 6.000 ms",
            Text(Few, Frames((8, 2, 6), (5, 3, 6), (4, 9, 7), (3, 90, 8))));
        Assert.Contains("4 frames of the driver's are enough for 1 page changed.", Text(Few, Frames((8, 2, 6), (4, 4, 6))));
    }

    private static CdmaPair[] Few => [Pair(16, 1, 1, 2), Pair(160, 1, 2, 3), Pair(16, 2, 1, 4), Pair(160, 2, 2, 4)];

    private static string Text(CdmaPair[] pairs) => Text(pairs, Frames((8, 2, 6)));

    private static string Text(CdmaPair[] pairs, FrameFigure[] frames) =>
        string.Join('\n', CdmaConclusions.Of(new CdmaFigures { Core = "model", Pairs = pairs, Frames = frames }));

    /// <summary>Figures of numbers of frames, with the average tick and the whole time in milliseconds.</summary>
    private static FrameFigure[] Frames(params (int Frames, long Tick, long Whole)[] figures) => [.. figures.Select(figure => new FrameFigure(
        new CdmaCase(64 * Kilo, 1, figure.Frames), Cost(1, 64) with { Tick = figure.Tick * Millisecond, Whole = figure.Whole * Millisecond }))];

    /// <summary>A pair with stops in milliseconds; each works for twice its stop.</summary>
    private static CdmaPair Pair(int kilobytes, int pages, long own, long other) =>
        new(new CdmaCase(kilobytes * Kilo, pages), Cost(own, kilobytes), Cost(other, kilobytes));

    private static CheckpointCost Cost(long stop, int kilobytes) => new(
        stop * Millisecond, 3 * stop * Millisecond, 2 * stop * Millisecond, stop * Millisecond, kilobytes * Kilo, Millisecond, 2 * Millisecond);
}
