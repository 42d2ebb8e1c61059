// Where something begins to pay, found among measured sizes and between two of them.
using FsCheck.Fluent;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class BreakEvenTests
{
    private const int Step = 64;
    private static readonly int[] Sizes = [.. Enumerable.Range(0, 15).Select(power => Step << power)];

    [TestMethod]
    public void ItIsTheFirstStepAtWhichItPays() => Property.Holds(
        Gen.Choose(Sizes[0] + 1, Sizes[^1]),
        threshold => Assert.AreEqual((threshold + Step - 1) / Step * Step, BreakEven.Find(Sizes, Step, size => size >= threshold)));

    [TestMethod]
    public void WhatNeverPaysHasNoSize() => Assert.IsNull(BreakEven.Find(Sizes, Step, _ => false));

    [TestMethod]
    public void WhatAlwaysPaysDoesSoFromTheSmallestOn() => Assert.AreEqual(Sizes[0], BreakEven.Find(Sizes, Step, _ => true));

    [TestMethod]
    public void WhatPaysOnlyInBetweenDoesNotPay()
    {
        Assert.IsNull(BreakEven.Find(Sizes, Step, size => size is > 1000 and < 100_000), "it must pay at the largest size");
        Assert.AreEqual(8192, BreakEven.Find(Sizes, Step, size => size is 256 or >= 8192), "and at each from there on");
    }

    [TestMethod]
    public void NothingIsAskedBeyondTheMeasuredSizes()
    {
        var asked = new List<int>();
        BreakEven.Find(Sizes, Step, size =>
        {
            asked.Add(size);
            return size >= 5000;
        });
        Assert.IsTrue(asked.All(size => size % Step == 0 && size >= Sizes[0] && size <= Sizes[^1]));
    }
}
