// Reads the values that init interprets. A value that is not understood is said with its place and with what would be
// right; the variable keeps its default.
namespace Tern.Os;

/// <summary>Reads attributes and complains about them.</summary>
/// <param name="log">Where complaints go.</param>
/// <param name="who">Whose configuration it is, for complaints.</param>
internal sealed class AttributeReader(InitLog log, string who)
{
    /// <summary>The longest name of a child, binary or service: two of them and a label share one message.</summary>
    internal const int MaxName = 48;

    /// <summary>Whether a value was missing or wrong.</summary>
    internal bool Failed { get; private set; }

    /// <summary>Complains about an element, and counts as a failure.</summary>
    internal void Fail(XmlNode node, string text)
    {
        log.Error(InitLog.At(who, node) + text);
        Failed = true;
    }

    /// <summary>Reads a name, which must be there.</summary>
    internal bool Name(XmlNode node, string attribute, out string name)
    {
        name = node.Attribute(attribute, "");
        if (name.Length == 0)
        {
            Fail(node, "<" + node.Name + "> needs a " + attribute + "; write " + attribute + "=\"…\"");
        }
        else if (name.Length > MaxName || Labels.Contains(name, Labels.Arrow))
        {
            Fail(node, "\"" + name + "\" is no name; write at most " + MaxName.ToString() + " characters without \" -> \"");
        }
        else
        {
            return true;
        }

        name = "";
        return false;
    }

    internal void Number(XmlNode node, string attribute, int min, int max, ref int value)
    {
        XmlAttr read = node.Attribute(attribute);
        Judge(read, read.Read(min, max, ref value), "a number from " + min.ToString() + " to " + max.ToString());
    }

    /// <summary>Reads a number of bytes, as 4K or 10M.</summary>
    internal void Size(XmlNode node, string attribute, ref long value)
    {
        XmlAttr read = node.Attribute(attribute);
        Judge(read, read.ReadSize(1, int.MaxValue, ref value), "bytes from 1 to 2G less one, as 64K or 10M");
    }

    internal void Truth(XmlNode node, string attribute, ref bool value)
    {
        XmlAttr read = node.Attribute(attribute);
        Judge(read, read.Read(ref value), "yes or no");
    }

    private void Judge(XmlAttr attribute, ValueState state, string right)
    {
        if (state >= ValueState.Malformed)
        {
            log.Error(InitLog.At(who, attribute) + attribute.Name + " is \"" + attribute.Value + "\"; write " + right);
            Failed = true;
        }
    }
}
