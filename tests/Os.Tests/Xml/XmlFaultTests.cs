using System.Text;

namespace Tern.Os.Tests;

[TestClass]
public class XmlFaultTests
{
    [TestMethod]
    public void WhatIsMissingAtTheEndIsReportedThere()
    {
        Xml.Refused("", XmlError.UnexpectedEnd, 1, 1);
        Xml.Refused(" \n ", XmlError.UnexpectedEnd, 2, 2);
        Xml.Refused("<a><b/>", XmlError.UnexpectedEnd, 1, 8);
        Xml.Refused("<a x=\"1\n2", XmlError.UnexpectedEnd, 2, 2);
        Xml.Refused("<!-- only a comment -->", XmlError.UnexpectedEnd, 1, 24);
    }

    [TestMethod]
    public void ATextThatIsCutOffAnywhereEndsUnexpectedly()
    {
        const string Text = "<?xml version=\"1.0\" encoding='UTF-8'?><!-- c --><?p q?><a b='&#65;'><![CDATA[]]]]><c/>&amp;]]</a>";
        Xml.Parse(Text);
        for (int length = 0; length < Text.Length; length++)
        {
            Xml.Refused(Text.Substring(0, length), XmlError.UnexpectedEnd, 1, length + 1);
        }
    }

    [TestMethod]
    public void AClosingTagMustNameTheOpenElement()
    {
        Xml.Refused("<a>\n <b></a>", XmlError.MismatchedTag, 2, 5);
        Xml.Refused("<a></ab>", XmlError.MismatchedTag, 1, 4);
        Xml.Refused("<ab></a>", XmlError.MismatchedTag, 1, 5);
        Xml.Refused("<a></A>", XmlError.MismatchedTag, 1, 4);
    }

    [TestMethod]
    public void NamesBeginWithALetter()
    {
        Xml.Refused("<1/>", XmlError.BadName, 1, 2);
        Xml.Refused("<a>< b/></a>", XmlError.BadName, 1, 5);
        Xml.Refused("<a =\"1\"/>", XmlError.BadName, 1, 4);
        Xml.Refused("<a$/>", XmlError.BadName, 1, 3);
        Xml.Refused("<a></a$>", XmlError.BadName, 1, 7);
        Xml.Refused("<a><//a>", XmlError.BadName, 1, 6);
        Xml.Refused("<é/>", XmlError.BadName, 1, 2);
        Xml.Refused("<? p?><a/>", XmlError.BadName, 1, 3);
        Xml.Refused("<?p$ ?><a/>", XmlError.BadName, 1, 4);
    }

    [TestMethod]
    public void AttributesAreNameEqualsQuotedValue()
    {
        Xml.Refused("<a b/>", XmlError.BadAttribute, 1, 5);
        Xml.Refused("<a b=1/>", XmlError.BadAttribute, 1, 6);
        Xml.Refused("<a b='1'c='2'/>", XmlError.BadAttribute, 1, 9);
        Xml.Refused("<a b='<'/>", XmlError.BadAttribute, 1, 7);
        Xml.Refused("<a / >", XmlError.BadAttribute, 1, 4);
        Xml.Refused("<a></a b='1'>", XmlError.BadAttribute, 1, 8);
    }

    [TestMethod]
    public void DuplicateAttributeIsRefusedAtItsColumn()
    {
        Xml.Refused("<a b='1' c='2'\n   b='1'/>", XmlError.DuplicateAttribute, 2, 4);
        Xml.Parse("<a b='1' bb='1' B='1'/>");
    }

    [TestMethod]
    public void OnlyKnownReferencesAreRead()
    {
        Xml.Refused("<a>\n&nbsp;</a>", XmlError.BadEntity, 2, 1);
        Xml.Refused("<a b='x&'/>", XmlError.BadEntity, 1, 8);
        Xml.Refused("<a>&;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&amp </a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#x;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#X41;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#4A;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#-1;</a>", XmlError.BadEntity, 1, 4);
    }

    [TestMethod]
    public void ReferencesToWhatIsNoCharacterAreRefused()
    {
        Xml.Refused("<a>&#0;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#xD800;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#xFFFE;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#x110000;</a>", XmlError.BadEntity, 1, 4);
        Xml.Refused("<a>&#4294967361;</a>", XmlError.BadEntity, 1, 4);    // 65 + 2^32
    }

