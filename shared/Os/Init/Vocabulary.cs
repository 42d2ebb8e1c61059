// Which elements and attributes init understands. What it does not understand, its author hears of, with the place and
// with what would be right; the content of a child's <config> is none of init's business.
namespace Tern.Os;

/// <summary>Looks for unknown elements and attributes.</summary>
internal static class Vocabulary
{
    /// <summary>The complaint about an element's first attribute whose name is not listed; empty when all are known.</summary>
    /// <param name="who">Whose configuration it is.</param>
    /// <param name="node">The element.</param>
    /// <param name="known">The names, separated by one blank; empty when the element has no attributes.</param>
    internal static string UnknownAttribute(string who, XmlNode node, string known)
    {
        for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
        {
            string name = attribute.Name;
            if (!Lists(known, name))
            {
                return InitLog.At(who, attribute) + "unknown attribute \"" + name + "\"; <" + node.Name + "> has "
                    + (known.Length == 0 ? "none" : known);
            }
        }

        return "";
    }

    /// <summary>The complaint about an element's first child whose name is not listed; empty when all are known.</summary>
    internal static string UnknownElement(string who, XmlNode node, string known)
    {
        for (XmlNode child = node.FirstChild; child.IsValid; child = child.Next)
        {
            if (!Lists(known, child.Name))
            {
                return InitLog.At(who, child) + "unknown element <" + child.Name + ">; <" + node.Name + "> contains "
                    + (known.Length == 0 ? "none" : known);
            }
        }

        return "";
    }

    /// <summary>Warns of whatever is not listed.</summary>
    internal static void Check(InitLog log, string who, XmlNode node, string attributes, string elements)
    {
        Warn(log, UnknownAttribute(who, node, attributes));
        Warn(log, UnknownElement(who, node, elements));
    }

    private static void Warn(InitLog log, string complaint)
    {
        if (complaint.Length > 0)
        {
            log.Warning(complaint + "; ignored");
        }
    }

    private static bool Lists(string names, string name) => Labels.Contains(" " + names + " ", " " + name + " ");
}
