// Whatever comes: an answer, in time, without an exception, and without an allocation where none was asked for.
using System;
using System.Text;

namespace Tern.Os.Tests;

[TestClass]
public class XmlFuzzTests
{
    [TestMethod]
    [Timeout(60_000)]
    public void RandomBytesAreAnswered()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            var text = new byte[random.Next(64)];
            random.NextBytes(text);
            Answered(text);
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void RandomMarkupIsAnswered()
    {
        string[] pieces =
        [
            "<", ">", "</", "/>", "<a", "<a>", "</a>", "a", "=", "'", "\"", "&", ";", "&#",
            "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<?xml", " ", "\n",
        ];
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++)
        {
            var text = new StringBuilder(random.Next(2) == 0 ? "<a>" : "");
            for (int count = random.Next(12); count > 0; count--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            Answered(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void ListingsCutOffAnywhereEndUnexpectedly()
    {
        foreach (string text in (string[])[Listings.Manager, Listings.RtcrDummy, Listings.NicRouter])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.IsFalse(XmlNode.TryParse(bytes[..length], out _, out XmlFault fault));
                Assert.AreEqual(XmlError.UnexpectedEnd, fault.Error, text[..length]);
            }
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void DamagedListingsAreAnswered()
    {
        byte[] listing = Encoding.UTF8.GetBytes(Listings.NicRouter);
        var damage = new XmlDocuments(3);
        for (int i = 0; i < 5_000; i++)
        {
            Answered(damage.Damaged(listing));
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void TheLongestTextsTakeNoTime()
    {
        foreach (string piece in (string[])["<a>", "<a b='", " a=''", "&amp;", "&", "<!--", "]]", "<?", "\r", "\0", "a", "&#0", "-"])
        {
            foreach (string before in (string[])["", "<r>", "<r ", "<r a='", "<r><!--", "<r><![CDATA[", "<?p "])
            {
                string text = before + Xml.Repeat(piece, (XmlLimits.Bytes / piece.Length) + 1);
                Answered(Encoding.UTF8.GetBytes(text[..XmlLimits.Bytes]));
            }
        }
    }

    [TestMethod]
    public void NavigationAllocatesNothing()
    {
        XmlNode root = Xml.Parse(Listings.NicRouter);
        Assert.AreEqual(11, Permitted(root));    // warm: whatever the first run sets up is not the reader's
        long before = GC.GetAllocatedBytesForCurrentThread();
        Permitted(root);
        Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Counts values of the listing, reading numbers, addresses and places on the way.</summary>
    private static int Permitted(XmlNode root)
    {
        int count = 0;
        int port = 0;
        int address = 0;
        int prefix = 0;
        for (XmlNode domain = root.Child("config").Child("domain"); domain.IsValid; domain = domain.NextNamed("domain"))
        {
            count += domain.Attribute("interface").ReadIp4Network(ref address, ref prefix) == ValueState.Valid ? 1 : 0;
            for (XmlNode rule = domain.FirstChild; rule.IsValid; rule = rule.Next)
            {
                count += rule.Attribute("tcp-ports").Read(0, 65535, ref port) == ValueState.Valid ? 1 : 0;
                count += rule.Child("permit").Attribute("port").Read(1, 65535, ref port) == ValueState.Valid ? 1 : 0;
                count += rule.HasAttribute("dst") && rule.Line > 0 && rule.RawLength > 0 ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Parses, and if the text was accepted walks over all of it.</summary>
    private static void Answered(byte[] text)
    {
        bool good = XmlNode.TryParse(text, out XmlNode root, out XmlFault fault);
        Assert.AreEqual(good, root.IsValid);
        Assert.AreEqual(good, fault.Error == XmlError.None);
        Assert.AreEqual(good, fault.Line == 0 && fault.Column == 0);
        Walk(root);
    }

    private static void Walk(XmlNode node)
    {
        for (; node.IsValid; node = node.Next)
        {
            Assert.AreNotEqual("", node.Name);
            Assert.IsNotNull(node.Text);
            for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
            {
                long value = 0;
                Assert.AreNotEqual("", attribute.Name);
                Assert.IsNotNull(attribute.Value);
                attribute.Read(ref value);
                attribute.ReadSize(ref value);
                attribute.ReadMac(ref value);
            }

            Walk(node.FirstChild);
        }
    }
}
