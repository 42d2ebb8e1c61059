// Figures for people.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class QuantityTests
{
    [TestMethod]
    [DataRow(null, "-")]
    [DataRow(0L, "0 ns")]
    [DataRow(999L, "999 ns")]
    [DataRow(1_000L, "1.000 µs")]
    [DataRow(12_345L, "12.35 µs")]
    [DataRow(123_456_789L, "123.5 ms")]
    [DataRow(60_000_000_000L, "60.00 s")]
    [DataRow(86_400_000_000_000L, "86400 s")]
    public void TimesHaveFourDigits(long? nanoseconds, string text) => Assert.AreEqual(text, Quantity.Time(nanoseconds));

    [TestMethod]
    [DataRow(0L, "0")]
    [DataRow(1000L, "1000")]
    [DataRow(512L * 1024, "512K")]
    [DataRow(232L * 1024 * 1024, "232M")]
    [DataRow(1L << 30, "1G")]
    public void SizesAreWrittenAsInConfigurations(long bytes, string text) => Assert.AreEqual(text, Quantity.Size(bytes));

    [TestMethod]
    public void BytesAndCountsAreGrouped()
    {
        Assert.AreEqual("1,234,567 B", Quantity.Bytes(1_234_567));
        Assert.AreEqual("-", Quantity.Bytes(null));
        Assert.AreEqual("1 target", Quantity.Count(1, "target"));
        Assert.AreEqual("2,000 targets", Quantity.Count(2000, "target"));
    }
}
