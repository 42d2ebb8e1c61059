// Names of children, binaries and services.
// Invariant: two of them and a label share one message; an arrow in one would make labels ambiguous.
namespace Tern.Os;

/// <summary>Reads names.</summary>
internal static class Names
{
    /// <summary>The longest name.</summary>
    internal const int Max = 48;

    /// <summary>Reads a name, which must be there.</summary>
    /// <returns>The name; empty, which is told, when there is none or it is no name.</returns>
    internal static string Read(ConfigReader reader, XmlNode node, string attribute)
    {
        string name = reader.Required(node, attribute);
        if (name.Length <= Max && !Labels.Contains(name, Labels.Arrow))
        {
            return name;
        }

        reader.Fault(node, attribute, "\"" + name + "\" is no name; write at most " + Max.ToString() + " characters without \" -> \"");
        return "";
    }
}
