// What the tests of the configuration reader say often.
using System.Text;

namespace Tern.Os.Tests;

internal static class Xml
{
    /// <summary>The root of a text that must be well-formed.</summary>
    internal static XmlNode Parse(string text)
    {
        bool good = XmlNode.TryParse(text, out XmlNode root, out XmlFault fault);
        Assert.IsTrue(good, text + ": " + fault.ToString());
        Assert.AreEqual(0, (int)fault.Error);
        Assert.AreEqual(0, fault.Line);
        Assert.IsTrue(root.IsValid);
        return root;
    }

    /// <summary>An attribute <c>a</c> with this value, written as it stands.</summary>
    internal static XmlAttr Value(string written) => Parse("<x a=\"" + written + "\"/>").Attribute("a");

    /// <summary>A text that must be refused, for this reason and at this place.</summary>
    internal static void Refused(string text, XmlError error, int line, int column) =>
        Refused(Encoding.UTF8.GetBytes(text), text, error, line, column);

    internal static void Refused(byte[] bytes, string what, XmlError error, int line, int column)
    {
        Assert.IsFalse(XmlNode.TryParse(bytes, out XmlNode root, out XmlFault fault), what);
        Assert.IsFalse(root.IsValid, what);
        Assert.AreEqual((int)error, (int)fault.Error, what + ": " + fault.ToString());
        Assert.AreEqual(line, fault.Line, what);
        Assert.AreEqual(column, fault.Column, what);
    }

    /// <summary>Enums compared as numbers, which both test frameworks can.</summary>
    internal static void Same(ValueState expected, ValueState actual, string what = "") =>
        Assert.AreEqual((int)expected, (int)actual, what);

    /// <summary>So many times a text.</summary>
    internal static string Repeat(string text, int times)
    {
        var all = new StringBuilder();
        for (int i = 0; i < times; i++)
        {
            all.Append(text);
        }

        return all.ToString();
    }
}
