// The generator is part of a seed's meaning: it must never change.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SeededRandomTests
{
    [TestMethod]
    public void ItIsXoshiro256StarStarSeededBySplitMix()
    {
        var random = new SeededRandom(0);
        Assert.AreEqual(0x99EC5F36CB75F2B4UL, random.NextUInt64());
        Assert.AreEqual(0xBF6E1F784956452AUL, random.NextUInt64());
        Assert.AreEqual(0x1A5F849D4933E6E0UL, random.NextUInt64());
    }

    [TestMethod]
    public void DerivedStreamsDependOnSeedAndNameOnly()
    {
        var random = new SeededRandom(7);
        ulong first = random.Derive("a").NextUInt64();
        random.NextUInt64();
        Assert.AreEqual(first, random.Derive("a").NextUInt64(), "drawing from a stream changes no other");
        Assert.AreNotEqual(first, random.Derive("b").NextUInt64());
        Assert.AreNotEqual(first, new SeededRandom(8).Derive("a").NextUInt64());
    }

    [TestMethod]
    public void BelowStaysBelowAndReachesEverything()
    {
        var random = new SeededRandom(3);
        var seen = new HashSet<long>();
        for (int i = 0; i < 1000; i++)
        {
            long drawn = random.Below(7);
            Assert.IsTrue(drawn is >= 0 and < 7);
            seen.Add(drawn);
        }

        Assert.HasCount(7, seen);
        Assert.AreEqual(0, random.Below(1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => random.Below(0));
    }

    [TestMethod]
    public void ChanceIsAboutAsOftenAsItSays()
    {
        var random = new SeededRandom(5);
        int happened = Enumerable.Range(0, 100_000).Count(_ => random.Chance(250_000));
        Assert.IsTrue(happened is > 24_000 and < 26_000, $"{happened} of 100,000");
        Assert.IsFalse(random.Chance(0));
        Assert.IsTrue(random.Chance(1_000_000));
    }
}
