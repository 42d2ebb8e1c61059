// File names of what a run leaves, made of names that configurations and reports tell.
// Invariant: whatever the names are, the file is in the directory that it was meant for.
using System.Text;

namespace Tern.HostEmulator;

internal static class FileNames
{
    /// <summary>A name of several parts: <c>sheep_1-3-ecu1</c>. What is not a letter, digit, point or underscore becomes an underscore.</summary>
    internal static string Of(params string[] parts)
    {
        var name = new StringBuilder();
        foreach (char c in string.Join('-', parts))
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c == '.' && name.Length > 0) ? c : '_');
        }

        return name.ToString();
    }
}
