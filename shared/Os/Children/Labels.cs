// Session labels: the names of the components on the way from a server to its client, joined by arrows.
// Invariant: everything here compares code units, so that a policy means the same on every board and in every culture.
namespace Tern.Os;

/// <summary>Composes and examines session labels.</summary>
public static class Labels
{
    /// <summary>What stands between two names.</summary>
    public const string Arrow = " -> ";

    /// <summary>A label with a child's name before it, as the child's parent passes it on.</summary>
    public static string Prefixed(string name, string label) => label.Length == 0 ? name : name + Arrow + label;

    /// <summary>What stands behind the last arrow; the whole label when there is none.</summary>
    public static string Last(string label)
    {
        for (int at = label.Length - Arrow.Length; at >= 0; at--)
        {
            if (Has(label, at, Arrow))
            {
                return label.Substring(at + Arrow.Length);
            }
        }

        return label;
    }

    /// <summary>Whether a label begins with a text.</summary>
    public static bool StartsWith(string label, string prefix) => Has(label, 0, prefix);

    /// <summary>Whether a label ends with a text.</summary>
    public static bool EndsWith(string label, string suffix) => Has(label, label.Length - suffix.Length, suffix);

    /// <summary>Whether a text contains another.</summary>
    public static bool Contains(string text, string part)
    {
        int at = 0;
        while (at <= text.Length - part.Length && !Has(text, at, part))
        {
            at++;
        }

        return at <= text.Length - part.Length;
    }

    private static bool Has(string text, int at, string part)
    {
        if (at < 0 || part.Length > text.Length - at)
        {
            return false;
        }

        for (int i = 0; i < part.Length; i++)
        {
            if (text[at + i] != part[i])
            {
                return false;
            }
        }

        return true;
    }
}
