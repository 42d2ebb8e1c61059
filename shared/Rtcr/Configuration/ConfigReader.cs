// Reads the values that RTCR interprets. A value that is not understood is told with its place and with what would be
// right, and its default is used; so is a name that nobody knows.
// Invariant: whatever stands in a configuration, a reader comes to its end and every value is within its range.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Reads attributes and remembers what is wrong with them.</summary>
internal sealed class ConfigReader
{
    /// <summary>Complaints that are remembered; of more only the number.</summary>
    internal const int MostProblems = 8;

    private readonly string[] _problems = new string[MostProblems];

    /// <summary>How many complaints there are.</summary>
    internal int Count { get; private set; }

    /// <summary>A complaint: its place, and what is wrong.</summary>
    internal string this[int index] => _problems[index];

    /// <summary>Tells all complaints.</summary>
    internal void Log(Env env)
    {
        for (int i = 0; i < Count && i < MostProblems; i++)
        {
            env.Log("Error: configuration: " + _problems[i]);
        }

        if (Count > MostProblems)
        {
            env.Log("Error: configuration: " + (Count - MostProblems) + " more");
        }
    }

    /// <summary>Complains about an element.</summary>
    internal void Complain(XmlNode node, string text) => Complain(node.Line, node.Column, text);

    /// <summary>Complains about an attribute.</summary>
    internal void Complain(XmlAttr attribute, string right)
        => Complain(attribute.Line, attribute.Column, attribute.Name + "=\"" + attribute.Value + "\": write " + right);

    /// <summary>A number of a range, or the default.</summary>
    internal int Number(XmlNode node, string name, int min, int max, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        if (attribute.Read(min, max, ref fallback) >= ValueState.Malformed)
        {
            Complain(attribute, "a number from " + min + " to " + max);
        }

        return fallback;
    }

    /// <summary>A number of bytes of a range, or the default.</summary>
    internal int Size(XmlNode node, string name, int min, int max, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        long size = fallback;
        if (attribute.ReadSize(min, max, ref size) >= ValueState.Malformed)
        {
            Complain(attribute, "bytes from " + min + " to " + max + ", as 64K or 10M");
        }

        return (int)size;
    }

    /// <summary>A truth value, or the default.</summary>
    internal bool Truth(XmlNode node, string name, bool fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        if (attribute.Read(ref fallback) >= ValueState.Malformed)
        {
            Complain(attribute, "yes or no");
        }

        return fallback;
    }

    /// <summary>One of two words: whether it is the second, or the default.</summary>
    internal bool Choice(XmlNode node, string name, string first, string second, bool fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        if (!attribute.IsValid)
        {
            return fallback;
        }

        string value = attribute.Value;
        if (value != first && value != second)
        {
            Complain(attribute, first + " or " + second);
            return fallback;
        }

        return value == second;
    }

    /// <summary>One of three words: its number, or 0.</summary>
    internal int Word(XmlNode node, string name, string first, string second, string third)
    {
        XmlAttr attribute = node.Attribute(name);
        string value = attribute.IsValid ? attribute.Value : first;
        if (value != first && value != second && value != third)
        {
            Complain(attribute, first + ", " + second + " or " + third);
        }

        return value == third ? 2 : value == second ? 1 : 0;
    }

    /// <summary>Complains about attributes that an element does not have.</summary>
    /// <param name="node">The element; an invalid one has no attributes.</param>
    /// <param name="known">The names that it may have, each between blanks.</param>
    internal void Know(XmlNode node, string known)
    {
        for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
        {
            if (known.IndexOf(" " + attribute.Name + " ") < 0)
            {
                Complain(attribute.Line, attribute.Column, "<" + node.Name + "> has no attribute \"" + attribute.Name + "\"; it has" + known);
            }
        }
    }

    private void Complain(int line, int column, string text)
    {
        if (Count < MostProblems)
        {
            _problems[Count] = "line " + line + ", column " + column + ": " + text;
        }

        Count++;
    }
}
