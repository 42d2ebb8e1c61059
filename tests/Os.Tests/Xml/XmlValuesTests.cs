namespace Tern.Os.Tests;

[TestClass]
public class XmlValuesTests
{
    [TestMethod]
    public void AbsentIsNotMalformed()
    {
        XmlNode node = Xml.Parse("<x a='' b='no number'/>");
        int number = 7;
        Xml.Same(ValueState.Absent, node.Attribute("port").Read(ref number));
        Xml.Same(ValueState.Malformed, node.Attribute("a").Read(ref number));
        Xml.Same(ValueState.Malformed, node.Attribute("b").Read(ref number));
        Assert.AreEqual(7, number);
    }

    [TestMethod]
    public void EveryReaderKeepsTheDefaultUnlessAllIsWell()
    {
        XmlNode node = Xml.Parse("<x bad='?'/>");
        AllKeep(node.Attribute("absent"), ValueState.Absent);
        AllKeep(node.Attribute("bad"), ValueState.Malformed);
    }

    [TestMethod]
    public void IntegersKeepTheirRange()
    {
        int number = 0;
        Xml.Same(ValueState.Valid, Xml.Value("2147483647").Read(ref number));
        Assert.AreEqual(int.MaxValue, number);
        Xml.Same(ValueState.Valid, Xml.Value("-2147483648").Read(ref number));
        Assert.AreEqual(int.MinValue, number);
        Xml.Same(ValueState.OutOfRange, Xml.Value("2147483648").Read(ref number));
        Xml.Same(ValueState.OutOfRange, Xml.Value("-2147483649").Read(ref number));
        Xml.Same(ValueState.OutOfRange, Xml.Value("99999999999999999999").Read(ref number));
        Assert.AreEqual(int.MinValue, number);
    }

    [TestMethod]
    public void APortIsOneTo65535()
    {
        int port = 1024;
        Xml.Same(ValueState.OutOfRange, Xml.Value("0").Read(1, 65535, ref port));
        Xml.Same(ValueState.OutOfRange, Xml.Value("65536").Read(1, 65535, ref port));
        Xml.Same(ValueState.OutOfRange, Xml.Value("-1").Read(1, 65535, ref port));
        Assert.AreEqual(1024, port);
        Xml.Same(ValueState.Valid, Xml.Value("65535").Read(1, 65535, ref port));
        Assert.AreEqual(65535, port);
    }

    [TestMethod]
    public void TruthHasGenodesSpellings()
    {
        Truth("true", true);
        Truth("yes", true);
        Truth("on", true);
        Truth("1", true);
        Truth("false", false);
        Truth("no", false);
        Truth("off", false);
        Truth("0", false);
        bool kept = true;
        Xml.Same(ValueState.Malformed, Xml.Value("nope").Read(ref kept));
        Xml.Same(ValueState.Malformed, Xml.Value("").Read(ref kept));
        Assert.IsTrue(kept);
    }

    [TestMethod]
    public void SizesHaveSuffixes()
    {
        long size = 0;
        Xml.Same(ValueState.Valid, Xml.Value("32M").ReadSize(ref size));
        Assert.AreEqual(32L << 20, size);
        Xml.Same(ValueState.OutOfRange, Xml.Value("2G").ReadSize(0, int.MaxValue, ref size));
        Xml.Same(ValueState.OutOfRange, Xml.Value("1K").ReadSize(4096, int.MaxValue, ref size));
        Assert.AreEqual(32L << 20, size);
    }

    [TestMethod]
    public void AddressesAreRead()
    {
        int address = 0;
        int prefix = 0;
        Xml.Same(ValueState.Valid, Xml.Value("10.0.0.1/24").ReadIp4Network(ref address, ref prefix));
        Assert.AreEqual(0x0A000001, address);
        Assert.AreEqual(24, prefix);
        Xml.Same(ValueState.OutOfRange, Xml.Value("10.0.0.1/33").ReadIp4Network(ref address, ref prefix));
        Xml.Same(ValueState.Valid, Xml.Value("10.0.2.2").ReadIp4(ref address));
        Assert.AreEqual(0x0A000202, address);
        long mac = 0;
        Xml.Same(ValueState.Valid, Xml.Value("52:54:00:12:34:56").ReadMac(ref mac));
        Assert.AreEqual(0x525400123456L, mac);
    }

    [TestMethod]
    public void NumbersMayBeWrittenWithReferences()
    {
        int number = 0;
        Xml.Same(ValueState.Valid, Xml.Value("1&#48;2&#x34;").Read(ref number));
        Assert.AreEqual(1024, number);
        Xml.Same(ValueState.Malformed, Xml.Value("10\n").Read(ref number));
    }

    private static void Truth(string written, bool expected)
    {
        bool value = !expected;
        Xml.Same(ValueState.Valid, Xml.Value(written).Read(ref value), written);
        Assert.AreEqual(expected, value, written);
    }

    private static void AllKeep(XmlAttr attribute, ValueState state)
    {
        int number = 1;
        long wide = 2;
        bool truth = true;
        long size = 3;
        int address = 4;
        int network = 5;
        int prefix = 6;
        long mac = 7;
        Xml.Same(state, attribute.Read(ref number));
        Xml.Same(state, attribute.Read(ref wide));
        Xml.Same(state, attribute.Read(ref truth));
        Xml.Same(state, attribute.ReadSize(ref size));
        Xml.Same(state, attribute.ReadIp4(ref address));
        Xml.Same(state, attribute.ReadIp4Network(ref network, ref prefix));
        Xml.Same(state, attribute.ReadMac(ref mac));
        Assert.AreEqual("1 2 3 4 5 6 7", number.ToString() + " " + wide.ToString() + " " + size.ToString() + " "
            + address.ToString() + " " + network.ToString() + " " + prefix.ToString() + " " + mac.ToString());
        Assert.IsTrue(truth);
    }
}
