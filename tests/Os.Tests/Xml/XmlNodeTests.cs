using System;

namespace Tern.Os.Tests;

[TestClass]
public class XmlNodeTests
{
    [TestMethod]
    public void ChildrenAreWalkedInOrder()
    {
        XmlNode root = Xml.Parse("<r> <a/>text<!-- <x/> --><b><a/></b><![CDATA[<x/>]]><?p <x/>?><a i='2'></a> </r>");
        Assert.AreEqual("a", root.FirstChild.Name);
        Assert.AreEqual("b", root.FirstChild.Next.Name);
        Assert.AreEqual("a", root.FirstChild.Next.Next.Name);
        Assert.IsFalse(root.FirstChild.Next.Next.Next.IsValid);
        Assert.AreEqual("2", root.Child("a").NextNamed("a").Attribute("i", ""));
        Assert.IsFalse(root.Child("a").NextNamed("a").NextNamed("a").IsValid);
        Assert.IsFalse(root.Child("x").IsValid);
        Assert.IsFalse(root.Next.IsValid);
    }

    [TestMethod]
    public void NamesMatchWholeOnly()
    {
        XmlNode root = Xml.Parse("<any-service ab='1'/>");
        Assert.IsTrue(root.Is("any-service"));
        Assert.IsFalse(root.Is("any"));
        Assert.IsFalse(root.Is("any-service2"));
        Assert.IsFalse(root.Is(""));
        Assert.IsTrue(root.HasAttribute("ab"));
        Assert.IsFalse(root.HasAttribute("a"));
        Assert.IsFalse(root.HasAttribute("abc"));
    }

    [TestMethod]
    public void AGreaterThanInAValueEndsNoTag()
    {
        XmlNode root = Xml.Parse("<r><a x='/>' y=\"'>\"><b/></a><c/></r>");
        Assert.IsTrue(root.FirstChild.FirstChild.Is("b"));
        Assert.IsTrue(root.FirstChild.Next.Is("c"));
        Assert.AreEqual("'>", root.FirstChild.Attribute("y", ""));
    }

    [TestMethod]
    public void AttributesAreWalkedInOrder()
    {
        XmlNode root = Xml.Parse("<r a = '1'\n  b=\"\" c='=\"' ></r>");
        XmlAttr attribute = root.FirstAttribute;
        Assert.AreEqual("a", attribute.Name);
        Assert.AreEqual("1", attribute.Value);
        attribute = attribute.Next;
        Assert.IsTrue(attribute.Is("b"));
        Assert.AreEqual("", attribute.Value);
        Assert.AreEqual(2, attribute.Line);
        Assert.AreEqual(3, attribute.Column);
        attribute = attribute.Next;
        Assert.AreEqual("=\"", attribute.Value);
        Assert.IsFalse(attribute.Next.IsValid);
        Assert.IsFalse(Xml.Parse("<r />").FirstAttribute.IsValid);
        Assert.IsFalse(Xml.Parse("<r></r>").FirstAttribute.IsValid);
    }

    [TestMethod]
    public void AttributeWithEntityIsDecoded()
    {
        Assert.AreEqual("<a> & \"b\" 'c'", Xml.Value("&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;").Value);
        Assert.AreEqual("AAäää€\U0001F600", Xml.Value("&#65;&#x0041;ä&#228;&#xE4;&#x20ac;&#x1F600;").Value);
        Assert.AreEqual("&lt;", Xml.Value("&amp;lt;").Value);
    }

    [TestMethod]
    public void WhiteSpaceInAttributesBecomesSpaces()
    {
        Assert.AreEqual("a b c d  e", Xml.Value("a\tb\nc\r\nd\r\re").Value);
        Assert.AreEqual("a\n\t", Xml.Value("a&#10;&#9;").Value);
    }

    [TestMethod]
    public void TextIsWhatStandsDirectlyInTheElement()
    {
        Assert.AreEqual(" a  b &lt;<&]] ", Xml.Parse("<r> a <x>no</x> b <!-- no --><![CDATA[&lt;<&]]]]>&#x20;<?no no?></r>").Text);
        Assert.AreEqual("1\n2\n3\n", Xml.Parse("<r>1\r\n2\r3\n</r>").Text);
        Assert.AreEqual("ä€", Xml.Parse("<r>ä&#x20AC;</r>").Text);
        Assert.AreEqual("", Xml.Parse("<r/>").Text);
        Assert.AreEqual("", Xml.Parse("<r></r>").Text);
        Assert.AreEqual("", Xml.Parse("<r><a>1</a></r>").Text);
    }

