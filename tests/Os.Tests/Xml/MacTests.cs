namespace Tern.Os.Tests;

[TestClass]
public class MacTests
{
    [TestMethod]
    public void BothSpellingsNameOneAddress()
    {
        Is("52:54:00:12:34:56", 0x525400123456);
        Is("FF:ff:Ff:fF:00:9a", 0xFFFFFFFF009A);
        Is("57406533673528", 57406533673528);
        Is("0", 0);
        Is("281474976710655", Mac.Max);
    }

    [TestMethod]
    public void WhatIsNoMacIsRefused()
    {
        IsNot("");
        IsNot("52:54:00:12:34");
        IsNot("52:54:00:12:34:5");
        IsNot("52:54:00:12:34:567");
        IsNot("52-54-00-12-34-56");
        IsNot("52:54:00:12:34-56");
        IsNot("52:54:00:12:34:5g");
        IsNot("5:254:00:12:34:56");
        IsNot("281474976710656");
        IsNot("-1");
    }

    [TestMethod]
    public void FormatWritesSixOctets()
    {
        Assert.AreEqual("52:54:00:12:34:56", Mac.Format(0x525400123456));
        Assert.AreEqual("00:00:00:00:00:0a", Mac.Format(10));
        Assert.AreEqual("ff:ff:ff:ff:ff:ff", Mac.Format(-1));
    }

    private static void Is(string text, long expected)
    {
        Assert.IsTrue(Mac.TryParse(text, out long mac), text);
        Assert.AreEqual(expected, mac, text);
    }

    private static void IsNot(string text)
    {
        Assert.IsFalse(Mac.TryParse(text, out long mac), text);
        Assert.AreEqual(0L, mac, text);
    }
}
