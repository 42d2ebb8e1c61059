// What init tells whoever wrote its configuration: "Error:" and "Warning:" lines in Genode's manner, with the place.
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
    internal static string At(string who, XmlNode node) => At(who, node.Line, node.Column);

    /// <summary>The beginning of a complaint about an attribute.</summary>
    internal static string At(string who, XmlAttr attribute) => At(who, attribute.Line, attribute.Column);

    internal void Info(string text) => _env.Log(text);

    internal void Warning(string text) => _env.Log("Warning: " + text);

    internal void Error(string text) => _env.Log("Error: " + text);

    private static string At(string who, int line, int column)
        => who + " line " + line.ToString() + ", column " + column.ToString() + ": ";
}
