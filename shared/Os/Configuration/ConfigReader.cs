// The one way to read a configuration, for every component that has one. What it does not understand is told, all of it, with line
// and column of the file that a person edits, and with what would be right.
// Invariants: a reader comes to its end whatever stands in the text; a value that is not understood leaves its default; nothing is
// passed over in silence. An *error* is what cannot be done as it is written; a *warning* is what Genode has and Tern does without.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Reads a configuration and tells what is wrong with it. docs/init.md, "What configurations are told".</summary>
public sealed class ConfigReader
{
    /// <summary>Most complaints that one reader tells: a text that is meant for something else has thousands.</summary>
    public const int MostTold = 1000;

    /// <summary>The last port.</summary>
    public const int LastPort = 65535;

    private readonly Env _env;
    private readonly string _who;
    private int _told;

    /// <summary>Makes a reader.</summary>
    /// <param name="env">Where complaints are logged.</param>
    /// <param name="who">What complaints begin with: <c>config</c>, or a part of it such as <c>start "nas"</c>.</param>
    public ConfigReader(Env env, string who)
    {
        _env = env;
        _who = who;
    }

    /// <summary>How many faults (errors) were told. Two readings of it tell whether what lay between them is sound.</summary>
    public int Faults { get; private set; }

    /// <summary>How many of them were attributes and elements that are not known.</summary>
    public int Unknowns { get; private set; }

    /// <summary>Opens the component's own configuration, its ROM module <c>config</c>.</summary>
    /// <param name="env">The component's environment.</param>
    /// <param name="reader">The reader to go on with.</param>
    /// <returns>The root element. Invalid, so that every value is its default, when there is no such module, or when it cannot be read,
    /// which is told.</returns>
    public static XmlNode Open(Env env, out ConfigReader reader)
    {
        reader = new ConfigReader(env, "config");
        int session = env.Connect("ROM", "config", 0, 0, 0);
        if (session == Selectors.Invalid)
        {
            return default;
        }

        byte[] text = new RomSession(env, session).Read(XmlLimits.Bytes, out Error error);
        env.Close(session);
        return error == Error.None ? reader.Parse(text) : reader.Unreadable(error);
    }

    /// <summary>Checks a text as a whole.</summary>
    /// <param name="text">The configuration in UTF-8; see <see cref="XmlNode.TryParse(byte[], out XmlNode, out XmlFault)"/>.</param>
    /// <returns>The root element; invalid when the text is no XML or its root is not <c>config</c>, which is told.</returns>
    public XmlNode Parse(byte[] text)
    {
        if (!XmlNode.TryParse(text, out XmlNode root, out XmlFault fault))
        {
            Faults++;
            _env.Log("Error: " + _who + " " + fault.ToString());
            return default;
        }

        if (!root.Is("config"))
        {
            Fault(root, "the root element is <" + root.Name + ">; write <config>");
            return default;
        }

        return root;
    }

    /// <summary>Tells an error of an element.</summary>
    public void Fault(XmlNode node, string text)
    {
        Faults++;
        Tell("Error: ", node, default, text);
    }

    /// <summary>Tells an error of an attribute.</summary>
    public void Fault(XmlAttr attribute, string text)
    {
        Faults++;
        Tell("Error: ", default, attribute, text);
    }

    /// <summary>Tells an error of an attribute, or where there is none, of its element.</summary>
    public void Fault(XmlNode node, string attribute, string text)
    {
        XmlAttr place = node.Attribute(attribute);
        if (place.IsValid)
        {
            Fault(place, text);
        }
        else
        {
            Fault(node, text);
        }
    }

    /// <summary>Tells a warning of an element.</summary>
    public void Warn(XmlNode node, string text) => Tell("Warning: ", node, default, text);

    /// <summary>Tells every attribute and every element that is not known.</summary>
    /// <param name="node">The element; an invalid one has none.</param>
    /// <param name="attributes">The attributes that it may have, separated by one blank.</param>
    /// <param name="elements">The elements that it may contain.</param>
    public void Know(XmlNode node, string attributes, string elements) => Know(node, attributes, elements, "");

    /// <summary>The same for an element of Genode's of which Tern does without a part.</summary>
    /// <param name="node">The element; an invalid one has none.</param>
    /// <param name="attributes">The attributes that it may have, separated by one blank.</param>
    /// <param name="elements">The elements that it may contain.</param>
    /// <param name="without">Attributes and elements that Genode has and that change nothing here.</param>
    public void Know(XmlNode node, string attributes, string elements, string without)
    {
        for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
        {
            if (!Words.Has(attributes, attribute.Name))
            {
                Unknown(default, attribute, "attribute \"" + attribute.Name + "\"", Words.Has(without, attribute.Name),
                    "<" + node.Name + "> has ", attributes);
            }
        }

        for (XmlNode child = node.FirstChild; child.IsValid; child = child.Next)
        {
            if (!Words.Has(elements, child.Name))
            {
                Unknown(child, default, "element <" + child.Name + ">", Words.Has(without, child.Name),
                    "<" + node.Name + "> contains ", elements);
            }
        }
    }

