// The reader compared with System.Xml: what both accept they read equal, and ours accepts nothing that System.Xml refuses.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Tern.Os.Tests;

[TestClass]
public class XmlDifferentialTests
{
    [TestMethod]
    public void GeneratedDocumentsReadAsSystemXmlReadsThem() => Hold(1_000, seed =>
    {
        string text = new XmlDocuments(seed).Document();
        Equal(Theirs(Encoding.UTF8.GetBytes(text), out XmlException? refused)?.Root ?? throw refused!, Xml.Parse(text), text);
    });

    [TestMethod]
    public void ListingsReadAsSystemXmlReadsThem()
    {
        foreach (string text in (string[])[Listings.Manager, Listings.RtcrDummy, Listings.NicRouter])
        {
            Equal(Theirs(Encoding.UTF8.GetBytes(text), out _)!.Root!, Xml.Parse(text), text);
        }
    }

    [TestMethod]
    public void DamagedDocumentsAreJudgedAsSystemXmlJudgesThem() => Hold(10_000, seed =>
    {
        var documents = new XmlDocuments(seed);
        byte[] text = documents.Damaged(Encoding.UTF8.GetBytes(documents.Document()));
        string said = Encoding.Latin1.GetString(text);
        XDocument? theirs = Theirs(text, out XmlException? refused);
        if (XmlNode.TryParse(text, out XmlNode root, out XmlFault fault))
        {
            Assert.IsNotNull(theirs, $"accepted: {said}; System.Xml: {refused?.Message}");
            Equal(theirs.Root!, root, said);
        }
        else
        {
            Assert.IsTrue(theirs == null || IsStricter(fault, text), $"refused: {fault}: {said}");
        }
    });

    /// <summary>Whether this is one of the things that we refuse, and XML allows.</summary>
    private static bool IsStricter(XmlFault fault, byte[] text) => fault.Error switch
    {
        XmlError.TooDeep or XmlError.DocumentType or XmlError.BadDeclaration => true,
        XmlError.TrailingContent => text.Contains((byte)0),                       // System.Xml reads nothing after a NUL
        XmlError.BadName or XmlError.BadAttribute => text.Any(b => b >= 0x80),    // a letter that is not ASCII, in a name
        _ => false,
    };

    private static XDocument? Theirs(byte[] text, out XmlException? refused)
    {
        int length = text.Length;
        while (length > 0 && text[length - 1] == 0)
        {
            length--;    // padding: ours to allow
        }

        refused = null;
        try
        {
            string decoded = new UTF8Encoding(false, true).GetString(text, 0, length);
            using var reader = new XmlTextReader(new StringReader(decoded.TrimStart('\uFEFF')))
            {
                Namespaces = false,
                Normalization = true,
                EntityHandling = EntityHandling.ExpandEntities,
                DtdProcessing = DtdProcessing.Prohibit,
            };
            return Load(reader);
        }
        catch (DecoderFallbackException invalid)
        {
            refused = new XmlException(invalid.Message);
        }
        catch (XmlException invalid)
        {
            refused = invalid;
        }

        return null;
    }

    /// <summary>XDocument.Load for a reader without namespaces: a colon in a name is written as a letter that we refuse.</summary>
    private static XDocument Load(XmlTextReader reader)
    {
        var document = new XDocument();
        XContainer open = document;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = new XElement(Named(reader.Name));
                    element.AddAnnotation(new Place(reader.LineNumber, reader.LinePosition - 1));
                    open.Add(element);
                    bool empty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        var attribute = new XAttribute(Named(reader.Name), reader.Value);
                        attribute.AddAnnotation(new Place(reader.LineNumber, reader.LinePosition));
                        element.Add(attribute);
                    }

                    open = empty ? open : element;
                    break;
                case XmlNodeType.EndElement:
                    open = (XContainer?)open.Parent ?? document;
                    break;
                case XmlNodeType.Text:
                case XmlNodeType.CDATA:
                case XmlNodeType.Whitespace when open != document:
                case XmlNodeType.SignificantWhitespace:
                    open.Add(new XText(reader.Value));
                    break;
            }
        }

        return document;
    }

    private static string Named(string name) => name.Replace(':', 'Ω');

    private sealed record Place(int Line, int Column);

    private static void Equal(XElement theirs, XmlNode ours, string text)
    {
        Assert.AreEqual(theirs.Name.LocalName, Named(ours.Name), text);
        Assert.AreEqual(string.Concat(theirs.Nodes().OfType<XText>().Select(t => t.Value)), ours.Text, text);
        bool comparable = !text.Contains("\U0001F600", StringComparison.Ordinal) && text.All(c => c < 0x80);
        SamePlace(theirs, ours.Line, ours.Column, comparable, text);

        XmlAttr attribute = ours.FirstAttribute;
        foreach (XAttribute their in theirs.Attributes())
        {
            Assert.AreEqual(their.Name.LocalName, Named(attribute.Name), text);
            Assert.AreEqual(their.Value, attribute.Value, text);
            SamePlace(their, attribute.Line, attribute.Column, comparable, text);
            attribute = attribute.Next;
        }

        Assert.IsFalse(attribute.IsValid, text);

        XmlNode child = ours.FirstChild;
        foreach (XElement their in theirs.Elements())
        {
            Assert.IsTrue(child.IsValid, text);
            Equal(their, child, text);
            child = child.Next;
        }

        Assert.IsFalse(child.IsValid, text);
        Assert.AreEqual(ours.Text, Xml.Parse(ours.Raw).Text, text);
    }

    /// <summary>Both count from 1, but System.Xml counts a character beyond U+FFFF twice: so only ASCII is compared.</summary>
    private static void SamePlace(XObject theirs, int line, int column, bool comparable, string text)
    {
        Place place = theirs.Annotation<Place>()!;
        if (comparable)
        {
            Assert.AreEqual(place, new Place(line, column), text);
        }
    }

    /// <summary>Puts a claim to so many seeds, the same in every run; a seed that fails is named.</summary>
    private static void Hold(int seeds, Action<int> claim)
    {
        for (int seed = 0; seed < seeds; seed++)
        {
            try
            {
                claim(seed);
            }
            catch (AssertFailedException failure)
            {
                throw new AssertFailedException($"seed {seed}: {failure.Message}", failure);
            }
        }
    }
}
