// What is shown keeps to the terminal: at 60, 80 and 200 columns no line is longer, unless one word alone is, and no word is broken.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class LayoutTests : CommandFolder
{
    private static readonly string[][] Commands =
    [
        ["--help"], ["run", "--help"], ["timeline", "--help"], ["image", "--help"], ["image", "inspect", "--help"], ["bench", "cdma", "--help"],
    ];

    public static IEnumerable<object[]> HelpAndWidths => from command in Commands from width in (int[])[60, 80, 200] select new object[] { width, command };

    [TestMethod]
    [DynamicData(nameof(HelpAndWidths))]
    public void Help_keeps_to_the_width(int width, string[] command)
    {
        Assert.AreEqual(ExitCodes.Success, Run(command));
        string free = Take();
        Assert.AreEqual(ExitCodes.Success, Run(Terminal(width), command));
        Check(free, Take(), width);
    }

    [TestMethod]
    [DataRow(60)]
    [DataRow(80)]
    [DataRow(200)]
    public void The_list_of_benches_keeps_to_the_width(int width)
    {
        Assert.AreEqual(ExitCodes.Success, CommandLine.Run(["list"], new Output(_out, _error)));
        string free = Take();
        Assert.AreEqual(ExitCodes.Success, CommandLine.Run(["list"], Terminal(width)));
        Check(free, Take(), width);
    }

    [TestMethod]
    [DataRow(60)]
    [DataRow(80)]
    [DataRow(200)]
    public void A_timeline_keeps_to_the_width(int width)
    {
        var log = new TraceLog();
        using var run = new BenchRun(new BenchCatalog().Read("wheel-speed"), new BenchOptions { Trace = log });
        run.Run();
        var timeline = new TimelineText(log, new TimelineView(null, null), withHandlers: false);
        timeline.Write(_out);
        string free = Take();
        timeline.Write(_out, width);
        string text = Take();
        Check(free, text, width);
        Assert.Contains("front_left", text);
        timeline.Write(Terminal(width).Terminal!);
        Assert.AreEqual(text, Take(), "a terminal shows the same lines");
    }

    [TestMethod]
    [DataRow(60)]
    [DataRow(80)]
    [DataRow(200)]
    public void The_result_of_a_run_keeps_to_the_width(int width)
    {
        using var run = new BenchRun(new BenchCatalog().Read("wheel-speed"), new BenchOptions());
        BenchResult result = run.Run();
        ResultTable.Write(_out, result);
        string free = Take();
        ResultTable.Write(_out, result, width);
        string text = Take();
        Check(free, text, width);
        ResultTable.Write(Terminal(width).Terminal!, result);
        Assert.AreEqual(text, Take(), "a terminal shows the same lines");
    }

    [TestMethod]
    public void A_table_that_fits_is_not_touched_and_one_that_cannot_becomes_blocks()
    {
        string[][] rows = [["a", "one two three four", "12"]];
        ColumnFit[] fits = [ColumnFit.Wrap, ColumnFit.Wrap, ColumnFit.Figure];
        TextTable.Write(_out, ["name", "what", "of"], rows, fits, 28);
        Assert.AreEqual("name  what                of\na     one two three four  12\n", Take());
        TextTable.Write(_out, ["name", "what", "of"], rows, fits, 20);
        Assert.AreEqual("name  what        of\na     one two     12\n      three four\n", Take());
        TextTable.Write(_out, ["name", "what", "of"], rows, fits, 12);
        Assert.AreEqual("name  a\nwhat  one\n      two\n      three\n      four\nof    12\n\n", Take());
    }


    private string Take()
    {
        string text = _out.ToString();
        _out.GetStringBuilder().Clear();
        return text;
    }

    private static void Check(string free, string text, int width)
    {
        HashSet<string> words = [.. Words(free), "…"];
        foreach (string line in text.Split('\n'))
        {
            Assert.IsTrue(line.Length <= width || !line.Trim().Contains(' ', StringComparison.Ordinal), $"{line.Length} columns: {line}");
        }

        string[] broken = [.. Words(text).Where(word => !words.Contains(word) && !word.All(c => "·hscrx▁▂▃▄▅▆▇█".Contains(c)) && !IsFigure(word))];
        Assert.IsEmpty(broken, string.Join(", ", broken));
    }

    // How long a character of a lane is depends on how many there are.
    private static bool IsFigure(string word) => double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
