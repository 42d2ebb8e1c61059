// The kernel's dump of a capability space, made comparable.
using System.Text;

namespace Tern.Tests;

/// <summary>Capability-space dumps.</summary>
public static class CapabilityTable
{
    /// <summary>A dump with a star in the place of each badge: <c>*-SW Gate</c>.</summary>
    public static string WithoutBadges(string? dump)
    {
        Assert.IsNotNull(dump, "there is no such component");
        var text = new StringBuilder();
        string[] lines = dump!.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split('\t');
            for (int cell = 0; cell < cells.Length; cell++)
            {
                int dash = cells[cell].IndexOf("-SW");
                text.Append(cell == 0 ? "" : "\t");
                text.Append(dash > 0 ? "*" + cells[cell].Substring(dash) : cells[cell]);
            }

            text.Append(i < lines.Length - 1 ? "\n" : "");
        }

        return text.ToString();
    }
}
