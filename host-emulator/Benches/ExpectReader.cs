// Reads what a bench expects.
namespace Tern.HostEmulator;

internal static class ExpectReader
{
    private const long UsualSeconds = 60;
    internal const long MaxSeconds = 86_400;
    private const long Second = 1_000_000_000;

    /// <summary>Reads <c>&lt;expect&gt;</c>.</summary>
    /// <returns>What makes fresh expectations for a run.</returns>
    internal static Func<IReadOnlyList<Expectation>> Read(
        BenchElement? element, IReadOnlyCollection<string> boards, IReadOnlyCollection<string> interrupts, out long within, out bool errorsFail)
    {
        within = UsualSeconds * Second;
        string errors = "fail";
        var makers = new List<Func<Expectation>>();
        if (element is not null)
        {
            within = Second * element.Number("within-seconds", UsualSeconds, 1, MaxSeconds);
            errors = element.Choice("log-errors", "fail", ["fail", "ignore"]);
            element.End();
            foreach (BenchElement child in element.Children("target", "report", "counted", "never"))
            {
                makers.Add(child.Name switch
                {
                    "target" => ReadTarget(child, boards),
                    "report" => ReadReport(child, boards, (int)child.Number("at-least", 1, 1, 1_000_000), isOver: true),
                    "counted" => ReadCounted(child, interrupts),
                    _ => ReadReport(child, boards, 0, child.Choice("until", "end", ["end", "met"]) == "met"),
                });
                child.EndLeaf();
            }
        }

        // What a bench expects says nothing of what it does not mention: an error does.
        errorsFail = errors != "ignore";
        return () => [.. makers.Select(make => make())];
    }

    private static Func<Expectation> ReadTarget(BenchElement element, IReadOnlyCollection<string> boards)
    {
        string target = element.Required("name");
        string board = Known(element, "on", element.Required("on"), boards);
        string? holder = element.Optional("under");
        bool verified = element.Truth("verified");
        string source = element.Source;
        return () => new TargetExpectation { Source = source, Target = target, Board = board, Holder = holder, Verified = verified };
    }

    private static Func<Expectation> ReadReport(BenchElement element, IReadOnlyCollection<string> boards, int atLeast, bool isOver)
    {
        string? board = element.Optional("board");
        string? pair = element.Optional("with");
        if (pair is { Length: > 0 } && pair.IndexOf('=', StringComparison.Ordinal) < 1)
        {
            element.Problem($"\"with\" is \"{BenchElement.Shown(pair)}\"; write a key and its value, such as copier=fpga", "with");
            pair = null;
        }

        var pattern = new ReportPattern(
            element.Required("word"), element.Optional("from"), board is null ? null : Known(element, "board", board, boards), element.Optional("target"))
        {
            With = pair,
        };
        string source = element.Source;
        return () => new ReportExpectation { Source = source, Pattern = pattern, AtLeast = atLeast, IsOfTheEnd = !isOver };
    }

    private static Func<Expectation> ReadCounted(BenchElement element, IReadOnlyCollection<string> interrupts)
    {
        string target = element.Required("by");
        string interrupt = BenchReader.Wired(element, "interrupt", interrupts);
        int atLeast = (int)element.Number("at-least", 1, 1, 1_000_000);
        string source = element.Source;
        return () => new PulseExpectation { Source = source, Target = target, Interrupt = interrupt, AtLeast = atLeast };
    }

    private static string Known(BenchElement element, string attribute, string board, IReadOnlyCollection<string> boards)
    {
        if (board.Length > 0 && !boards.Contains(board))
        {
            element.Problem($"no board is called \"{BenchElement.Shown(board)}\"{Spelling.DidYouMean(board, boards)}", attribute);
        }

        return board;
    }
}
