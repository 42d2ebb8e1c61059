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
    internal static string At(string who, XmlNode node)
        => who + " line " + node.Line.ToString() + ", column " + node.Column.ToString() + ": ";

    /// <summary>A reader of configuration whose complaints begin with a name.</summary>
    internal ConfigReader Reader(string who) => new ConfigReader(_env, who);

    internal void Info(string text) => _env.Log(text);

    internal void Warning(string text) => _env.Log("Warning: " + text);

    internal void Error(string text) => _env.Log("Error: " + text);
}