    [TestMethod]
    public void DepthIsLimited()
    {
        Xml.Parse(Xml.Repeat("<a>", XmlLimits.Depth) + Xml.Repeat("</a>", XmlLimits.Depth));
        Xml.Refused(Xml.Repeat("<a>", XmlLimits.Depth) + "\n<b/>", XmlError.TooDeep, 2, 1);
        Xml.Parse("<a>" + Xml.Repeat("<b/>", 100) + Xml.Repeat("<b></b>", 100) + "</a>");
    }

    [TestMethod]
    public void LengthIsLimitedAndPaddingIsNot()
    {
        Assert.IsTrue(XmlNode.TryParse(Padded(XmlLimits.Bytes, ' ', 1), out _, out _));
        Xml.Refused(Padded(XmlLimits.Bytes + 1, ' ', 0), "one byte too long", XmlError.TooLong, 1, XmlLimits.Bytes + 1);
    }

    [TestMethod]
    public void AttributesAreCounted()
    {
        string attributes = "";
        for (int i = 0; i < XmlLimits.Attributes; i++)
        {
            attributes += " a" + i.ToString() + "=''";
        }

        Xml.Parse("<x" + attributes + "/>");
        Xml.Refused("<x" + attributes + "\nb=''/>", XmlError.TooManyAttributes, 2, 1);
    }

    [TestMethod]
    public void ThereIsOneRootAndNothingElse()
    {
        Xml.Refused("text <a/>", XmlError.RootExpected, 1, 1);
        Xml.Refused("<!-- c -->\n</a>", XmlError.RootExpected, 2, 1);
        Xml.Refused("&amp;<a/>", XmlError.RootExpected, 1, 1);
        Xml.Refused("<a/>\n<b/>", XmlError.TrailingContent, 2, 1);
        Xml.Refused("<a></a></a>", XmlError.TrailingContent, 1, 8);
        Xml.Refused("<a/>x", XmlError.TrailingContent, 1, 5);
        Xml.Parse("<a/>\n<!-- c -->\n<?p?>\n");
    }

    [TestMethod]
    public void ControlCharactersAreRefused()
    {
        Xml.Refused("<a>\n\u0001</a>", XmlError.BadCharacter, 2, 1);
        Xml.Refused("<a b='\u001B'/>", XmlError.BadCharacter, 1, 7);
        Xml.Refused("<a><!-- \u0002 --></a>", XmlError.BadCharacter, 1, 9);
        Xml.Refused("<a><![CDATA[\u0002]]></a>", XmlError.BadCharacter, 1, 13);
        Xml.Refused("<a><?p \u0002?></a>", XmlError.BadCharacter, 1, 8);
        Xml.Refused(new byte[] { (byte)'<', (byte)'a', (byte)'>', 0, (byte)'<' }, "NUL", XmlError.BadCharacter, 1, 4);
        Xml.Parse("<a>\t\r\n\u007F</a>");
    }

    [TestMethod]
    public void BytesThatAreNotUtf8AreRefused()
    {
        NotUtf8(0x80);                      // continues nothing
        NotUtf8(0xC3);                      // not continued
        NotUtf8(0xC0, 0xAF);                // too long a form of /
        NotUtf8(0xE0, 0x80, 0xAF);
        NotUtf8(0xF0, 0x80, 0x80, 0xAF);
        NotUtf8(0xED, 0xA0, 0x80);          // a surrogate
        NotUtf8(0xEF, 0xBF, 0xBE);          // U+FFFE
        NotUtf8(0xF4, 0x90, 0x80, 0x80);    // beyond U+10FFFF
        NotUtf8(0xFF);
    }

    [TestMethod]
    public void DocumentTypeIsRefusedByName()
    {
        Xml.Refused("\n<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", XmlError.DocumentType, 2, 1);
        Xml.Refused("<a><!DOCTYPE a></a>", XmlError.DocumentType, 1, 4);
    }