    /// <summary>Tells each element that stands a second time where it may stand once. The first one counts.</summary>
    /// <param name="node">The element that contains them.</param>
    /// <param name="elements">The names, separated by one blank.</param>
    public void Once(XmlNode node, string elements)
    {
        for (XmlNode child = node.FirstChild; child.IsValid; child = child.Next)
        {
            if (Words.Has(elements, child.Name) && !child.IsSame(node.Child(child.Name)))
            {
                Fault(child, "a second <" + child.Name + "> does not count; put both into one");
            }
        }
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, or the default.</summary>
    public int Number(XmlNode node, string name, int min, int max, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        Judge(attribute, attribute.Read(min, max, ref fallback), "a number from " + min.ToString() + " to " + max.ToString());
        return fallback;
    }

    /// <summary>A port, or the default.</summary>
    public int Port(XmlNode node, string name, int fallback) => Number(node, name, 1, LastPort, fallback);

    /// <summary>A number of bytes, as <c>64K</c> or <c>10M</c>, or the default.</summary>
    public int Size(XmlNode node, string name, int min, int max, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        long size = fallback;
        Judge(attribute, attribute.ReadSize(min, max, ref size),
            "bytes from " + SizeText(min) + " to " + SizeText(max) + ", as 64K or 10M");
        return (int)size;
    }

    /// <summary>A truth value, or the default.</summary>
    public bool Truth(XmlNode node, string name, bool fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        Judge(attribute, attribute.Read(ref fallback), "yes or no");
        return fallback;
    }

    /// <summary>Which word of a list an attribute is, counted from 0, or the default.</summary>
    /// <param name="node">The element.</param>
    /// <param name="name">The attribute.</param>
    /// <param name="words">The words, separated by one blank.</param>
    /// <param name="fallback">The default.</param>
    public int Choice(XmlNode node, string name, string words, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        int choice = attribute.IsValid ? Words.IndexOf(words, attribute.Value) : fallback;
        Judge(attribute, choice < 0 ? ValueState.Malformed : ValueState.Valid, "one of: " + words);
        return choice < 0 ? fallback : choice;
    }

    /// <summary>An IPv4 address in host order, or the default.</summary>
    public int Address(XmlNode node, string name, int fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        Judge(attribute, attribute.ReadIp4(ref fallback), "an address, as 10.0.0.2");
        return fallback;
    }

    /// <summary>An IPv4 address with the prefix of its network.</summary>
    /// <returns>Whether it is there and was read; otherwise the variables keep what they had.</returns>
    public bool Network(XmlNode node, string name, ref int address, ref int prefix)
    {
        XmlAttr attribute = node.Attribute(name);
        ValueState state = attribute.ReadIp4Network(ref address, ref prefix);
        Judge(attribute, state, "a network, as 10.0.1.0/24");
        return state == ValueState.Valid;
    }

    /// <summary>A MAC address, or the default.</summary>
    public long Mac(XmlNode node, string name, long fallback)
    {
        XmlAttr attribute = node.Attribute(name);
        Judge(attribute, attribute.ReadMac(ref fallback), "a MAC address, as 52:54:00:12:34:56, or its number");
        return fallback;
    }

    /// <summary>A text that an element must have.</summary>
    /// <returns>The text; empty, which is told, when there is none.</returns>
    public string Required(XmlNode node, string name)
    {
        string value = node.Attribute(name, "");
        if (value.Length == 0)
        {
            Needs(node, name, "…");
        }

        return value;
    }

    /// <summary>Tells that an element lacks an attribute.</summary>
    /// <param name="node">The element.</param>
    /// <param name="name">The attribute.</param>
    /// <param name="example">What could stand there.</param>
    public void Needs(XmlNode node, string name, string example)
        => Fault(node, name, "<" + node.Name + "> needs a " + name + "; write " + name + "=\"" + example + "\"");

    /// <summary>A number of bytes as a person would write it; the largest <c>int</c> is one less than a round number.</summary>
    private static string SizeText(int bytes)
    {
        const int kilo = 1024;
        if (bytes == int.MaxValue)
        {
            return "2G less one";
        }

        return bytes == 0 || bytes % kilo != 0 ? bytes.ToString()
            : bytes % (kilo * kilo) != 0 ? (bytes / kilo).ToString() + "K"
            : bytes % (kilo * kilo * kilo) != 0 ? (bytes / kilo / kilo).ToString() + "M"
            : (bytes / kilo / kilo / kilo).ToString() + "G";
    }

    private XmlNode Unreadable(Error error)
    {
        Faults++;
        _env.Log("Error: " + _who + (error == Error.Full
            ? " is longer than " + XmlLimits.Bytes.ToString() + " bytes; it is not read, and all of it is as by default"
            : " cannot be read: " + Errors.Name(error)));
        return default;
    }

    private void Unknown(XmlNode element, XmlAttr attribute, string what, bool isWithout, string right, string known)
    {
        if (isWithout)
        {
            Tell("Warning: ", element, attribute, what + " has no meaning here; ignored");
            return;
        }

        Faults++;
        Unknowns++;
        Tell("Error: ", element, attribute, "unknown " + what + "; " + right + (known.Length == 0 ? "none" : known));
    }

    private void Judge(XmlAttr attribute, ValueState state, string right)
    {
        if (state >= ValueState.Malformed)
        {
            Fault(attribute, attribute.Name + " is \"" + attribute.Value + "\"; write " + right);
        }
    }

    /// <summary>Tells a complaint of an element or of an attribute, whichever is valid. Its place is looked for only if it is told.</summary>
    private void Tell(string level, XmlNode node, XmlAttr attribute, string text)
    {
        if (_told++ < MostTold)
        {
            int line = node.IsValid ? node.Line : attribute.Line;
            int column = node.IsValid ? node.Column : attribute.Column;
            _env.Log(level + _who + " line " + line.ToString() + ", column " + column.ToString() + ": " + text);
        }
        else if (_told == MostTold + 1)
        {
            _env.Log("Error: " + _who + " has more faults than these " + MostTold.ToString() + "; mend them first");
        }
    }
}
