namespace Tern.Os.Tests;

[TestClass]
public class NumbersTests
{
    [TestMethod]
    public void IntegersReachBothEndsOf64Bits()
    {
        Is("0", 0);
        Is("-0", 0);
        Is("007", 7);
        Is("57406533673528", 57406533673528);
        Is("9223372036854775807", long.MaxValue);
        Is("-9223372036854775808", long.MinValue);
        Is("0x1F", 31);
        Is("0xdeadBEEF", 0xDEADBEEF);
        Is("0x7fffffffffffffff", long.MaxValue);
        Is("-0x8000000000000000", long.MinValue);
    }

    [TestMethod]
    public void WhatIsNoIntegerIsRefused()
    {
        IsNot("");
        IsNot("-");
        IsNot("--1");
        IsNot("+1");
        IsNot("0x");
        IsNot("0xg");
        IsNot("1f");
        IsNot("1 ");
        IsNot(" 1");
        IsNot("1.0");
        IsNot("١");
        IsNot("9223372036854775808");
        IsNot("-9223372036854775809");
        IsNot("0x8000000000000000");
        IsNot("18446744073709551616");    // 2^64: zero, for who does not look
        IsNot("99999999999999999999999999999999");
        IsNot("9999999999999999999999999x");
    }

    [TestMethod]
    public void SizesAreMultipliedByTheirSuffix()
    {
        IsSize("0", 0);
        IsSize("4096", 4096);
        IsSize("4K", 4096);
        IsSize("10M", 10485760);
        IsSize("1G", 1L << 30);
        IsSize("0x10K", 16384);
        IsSize("8589934591G", 8589934591L << 30);
    }

    [TestMethod]
    public void WhatIsNoSizeIsRefused()
    {
        IsNoSize("");
        IsNoSize("K");
        IsNoSize("1k");
        IsNoSize("1T");
        IsNoSize("1KB");
        IsNoSize("1KK");
        IsNoSize("1 K");
        IsNoSize("-1");
        IsNoSize("-1K");
        IsNoSize("1.5M");
        IsNoSize("8589934592G");              // 2^63
        IsNoSize("17179869184G");             // 2^64
        IsNoSize("9223372036854775807K");
    }

    private static void Is(string text, long expected)
    {
        Assert.IsTrue(Numbers.TryParse(text, out long value), text);
        Assert.AreEqual(expected, value, text);
    }

    private static void IsNot(string text)
    {
        Assert.IsFalse(Numbers.TryParse(text, out long value), text);
        Assert.AreEqual(0L, value, text);
    }

    private static void IsSize(string text, long expected)
    {
        Assert.IsTrue(Numbers.TryParseSize(text, out long size), text);
        Assert.AreEqual(expected, size, text);
    }

    private static void IsNoSize(string text)
    {
        Assert.IsFalse(Numbers.TryParseSize(text, out long size), text);
        Assert.AreEqual(0L, size, text);
    }
}
