// One benchmark's results as a table in Markdown, which reads well in a terminal too.
using System.Globalization;
using System.Text;

namespace Tern.Benchmarks;

/// <summary>Writes results.</summary>
internal static class Table
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A benchmark's section.</summary>
    internal static string Of(string name, Benchmark benchmark, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.Append(Culture, $"## {name}\n\n{benchmark.Title}.{(benchmark.Note.Length > 0 ? " " : "")}{benchmark.Note}\n\n");
        var rows = new List<string[]> { new[] { "", "median", "least", "spread", "speed", "B/op", "beside", "ratio", "aim", "" } };
        rows.AddRange(results.Select(Row));
        Append(text, rows);
        if (benchmark.Figures.Any())
        {
            text.Append('\n');
            Append(text, [["", "figure"], .. benchmark.Figures.Select(figure => new[] { figure.Name, figure.Value })]);
        }

        return text.ToString();
    }

    private static string[] Row(Result result)
    {
        Case measured = result.Case;
        bool isCompared = measured.Beside is not null;
        return
        [
            measured.Name,
            Time(result.Median),
            Time(result.Least),
            (result.Spread * 100).ToString("0", Culture) + " %",
            measured.Bytes > 0 ? (measured.Bytes / result.Median).ToString("0.00", Culture) + " GB/s" : "",
            result.Bytes.ToString(result.Bytes < 1 ? "0" : "#,0", Culture),
            isCompared ? measured.Beside!.Name : "",
            isCompared ? result.Ratio.ToString("0.00", Culture) : "",
            measured.Aim?.Text ?? "",
            measured.Aim is null ? "" : measured.Aim.IsReached(result) ? "reached" : "missed",
        ];
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e4 => nanoseconds.ToString(nanoseconds < 100 ? "0.00" : "0", Culture) + " ns",
        < 1e7 => (nanoseconds / 1e3).ToString("0.0", Culture) + " µs",
        < 1e10 => (nanoseconds / 1e6).ToString("0.0", Culture) + " ms",
        _ => (nanoseconds / 1e9).ToString("0.0", Culture) + " s",
    };

    private static void Append(StringBuilder text, List<string[]> rows)
    {
        int columns = rows[0].Length;
        int[] width = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Length))];
        bool[] isUsed = [.. Enumerable.Range(0, columns).Select(column => rows.Skip(1).Any(row => row[column].Length > 0))];
        for (int i = 0; i < rows.Count; i++)
        {
            AppendRow(text, rows[i], width, isUsed);
            if (i == 0)
            {
                AppendRow(text, [.. width.Select((w, column) => new string('-', column == 0 ? w : Math.Max(1, w - 1)) + (column == 0 ? "" : ":"))], width, isUsed);
            }
        }
    }

    private static void AppendRow(StringBuilder text, string[] cells, int[] width, bool[] isUsed)
    {
        for (int column = 0; column < cells.Length; column++)
        {
            if (isUsed[column])
            {
                text.Append("| ").Append(column == 0 ? cells[column].PadRight(width[column]) : cells[column].PadLeft(width[column])).Append(' ');
            }
        }

        text.Append("|\n");
    }
}
