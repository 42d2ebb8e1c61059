// Modelled time: the sum of what was done, to the picosecond.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class CostModelTests
{
    private static readonly CostModel Odd = new()
    {
        DispatchNanoseconds = 1000,
        CrossingNanoseconds = 100,
        AccessNanoseconds = 10,
        PageFaultNanoseconds = 5000,
        CopyBytePicoseconds = 333,
        HashBytePicoseconds = 1,
        StorageBytePicoseconds = 2_000_000,
    };

    [TestMethod]
    public void EachKindOfWorkHasItsPrice()
    {
        var clock = new VirtualClock(Odd);
        clock.Spend(Work.Dispatch, 1);
        clock.Spend(Work.Crossing, 3);
        clock.Spend(Work.Access, 5);
        clock.Spend(Work.PageFault, 1);
        clock.Spend(Work.StorageBytes, 2);
        Assert.AreEqual(1000 + 300 + 50 + 5000 + 4000, clock.Nanoseconds);
        Assert.AreEqual(clock.Nanoseconds, clock.BusyNanoseconds);
        Assert.AreEqual(5, clock.Amount(Work.Access));
    }

    [TestMethod]
    public void FractionsOfANanosecondAreNotLost()
    {
        var clock = new VirtualClock(Odd);
        for (int i = 0; i < 1000; i++)
        {
            clock.Spend(Work.CopyBytes, 1);
            clock.Spend(Work.HashBytes, 1);
        }

        Assert.AreEqual(334, clock.Nanoseconds);
    }

    [TestMethod]
    public void LargeCopiesDoNotOverflow()
    {
        var clock = new VirtualClock(Odd);
        clock.Spend(Work.StorageBytes, int.MaxValue);
        Assert.AreEqual(2000L * int.MaxValue, clock.Nanoseconds);
    }

    [TestMethod]
    public void EveryKindOfBoardPricesAllWorkAndHasBanksOfWholePages()
    {
        foreach (BoardKind kind in BoardKind.All)
        {
            foreach (Work work in Enum.GetValues<Work>())
            {
                Assert.IsGreaterThan(0, kind.Cost.PicosecondsOf(work), $"{kind.Name}: {work}");
            }

            BoardProfile profile = kind.NewProfile();
            Assert.AreEqual(kind.Memory, profile.MemorySize);
            Assert.IsTrue(profile.BankSizes.All(size => size > 0 && size % profile.PageSize == 0), kind.Name);
        }
    }

    [TestMethod]
    public void MemoryIsSplitIntoBanksThatTheKindCanHold()
    {
        BoardProfile profile = BoardKind.Find("esp32-psram")!.NewProfile(memory: 1_300_480, pageSize: 1024);
        CollectionAssert.AreEqual(new[] { 524_288, 524_288, 251_904 }, profile.BankSizes);
    }

    [TestMethod]
    public void TheDocumentedPricesAreThePrices()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Documents", "cost-model.md"));
        foreach (BoardKind kind in BoardKind.All)
        {
            string row = lines.Single(line => line.StartsWith($"| `{kind.Name}` |", StringComparison.Ordinal));
            long[] documented = [.. row.Split('|')[2..^1].Select(Picoseconds)];
            CollectionAssert.AreEqual(Enum.GetValues<Work>().Select(kind.Cost.PicosecondsOf).ToArray(), documented, kind.Name);
        }
    }

    private static long Picoseconds(string price)
    {
        string[] parts = price.Trim().Replace("/B", "").Split(' ');
        return (long)(decimal.Parse(parts[0]) * parts[1] switch { "ps" => 1, "ns" => 1_000, "µs" => 1_000_000, _ => throw new FormatException(price) });
    }
}
