namespace Tern.Os.Tests;

[TestClass]
public class Ip4Tests
{
    [TestMethod]
    public void AddressesAreInHostOrder()
    {
        Is("0.0.0.0", 0);
        Is("10.0.0.1", 0x0A000001);
        Is("127.0.0.1", 0x7F000001);
        Is("192.168.100.9", unchecked((int)0xC0A86409));
        Is("255.255.255.255", -1);
    }

    [TestMethod]
    public void WhatIsNoAddressIsRefused()
    {
        IsNot("");
        IsNot("10");
        IsNot("10.0.0");
        IsNot("10.0.0.");
        IsNot(".10.0.0");
        IsNot("10..0.1");
        IsNot("10.0.0.1.");
        IsNot("10.0.0.1.2");
        IsNot("10.0.0.256");
        IsNot("256.0.0.1");
        IsNot("10.0.0.4294967297");
        IsNot("10.0.0.01");
        IsNot("10.0.0.-1");
        IsNot("10.0.0.0x1");
        IsNot("10.0.0.1 ");
        IsNot("10.0.0.1/24");
    }

    [TestMethod]
    public void NetworksHaveAPrefix()
    {
        Assert.IsTrue(Ip4.TryParseNetwork("10.0.0.1/24", out int address, out int prefix));
        Assert.AreEqual("10.0.0.1", Ip4.Format(address));
        Assert.AreEqual(24, prefix);
        Assert.IsTrue(Ip4.TryParseNetwork("0.0.0.0/0", out _, out _));
        Assert.IsTrue(Ip4.TryParseNetwork("10.0.2.55/32", out _, out _));
        IsNoNetwork("10.0.0.1");
        IsNoNetwork("10.0.0.1/");
        IsNoNetwork("10.0.0.1/33");
        IsNoNetwork("10.0.0.1/-1");
        IsNoNetwork("10.0.0.1/08");
        IsNoNetwork("10.0.0.1/24/24");
        IsNoNetwork("10.0.0.256/24");
        IsNoNetwork("/24");
        IsNoNetwork("");
    }

    [TestMethod]
    public void MasksGoFromNoneToAll()
    {
        Assert.AreEqual("0.0.0.0", Ip4.Format(Ip4.Mask(0)));
        Assert.AreEqual("128.0.0.0", Ip4.Format(Ip4.Mask(1)));
        Assert.AreEqual("255.255.255.0", Ip4.Format(Ip4.Mask(24)));
        Assert.AreEqual("255.255.255.255", Ip4.Format(Ip4.Mask(32)));
    }

    private static void Is(string text, int expected)
    {
        Assert.IsTrue(Ip4.TryParse(text, out int address), text);
        Assert.AreEqual(expected, address, text);
        Assert.AreEqual(text, Ip4.Format(address));
    }

    private static void IsNot(string text)
    {
        Assert.IsFalse(Ip4.TryParse(text, out int address), text);
        Assert.AreEqual(0, address, text);
    }

    private static void IsNoNetwork(string text)
    {
        Assert.IsFalse(Ip4.TryParseNetwork(text, out int address, out int prefix), text);
        Assert.AreEqual(0, address, text);
        Assert.AreEqual(0, prefix, text);
    }
}
