// Whatever two clients ask for, and however bad the wire: every job is done once, in its client's order, in its client's memory and nowhere else.
using FsCheck;
using FsCheck.Fluent;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDriverProperties
{
    private static Gen<EngineStep> Steps =>
        from client in Gen.Choose(0, 1)
        from kind in Gen.Choose(0, EngineStory.Kinds - 1)
        from x in Gen.Choose(0, 1 << 20)
        from y in Gen.Choose(0, 1 << 20)
        from length in Gen.Frequency((3, Gen.Choose(0, 300)), (2, Gen.Choose(0, 1 << 20)))
        select new EngineStep(client, kind, x, y, length);

    private static Gen<Case> Cases =>
        from steps in Gen.ArrayOf(Steps, 40)
        from seed in Gen.Choose(1, int.MaxValue)
        select new Case(steps, seed);

    [TestMethod]
    public void EveryJobIsDoneOnceAndInOrderOnAGoodWire() => Property.Holds(Cases, each =>
    {
        using var story = new EngineStory(new FpgaModel(EngineStory.MemorySize), each.Seed);
        story.Play(each.Steps);
        story.Compare();
    }, 20);

    [TestMethod]
    public void EveryJobIsDoneOnceAndInOrderOnABadWire() => Property.Holds(Cases, each =>
    {
        using var story = new EngineStory(new FpgaModel(EngineStory.MemorySize), each.Seed);
        story.Wire.FlipsPerMillion = 40;
        story.Wire.CutsPerThousand = 100;
        story.Wire.LostPercent = 30;
        story.Play(each.Steps);
        story.Wire.FlipsPerMillion = 0;
        story.Wire.CutsPerThousand = 0;
        story.Compare();
    }, 20);

    [TestMethod]
    public void EveryJobIsDoneOnceAndInOrderOnTheRtl() => Property.Holds(Cases, each =>
    {
        using var story = new EngineStory(new RtlCore(EngineStory.MemorySize, new RtlOptions { BackPressure = 20, Seed = (ulong)each.Seed }), each.Seed);
        story.Wire.FlipsPerMillion = 10;
        story.Wire.LostPercent = 10;
        story.Play(each.Steps);
        story.Wire.FlipsPerMillion = 0;
        story.Compare();
    }, 4);

    private sealed record Case(EngineStep[] Steps, int Seed);
}
