// The plot as a file: what is drawn where, and that it is always the same.
using System.Xml.Linq;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class LogPlotTests
{
    private static readonly LogPlot Plot = new(
        "Up & down",
        "two lines",
        "size",
        "time",
        [new(1, "1"), new(100, "100")],
        [new(10, "ten"), new(1000, "thousand")],
        [new("rises", "first", [(1, 10), (10, 100), (100, 1000)]), new("stays", "shade1 dashed", [(1, 100), (100, 100)])]);

    [TestMethod]
    public void LogarithmicMeansThatAPowerIsAStraightLine()
    {
        string[] paths = [.. Drawn("path").Where(path => path.Attribute("clip-path") is not null).Select(path => path.Attribute("d")!.Value)];
        Assert.HasCount(2, paths);
        Assert.AreEqual("M70 424 L355 240 L640 56", paths[0], "from corner to corner, through the middle");
        Assert.AreEqual("M70 240 L640 240", paths[1]);
    }

    [TestMethod]
    public void EachLineIsNamedAndEachMarkIsThere()
    {
        string[] texts = [.. Drawn("text").Select(text => text.Value)];
        CollectionAssert.IsSubsetOf(new[] { "Up & down", "size", "time", "1", "100", "ten", "thousand", "rises", "stays" }, texts);
    }

    [TestMethod]
    public void TheSamePlotIsTheSameText()
    {
        Assert.AreEqual(Plot.ToSvg(), Plot.ToSvg());
        Assert.DoesNotContain("\r", Plot.ToSvg());
        Assert.EndsWith("</svg>\n", Plot.ToSvg());
    }

    [TestMethod]
    public void EveryStyleIsDefined()
    {
        string css = Drawn("style").Single().Value;
        Assert.IsTrue(LogPlot.Styles.Split(' ').All(style => css.Contains("." + style + " {", StringComparison.Ordinal)));
    }

    private static IEnumerable<XElement> Drawn(string name) => XDocument.Parse(Plot.ToSvg()).Descendants().Where(element => element.Name.LocalName == name);
}
