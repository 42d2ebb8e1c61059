// The co-processor reset or pulled at any selection of any story: each job that was taken ends once, done or gone, and afterwards all is as at the start.
using FsCheck;
using FsCheck.Fluent;
using Tern.Os.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDriverFaults
{
    private static Gen<EngineStep> Steps =>
        from client in Gen.Choose(0, 1)
        from kind in Gen.Choose(0, EngineStory.PlainKinds - 1)
        from x in Gen.Choose(0, 1 << 20)
        from y in Gen.Choose(0, 1 << 20)
        from length in Gen.Frequency((1, Gen.Choose(0, 300)), (2, Gen.Choose(0, 1 << 20)))
        select new EngineStep(client, kind, x, y, length);

    private static Gen<Case> Cases =>
        from steps in Gen.ArrayOf(Steps, 12)
        from after in Gen.ArrayOf(Steps, 12)
        from seed in Gen.Choose(1, int.MaxValue)
        from at in Gen.Choose(0, 100)
        from gone in Gen.Choose(1, 100)
        select new Case(steps, after, seed, at, gone);

    [TestMethod]
    public void ResetAtAnySelection() => Property.Holds(Cases, each => Run(each, false), 25);

    [TestMethod]
    public void PulledAtAnySelection() => Property.Holds(Cases, each => Run(each, true), 25);

    private static void Run(Case each, bool pulled)
    {
        using var story = new EngineStory(new FpgaModel(EngineStory.MemorySize), each.Seed);
        int first = story.Wire.Selections + each.At;
        bool happened = false;
        bool isOver = false;
        story.Wire.Before = number =>
        {
            if (number == first && !isOver)
            {
                happened = true;
                story.Wire.IsUnplugged = pulled;
                story.Wire.Reset();
            }

            story.Wire.IsUnplugged &= number < first + each.Gone;
        };
        story.Play(each.Steps);
        isOver = true;
        for (int who = 0; who < 2; who++)
        {
            Assert.IsTrue(story.Outcomes[who].Values.All(outcome => outcome.StartsWith("ok", StringComparison.Ordinal) || outcome == "server gone=0"),
                string.Join(' ', story.Outcomes[who]));
        }

        while (story.Wire.IsUnplugged)
        {
            story.Bench.Board.Run(1000);
        }

        story.BeginAnew();
        foreach (EngineClient client in new[] { story.Client(0), story.Client(1) })
        {
            story.Bench.Ok(client, session => session.Info());
            Assert.IsTrue(client.Words[1] > 1 || !happened, "the loss was not counted");
        }

        story.Play(each.After);
        story.Compare();
    }

    private sealed record Case(EngineStep[] Steps, EngineStep[] After, int Seed, int At, int Gone);
}
