// What RTCR hears from the driver comes in the order of the events: news may overtake the answer to a question that is older than they are.
using Tern.Os;

namespace Tern.Tests;

[TestClass]
public class CdmaNewsTests
{
    [TestMethod]
    public void NewsThatOvertakeTheAnswerThatNothingHasEndedAreNotForgotten()
    {
        CdmaBench bench = CdmaBench.Booted(CdmaBench.Sheep);
        bench.Engine.Completes = false;
        bench.Run(450);
        Assert.AreEqual(2, bench.Engine.Outstanding, "the copy and its way into the image" + bench.Log());

        bench.Engine.Holds = CopyEngineOperation.Collect;
        bench.Do(env => bench.Engine.Complete(1));
        bench.Do(env =>
        {
            bench.Engine.Holds = CopyEngineOperation.Collect;
            bench.Engine.Answer();
        });
        Assert.IsTrue(bench.Engine.IsAsked, "it asks for more" + bench.Log());
        bench.Do(env => bench.Engine.AnswerAfter(1));
        Assert.AreEqual(1, bench.Captured("sheep", "fpga"), bench.Log());
    }
}