    [TestMethod]
    public void PlaceOfANodeIsThatOfItsTag()
    {
        XmlNode root = Xml.Parse("\uFEFF<?xml version='1.0'?>\n\n <a>\r\n\t<b/>ä<c/></a>");
        Assert.AreEqual(3, root.Line);
        Assert.AreEqual(2, root.Column);
        Assert.AreEqual(4, root.FirstChild.Line);
        Assert.AreEqual(2, root.FirstChild.Column);
        Assert.AreEqual(7, root.FirstChild.Next.Column);
        Assert.AreEqual(1, Xml.Parse("\uFEFF<a/>").Column);
    }

    [TestMethod]
    public void AConfigIsHandedOutAsATextOfItsOwn()
    {
        XmlNode config = Xml.Parse(Listings.RtcrDummy).Child("config");
        XmlNode copy = Xml.Parse(config.Raw);
        Assert.AreEqual("dummy_1", copy.Attribute("name", ""));
        Assert.IsTrue(copy.Child("libc").IsValid);
        Assert.IsFalse(copy.Next.IsValid);

        var rom = new byte[4096];    // a page: the rest of it is padding
        byte[] excerpt = config.Excerpt();
        Array.Copy(excerpt, 0, rom, 0, excerpt.Length);
        Assert.IsTrue(XmlNode.TryParse(rom, out XmlNode root, out _));
        Assert.AreEqual(config.Raw, root.Raw);
        Assert.IsFalse(root.Next.IsValid);
        Assert.AreEqual("<a x='1' />", Xml.Parse(" <a x='1' /> ").Raw);
    }

    [TestMethod]
    public void AnExcerptNamesThePlacesOfTheTextThatItWasCutOutOf()
    {
        XmlNode root = Xml.Parse("\uFEFF<?xml version='1.0'?>\n<a>\n  ä<b x='1'>\r\n <c/></b></a>");
        XmlNode inner = Excerpt(Excerpt(root).FirstChild);
        Assert.AreEqual(3, inner.Line);
        Assert.AreEqual(4, inner.Column);
        Assert.AreEqual(3, inner.FirstAttribute.Line);
        Assert.AreEqual(7, inner.FirstAttribute.Column);
        Assert.AreEqual(4, Excerpt(inner.FirstChild).Line);
        Assert.AreEqual(2, Excerpt(inner.FirstChild).Column);
        Assert.IsFalse(XmlNode.TryParse("<?at 7 5?><a><b>\n</a>", out _, out XmlFault fault));
        Assert.AreEqual(8, fault.Line);
        Assert.AreEqual(1, fault.Column);
    }

    [TestMethod]
    [DataRow("<?at 3?><a/>", 1, 9)]
    [DataRow("<?at 3 0?><a/>", 1, 11)]
    [DataRow("<?at 99999999 1?><a/>", 1, 18)]
    [DataRow("<?at 3 x?><a/>", 1, 11)]
    [DataRow("<?at 3 1 ?><a/>", 1, 12)]
    [DataRow("<!----><?at 3 1?><a/>", 1, 18)]
    [DataRow("<?at 3 1?><a/>", 3, 1)]
    public void OnlyAWholeOriginCounts(string text, int line, int column)
    {
        XmlNode root = Xml.Parse(text);
        Assert.AreEqual(line, root.Line);
        Assert.AreEqual(column, root.Column);
    }

    [TestMethod]
    public void ANodeThatIsNotThereAnswersEverything()
    {
        XmlNode none = Xml.Parse("<a/>").Child("b").Child("c").NextNamed("d");
        Assert.IsFalse(none.IsValid);
        Assert.IsFalse(none.Next.IsValid);
        Assert.IsFalse(none.Is(""));
        Assert.AreEqual("", none.Name);
        Assert.AreEqual("", none.Text);
        Assert.AreEqual("", none.Raw);
        Assert.AreEqual(0, none.RawLength);
        Assert.AreEqual(0, none.Excerpt().Length);
        Assert.AreEqual(0, none.Line);
        Assert.AreEqual(0, none.Column);
        Assert.AreEqual("fallback", none.Attribute("x", "fallback"));

        XmlAttr absent = none.Attribute("x");
        Assert.IsFalse(absent.IsValid);
        Assert.IsFalse(absent.Next.IsValid);
        Assert.IsFalse(absent.Is(""));
        Assert.AreEqual("", absent.Name);
        Assert.AreEqual("", absent.Value);
        Assert.AreEqual(0, absent.Line);
        Assert.AreEqual(0, absent.Column);
    }

    private static XmlNode Excerpt(XmlNode node)
    {
        Assert.IsTrue(XmlNode.TryParse(node.Excerpt(), out XmlNode root, out _));
        return root;
    }
}