    [TestMethod]
    public void TheDeclarationComesFirstAndSaysUtf8()
    {
        Xml.Refused(" <?xml version=\"1.0\"?><a/>", XmlError.BadDeclaration, 1, 2);
        Xml.Refused("<a><?XML x?></a>", XmlError.BadDeclaration, 1, 4);
        Xml.Refused("<?xml version=\"1.1\"?><a/>", XmlError.BadDeclaration, 1, 16);
        Xml.Refused("<?xml version='1.0' encoding='latin1'?><a/>", XmlError.BadDeclaration, 1, 31);
        Xml.Refused("<?xml encoding='UTF-8'?><a/>", XmlError.BadDeclaration, 1, 7);
        Xml.Refused("<?xml?><a/>", XmlError.BadDeclaration, 1, 6);
        Xml.Refused("<?xml version='1.0'encoding='UTF-8'?><a/>", XmlError.BadDeclaration, 1, 20);
        Xml.Refused("<?xml version='1.0\"?><a/>", XmlError.BadDeclaration, 1, 19);
        Xml.Parse("<?xml  version = '1.0'\n encoding=\"utf-8\" standalone='no' ?>\n<a/>");
        Xml.Parse("<?xml version=\"1.0\" standalone=\"yes\"?><a/>");
        Xml.Parse("<?xml-model href=\"init.xsd\"?><a/>");
    }

    [TestMethod]
    public void CommentsHaveNoTwoHyphens()
    {
        Xml.Refused("<a><!-- a -- b --></a>", XmlError.BadComment, 1, 11);
        Xml.Refused("<a><!-----></a>", XmlError.BadComment, 1, 8);
        Xml.Parse("<a><!-- - > -> <b> & --></a>");
        Xml.Parse("<!----><a/>");
    }

    [TestMethod]
    public void MarkupThatIsNoneIsRefused()
    {
        Xml.Refused("<a><!ELEMENT b></a>", XmlError.BadMarkup, 1, 4);
        Xml.Refused("<a><![cdata[]]></a>", XmlError.BadMarkup, 1, 4);
        Xml.Refused("<![CDATA[]]><a/>", XmlError.BadMarkup, 1, 1);
        Xml.Refused("<a><!- b --></a>", XmlError.BadMarkup, 1, 4);
        Xml.Refused("<a>\nb]]>c</a>", XmlError.StrayCDataEnd, 2, 2);
    }

    [TestMethod]
    public void ColumnsCountCharactersAndLinesEndInThreeWays()
    {
        Xml.Refused("<a>äöü€&x;</a>", XmlError.BadEntity, 1, 8);
        Xml.Refused("<a>\r\n\r\n &x;</a>", XmlError.BadEntity, 3, 2);
        Xml.Refused("<a>\r\r &x;</a>", XmlError.BadEntity, 3, 2);
        Xml.Refused("\uFEFF<a>&x;</a>", XmlError.BadEntity, 1, 4);
    }

    [TestMethod]
    public void AFaultReadsAsASentence()
    {
        Assert.IsFalse(XmlNode.TryParse("<a b='1' b='2'/>", out _, out XmlFault fault));
        Assert.AreEqual("line 1, column 10: an element may have an attribute only once", fault.ToString());
    }

    [TestMethod]
    public void EveryErrorHasWordsOfItsOwn()
    {
        for (XmlError error = XmlError.None; error <= XmlError.StrayCDataEnd; error++)
        {
            string words = XmlErrors.Describe(error);
            Assert.IsTrue(words.Length > 0 && words != XmlErrors.Describe((XmlError)(-1)));
            for (XmlError other = XmlError.None; other < error; other++)
            {
                Assert.IsTrue(words != XmlErrors.Describe(other), words);
            }
        }
    }

    private static void NotUtf8(params byte[] bytes)
    {
        byte[] text = Encoding.UTF8.GetBytes("<a>1234</a>");
        for (int i = 0; i < bytes.Length; i++)
        {
            text[3 + i] = bytes[i];
        }

        Xml.Refused(text, "bad UTF-8", XmlError.BadCharacter, 1, 4);
    }

    private static byte[] Padded(int length, char with, int zeros)
    {
        var text = new byte[length + zeros];
        text[0] = (byte)'<';
        text[1] = (byte)'a';
        text[2] = (byte)'/';
        text[3] = (byte)'>';
        for (int i = 4; i < length; i++)
        {
            text[i] = (byte)with;
        }

        return text;
    }
}
