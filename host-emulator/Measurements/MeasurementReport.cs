// What was measured as text for people and as a page of the documents. The same figures give the same bytes.
namespace Tern.HostEmulator;

internal sealed class MeasurementReport
{
    /// <summary>The page's title.</summary>
    internal required string Title { get; init; }

    /// <summary>What the page is about, in a sentence or two of Markdown.</summary>
    internal required string Subject { get; init; }

    /// <summary>What the plot shows, for who cannot see it.</summary>
    internal required string Picture { get; init; }

    /// <summary>What is run, what simulated, what modelled and what assumed.</summary>
    internal required IReadOnlyList<string> Basis { get; init; }

    /// <summary>What follows from the figures.</summary>
    internal required IReadOnlyList<string> Conclusions { get; init; }

    /// <summary>The figures.</summary>
    internal required IReadOnlyList<FigureTable> Tables { get; init; }

    /// <summary>Writes everything as text.</summary>
    internal void WriteText(TextWriter writer)
    {
        foreach (FigureTable table in Tables)
        {
            table.WriteText(writer);
            writer.WriteLine();
        }

        writer.WriteLine("What follows");
        writer.WriteLine();
        Prose.WriteList(writer, Conclusions);
        writer.WriteLine();
        Prose.WriteList(writer, Basis.Select(Prose.Plain));
    }

    /// <summary>Writes everything as a page.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="command">The command line that writes it again.</param>
    /// <param name="picture">The plot's path from the page, or <c>null</c>.</param>
    internal void WriteMarkdown(TextWriter writer, string command, string? picture)
    {
        writer.WriteLine("# " + Title);
        writer.WriteLine();
        writer.WriteLine(Subject + " Written by");
        writer.WriteLine();
        writer.WriteLine("```");
        writer.WriteLine(command);
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("No board was measured:");
        writer.WriteLine();
        Prose.WriteList(writer, Basis.Select(line => line.Replace("the cost model", "the [cost model](../cost-model.md)", StringComparison.Ordinal)));
        writer.WriteLine();
        writer.WriteLine("## What follows");
        writer.WriteLine();
        Prose.WriteList(writer, Conclusions);
        if (picture is not null)
        {
            writer.WriteLine();
            writer.WriteLine($"![{Picture}]({picture})");
        }

        foreach (FigureTable table in Tables)
        {
            writer.WriteLine();
            table.WriteMarkdown(writer);
        }
    }
}
