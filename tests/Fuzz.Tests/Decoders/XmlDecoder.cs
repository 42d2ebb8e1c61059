// The reader of configurations: an answer to every text, and every part of an accepted text can be reached.
using Tern.Os;
using Tern.Os.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class XmlDecoder : Decoder
{
    internal override string Name => "xml";

    internal override int Inputs => 20_000;

    internal override IReadOnlyList<byte[]> Samples { get; } = Texts.Of(Listings.Manager, Listings.RtcrDummy, Listings.NicRouter, "<a b='c'>&#65;<!-- d --><![CDATA[e]]></a>");

    internal override IReadOnlyList<byte[]> Tokens => Texts.Tokens;

    internal override void Take(byte[] input)
    {
        bool good = XmlNode.TryParse(input, out XmlNode root, out XmlFault fault);
        Assert.AreEqual(good, root.IsValid);
        Assert.AreEqual(good, fault.Error == XmlError.None);
        Assert.AreEqual(good, fault.Line == 0 && fault.Column == 0);
        Walk(root, 0);
    }

    private static void Walk(XmlNode node, int depth)
    {
        Assert.IsLessThanOrEqualTo(XmlLimits.Depth, depth);
        for (; node.IsValid; node = node.Next)
        {
            Assert.AreNotEqual("", node.Name);
            Assert.IsNotNull(node.Text);
            Assert.IsGreaterThan(0, node.Line);
            for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
            {
                long value = 0;
                Assert.AreEqual(node.Attribute(attribute.Name).Value, attribute.Value);
                attribute.Read(ref value);
                attribute.ReadSize(ref value);
                attribute.ReadMac(ref value);
            }

            Walk(node.FirstChild, depth + 1);
        }
    }
}
