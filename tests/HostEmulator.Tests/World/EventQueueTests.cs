// The queue of events against a sorted list: schedule, move, cancel and take in any order.
using FsCheck.Fluent;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class EventQueueTests
{
    [TestMethod]
    public void EventsComeInTheOrderOfTimeThenTie() => Property.Holds(Gen.ArrayOf(Gen.Choose(0, 3000)), commands =>
    {
        var queue = new EventQueue(new SeededRandom(1));
        Mark[] events = [.. Enumerable.Range(0, 40).Select(_ => new Mark())];
        var model = new List<Mark>();
        foreach (int command in commands)
        {
            Mark e = events[command % events.Length];
            if (command % 5 == 0)
            {
                queue.Cancel(e);
                model.Remove(e);
            }
            else if (command % 7 == 0 && model.Count > 0)
            {
                Mark first = model.Order(Comparer<Mark>.Create((a, b) => a.IsBefore(b) ? -1 : b.IsBefore(a) ? 1 : 0)).First();
                Assert.AreSame(first, queue.Take());
                model.Remove(first);
            }
            else
            {
                queue.Schedule(e, command / 100);
                model.Remove(e);
                model.Add(e);
            }

            Assert.AreEqual(model.Count, queue.Count);
            Assert.IsTrue(events.All(mark => mark.IsScheduled == model.Contains(mark)));
        }

        long last = -1;
        while (queue.First is { } next)
        {
            Assert.AreSame(next, queue.Take());
            Assert.IsGreaterThanOrEqualTo(last, next.Time);
            last = next.Time;
        }
    });

    private sealed class Mark : WorldEvent
    {
        protected internal override void Fire()
        {
        }
    }
}
