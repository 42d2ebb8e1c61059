// Intercepted regions through the driver, on the model and on the RTL: what is written to a primary part stands in the redundant one and is marked, and
// nobody sees another one's marks.
using Tern.Kernel;
using Tern.Os.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaDriverRegions
{
    private const int Page = 4096;

    [TestMethod]
    [DataRow(FpgaCoreKind.Model)]
    [DataRow(FpgaCoreKind.Rtl)]
    public void WritesAreMirroredAndMarkedForTheirSessionAlone(FpgaCoreKind kind)
    {
        using EngineStory story = NewStory(kind);
        EngineBench bench = story.Bench;
        bench.Ok(bench.B, session => session.Intercept(2, 0, 8 * Page, 4 * Page, 8));
        bench.Ok(bench.B, session => session.Fill(0x11223344, 1000, 600));
        bench.Ok(bench.B, session => session.Fill(0, 8000, 1));
        bench.Ok(bench.A, session => session.Fill(-1, 0, 4 * Page));
        bench.Ok(bench.B, session => session.Compare(0, 8 * Page, 4 * Page));
        Assert.AreEqual("1:ok 2:ok 3:ok ", bench.Collect(bench.B));
        Assert.AreEqual(-1, bench.B.Value);

        // Granules of 256 bytes: 3 to 6 by the first, 31 by the second.
        Assert.AreEqual(0x80000078u, Marks(bench, bench.B, 2, true));
        Assert.AreEqual(0u, Marks(bench, bench.B, 2, false));
    }

    [TestMethod]
    [DataRow(FpgaCoreKind.Model)]
    [DataRow(FpgaCoreKind.Rtl)]
    public void TheNextOwnerOfARegionSeesNoMarks(FpgaCoreKind kind)
    {
        using EngineStory story = NewStory(kind);
        EngineBench bench = story.Bench;
        bench.Ok(bench.A, session => session.Intercept(0, 0, 8 * Page, 4 * Page, 8));
        bench.Ok(bench.A, session => session.Fill(-1, 0, 4 * Page));
        bench.Do(bench.A, env => env.Close(bench.A.Session));
        bench.Ok(bench.B, session => session.Intercept(0, 0, 8 * Page, 4 * Page, 8));
        Assert.AreEqual(0u, Marks(bench, bench.B, 0, false));
        bench.Ok(bench.B, session => session.Fill(-1, 256, 1));
        Assert.AreEqual(2u, Marks(bench, bench.B, 0, false));
        bench.Ok(bench.B, session => session.DirtyClear(0, 0, 8));
        Assert.AreEqual(0u, Marks(bench, bench.B, 0, false));
        Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.B, session => session.DirtyRead(0, 8192, false, 8, 0)));
        Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.B, session => session.DirtyRead(0, 8128, false, 16, 0)));
        Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.B, session => session.DirtyRead(0, 32, false, 8, 0)));
        Assert.AreEqual((int)Error.BadArgument, (int)bench.Ask(bench.B, session => session.DirtyRead(1, 0, false, 8, 0)));
    }

    [TestMethod]
    [DataRow(FpgaCoreKind.Model)]
    [DataRow(FpgaCoreKind.Rtl)]
    public void ARegionCountsFromTheNextJobOn(FpgaCoreKind kind)
    {
        using EngineStory story = NewStory(kind);
        EngineBench bench = story.Bench;
        bench.Do(bench.B, env =>
        {
            var session = new Tern.Os.CopyEngineSession(env, bench.B.Session);
            bench.B.Ask(env, session.Write(0, 0, 4 * Page));
            bench.B.Ask(env, session.Intercept(0, 0, 8 * Page, 4 * Page, 8));
            bench.B.Ask(env, session.Fill(-1, 512, 4));
            bench.B.Ask(env, session.EndIntercept(0));
            bench.B.Ask(env, session.Fill(-1, 1024, 4));
        });
        story.Finish();
        Assert.IsFalse(story.Wire.Core.Memory.Slice((128 * 1024) + (8 * Page), 512).ContainsAnyExcept((byte)0), "what was written before is mirrored");
        Assert.AreEqual((byte)0xff, story.Wire.Core.Memory[(128 * 1024) + (8 * Page) + 512]);
        Assert.AreEqual((byte)0, story.Wire.Core.Memory[(128 * 1024) + (8 * Page) + 1024]);
    }

    private static EngineStory NewStory(FpgaCoreKind kind)
        => new(kind == FpgaCoreKind.Model ? new FpgaModel(EngineStory.MemorySize) : new RtlCore(EngineStory.MemorySize), 3);

    private static uint Marks(EngineBench bench, EngineClient client, int region, bool clear)
    {
        bench.Ok(client, session => session.DirtyRead(region, 0, clear, 8, 0));
        bench.Collect(client);
        return (uint)bench.Read(client, 0);
    }
}
