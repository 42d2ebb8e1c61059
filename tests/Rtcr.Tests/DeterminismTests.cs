// The same state always gives the same bytes.
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class DeterminismTests
{
    [TestMethod]
    public void EveryStateGivesTheSameBytesOnBoardsWithTheSamePast()
    {
        State[] states = StateTable.All();
        for (int i = 0; i < states.Length; i++)
        {
            if (states[i].At > 0 && !states[i].Unborn)
            {
                byte[] first = StateBench.ImageOf(states[i].Name);
                byte[] second = StateBench.ImageOf(states[i].Name);
                Assert.AreEqual("", Difference(first, second, 0), states[i].Name);
            }
        }
    }

    [TestMethod]
    public void ACheckpointLeavesNoTraceInTheNext()
    {
        RtcrBench bench = StateBench.Started(new Collector(), false, 150);
        byte[] first = null!;
        byte[] second = null!;
        bench.Do(env =>
        {
            first = bench.CheckpointHere(env);
            second = bench.CheckpointHere(env);
        });

        // Only the number of the checkpoint differs, and so the code at the end.
        Assert.AreEqual(1, ImageSeal.Get(second, ImageFormat.CommitAt) - ImageSeal.Get(first, ImageFormat.CommitAt));
        ImageSeal.Put(second, ImageFormat.CommitAt, ImageSeal.Get(first, ImageFormat.CommitAt));
        Assert.AreEqual("", Difference(first, second, ImageFormat.TrailerSize));
    }

    private static string Difference(byte[] first, byte[] second, int ignoredAtEnd)
    {
        if (first.Length != second.Length)
        {
            return first.Length + " and " + second.Length + " bytes";
        }

        for (int i = 0; i < first.Length - ignoredAtEnd; i++)
        {
            if (first[i] != second[i])
            {
                return "byte " + i;
            }
        }

        return "";
    }
}
