// Lines over two logarithmic axes, as an SVG file in the manner of docs/images: light and dark, plain shapes and text.
// Invariant: the same lines give the same bytes; what lies outside the axes is not drawn but cut off where it leaves them.
using System.Globalization;
using System.Text;
using System.Xml;

namespace Tern.HostEmulator;

/// <summary>A mark of an axis.</summary>
internal sealed record PlotMark(double Value, string Text);

/// <summary>A line.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Style">One of the classes of <see cref="LogPlot.Styles"/>, and <c>dashed</c> behind it or not.</param>
/// <param name="Points">Its points, all above zero.</param>
internal sealed record PlotLine(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A plot.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">The same in a sentence, for those who cannot see it.</param>
/// <param name="XTitle">Below the horizontal axis.</param>
/// <param name="YTitle">Above the vertical axis.</param>
/// <param name="XMarks">The horizontal axis, from its first to its last mark.</param>
/// <param name="YMarks">The vertical axis, likewise.</param>
/// <param name="Lines">What is drawn.</param>
internal sealed record LogPlot(
    string Title, string Description, string XTitle, string YTitle, IReadOnlyList<PlotMark> XMarks, IReadOnlyList<PlotMark> YMarks, IReadOnlyList<PlotLine> Lines)
{
    /// <summary>The lines' classes: two strong ones, and four shades of a third.</summary>
    internal const string Styles = "first second shade1 shade2 shade3 shade4";

    private const int Width = 860;
    private const int Height = 480;
    private const int Left = 70;
    private const int Right = 640;
    private const int Top = 56;
    private const int Bottom = 424;
    private const int LegendAt = 662;
    private const int LegendStep = 24;

    private const string Css = """

            text { font: 13px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #24292f }
            .small { font-size: 12px }
            .title { font-weight: 600 }
            .grid { stroke: #d0d7de; fill: none }
            .line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
            .dashed { stroke-width: 1.2; stroke-dasharray: 5 4 }
            .first { stroke: #bc4c00 }
            .second { stroke: #8250df }
            .shade1 { stroke: #54aeff }
            .shade2 { stroke: #218bff }
            .shade3 { stroke: #0969da }
            .shade4 { stroke: #0a3069 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .grid { stroke: #373e47 }
              .first { stroke: #f0883e }
              .second { stroke: #bc8cff }
              .shade1 { stroke: #1158c7 }
              .shade2 { stroke: #388bfd }
              .shade3 { stroke: #79c0ff }
              .shade4 { stroke: #cae8ff }
            }
        """ + "\n  ";

    /// <summary>Writes the file's text.</summary>
    internal string ToSvg()
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            Attributes(xml, ("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), ("width", Number(Width)), ("height", Number(Height)));
            Attributes(xml, ("role", "img"), ("aria-labelledby", "t d"));
            Element(xml, "title", Title, ("id", "t"));
            Element(xml, "desc", Description, ("id", "d"));
            Element(xml, "style", Css);
            Element(xml, "text", Title, ("class", "title"), ("x", Number(Left)), ("y", "24"));
            WriteAxes(xml);
            Element(xml, "clipPath", () => Element(xml, "path", ("d", $"M{Number(Left)} {Number(Top)} H{Number(Right)} V{Number(Bottom)} H{Number(Left)} Z")), ("id", "inside"));
            for (int i = 0; i < Lines.Count; i++)
            {
                WriteLine(xml, Lines[i], Top + 8 + (i * LegendStep));
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private void WriteAxes(XmlWriter xml)
    {
        foreach (PlotMark mark in XMarks)
        {
            string x = Number(X(mark.Value));
            Element(xml, "path", ("class", "grid"), ("d", $"M{x} {Number(Top)} V{Number(Bottom)}"));
            Element(xml, "text", mark.Text, ("class", "small"), ("x", x), ("y", Number(Bottom + 18)), ("text-anchor", "middle"));
        }

        foreach (PlotMark mark in YMarks)
        {
            double y = Y(mark.Value);
            Element(xml, "path", ("class", "grid"), ("d", $"M{Number(Left)} {Number(y)} H{Number(Right)}"));
            Element(xml, "text", mark.Text, ("class", "small"), ("x", Number(Left - 8)), ("y", Number(y + 4)), ("text-anchor", "end"));
        }

        Element(xml, "text", XTitle, ("class", "small"), ("x", Number((Left + Right) / 2)), ("y", Number(Bottom + 42)), ("text-anchor", "middle"));
        Element(xml, "text", YTitle, ("class", "small"), ("x", Number(Left)), ("y", Number(Top - 12)));
    }

    private void WriteLine(XmlWriter xml, PlotLine line, int legend)
    {
        string[] points = [.. line.Points.Select(point => $"{Number(X(point.X))} {Number(Y(point.Y))}")];
        Element(xml, "path", ("class", "line " + line.Style), ("clip-path", "url(#inside)"), ("d", "M" + string.Join(" L", points)));
        Element(xml, "path", ("class", "line " + line.Style), ("d", $"M{Number(LegendAt)} {Number(legend)} H{Number(LegendAt + 26)}"));
        Element(xml, "text", line.Name, ("class", "small"), ("x", Number(LegendAt + 34)), ("y", Number(legend + 4)));
    }

    private double X(double value) => Left + ((Right - Left) * Share(value, XMarks));

    private double Y(double value) => Bottom - ((Bottom - Top) * Share(value, YMarks));

    /// <summary>How far along an axis a value is: 0 at its first mark, 1 at its last.</summary>
    private static double Share(double value, IReadOnlyList<PlotMark> marks) => Math.Log(value / marks[0].Value) / Math.Log(marks[^1].Value / marks[0].Value);

    /// <summary>A coordinate, to a tenth: the last bits of a logarithm differ between machines.</summary>
    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Attributes(XmlWriter xml, params (string Name, string Value)[] attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes) => Element(xml, name, () => { }, attributes);

    private static void Element(XmlWriter xml, string name, string text, params (string Name, string Value)[] attributes) =>
        Element(xml, name, () => xml.WriteString(text), attributes);

    private static void Element(XmlWriter xml, string name, Action content, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        Attributes(xml, attributes);
        content();
        xml.WriteEndElement();
    }
}
