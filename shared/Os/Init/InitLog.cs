// What init tells whoever wrote its configuration: "Error:" and "Warning:" lines in Genode's manner, with the place.
// Invariant: no text is lost for being longer than a message; it goes on in the next line.
using System.Text;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>init's diagnostic output.</summary>
internal sealed class InitLog
{
    private readonly Env _env;

    internal InitLog(Env env)
    {
        _env = env;
    }

    /// <summary>The beginning of a complaint about an element: <c>start "nas" line 12, column 5: </c>.</summary>
    internal static string At(string who, XmlNode node)
        => who + " line " + node.Line.ToString() + ", column " + node.Column.ToString() + ": ";

    /// <summary>A reader of configuration whose complaints begin with a name.</summary>
    internal ConfigReader Reader(string who) => new ConfigReader(_env, who);

    internal void Info(string text) => Write(text);

    internal void Warning(string text) => Write("Warning: " + text);

    internal void Error(string text) => Write("Error: " + text);

    private void Write(string text)
    {
        while (text.Length > 0)
        {
            int length = LineLength(text);
            _env.Log(text.Substring(0, length));
            text = length < text.Length && text[length] == ' ' ? text.Substring(length + 1) : text.Substring(length);
        }
    }

    /// <summary>How much of a text fits into a message; breaks at the last blank there, if that is not too early.</summary>
    private static int LineLength(string text)
    {
        int length = text.Length <= Message.MaxBytes ? text.Length : Message.MaxBytes;
        while (Encoding.UTF8.GetBytes(text.Substring(0, length)).Length > Message.MaxBytes)
        {
            length--;
        }

        int blank = length < text.Length ? text.LastIndexOf(' ', length) : -1;
        return blank > Message.MaxBytes / 2 ? blank : length;
    }
}
