// The timers' heap against a sorted list.
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class TimerQueueTests
{
    [TestMethod]
    public void TimersFireByDeadlineAndAmongEqualsInTheOrderOfArming()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Dice.Seeds, seed =>
        {
            var dice = new Dice(seed);
            var queue = new TimerQueue(20);
            var model = new List<(int Timer, long Deadline)>();
            for (int step = 0; step < 200; step++)
            {
                int timer = dice.Roll(20);
                switch (dice.Roll(4))
                {
                    case 0:
                        queue.Cancel(timer);
                        model.RemoveAll(armed => armed.Timer == timer);
                        break;
                    case 1:
                        long now = dice.Roll(30);
                        int due = queue.Due(now);
                        Assert.AreEqual(model.Count > 0 && model.Min(armed => armed.Deadline) <= now, due >= 0);
                        if (due >= 0)
                        {
                            // Stable: the first armed of those with the soonest deadline.
                            Assert.AreEqual(model.OrderBy(armed => armed.Deadline).First().Timer, due);
                            model.RemoveAll(armed => armed.Timer == due);
                            queue.Cancel(due);
                        }

                        break;
                    default:
                        long deadline = dice.Roll(30);
                        queue.Arm(timer, deadline);
                        model.RemoveAll(armed => armed.Timer == timer);
                        model.Add((timer, deadline));
                        break;
                }

                Assert.IsTrue(queue.IsSound());
                Assert.AreEqual(model.Any(armed => armed.Timer == timer), queue.IsArmed(timer));
                Assert.AreEqual(model.Count == 0 ? long.MaxValue : model.Min(armed => armed.Deadline), queue.Next);
            }
        }));
}
