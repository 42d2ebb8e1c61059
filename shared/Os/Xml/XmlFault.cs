// What is wrong, and where: the answer to whoever wrote the configuration.
namespace Tern.Os;

/// <summary>An <see cref="XmlError"/> and the place that it was found at. The default value means that nothing is wrong.</summary>
public readonly struct XmlFault
{
    internal XmlFault(XmlError error, byte[] text, int at)
    {
        Error = error;
        Line = XmlPosition.Line(text, at);
        Column = XmlPosition.Column(text, at);
    }

    /// <summary>What is wrong; <see cref="XmlError.None"/> if nothing is.</summary>
    public XmlError Error { get; }

    /// <summary>The line, counted from 1; 0 if nothing is wrong. Lines end with LF, CR LF or CR.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1 in characters (a tab is one); 0 if nothing is wrong.</summary>
    public int Column { get; }

    /// <summary>For people: <c>line 3, column 14: an element may have an attribute only once</c>.</summary>
    public override string ToString() =>
        "line " + Line.ToString() + ", column " + Column.ToString() + ": " + XmlErrors.Describe(Error);
}
