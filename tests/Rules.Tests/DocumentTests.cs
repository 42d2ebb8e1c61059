// A public API that matches its documents: docs/kernel.md and docs/protocol.md name every operation, error and limit with its number,
// and none that is not there.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Rules.Tests;

[TestClass]
public partial class DocumentTests
{
    private static readonly string Root = Repository.Root();
    private static readonly string KernelPage = File.ReadAllText(Path.Combine(Root, "docs", "kernel.md"));

    public static IEnumerable<object[]> OperationClasses =>
        Compiled.ForHost.Single(compiled => compiled.Name == "Tern.Kernel").Types
            .Where(type => type.IsPublic && type.Name.EndsWith("Operation", StringComparison.Ordinal))
            .Select(type => new object[] { type.Name });

    [TestMethod]
    [DynamicData(nameof(OperationClasses))]
    public void Operations_are_documented_with_their_numbers(string name)
    {
        TypeDefinition type = Compiled.ForHost.Single(compiled => compiled.Name == "Tern.Kernel").Types.Single(type => type.Name == name);
        string expected = Lines(type.Fields.Where(field => field.IsPublic && field.HasConstant && Convert.ToInt64(field.Constant, CultureInfo.InvariantCulture) > 0)
            .Select(field => (field.Name, Convert.ToInt64(field.Constant, CultureInfo.InvariantCulture))));
        string[] tables = [.. OperationTables(KernelPage)];
        Assert.Contains(expected, tables, $"docs/kernel.md has no table with exactly the operations of {name}: {expected}");
    }

    [TestMethod]
    public void No_table_tells_of_operations_that_are_not_there() =>
        Assert.HasCount(OperationClasses.Count(), OperationTables(KernelPage).ToArray(), "tables of operations in docs/kernel.md");

    [TestMethod]
    public void Errors_are_documented_with_their_numbers()
    {
        string expected = Lines(Enum.GetValues<Error>().Select(error => (error.ToString(), (long)error)));
        string found = Lines(ErrorRow().Matches(KernelPage).Select(row => (row.Groups[2].Value, Number(row.Groups[1].Value))));
        Assert.AreEqual(expected, found, "docs/kernel.md, Errors");
    }

    [TestMethod]
    public void Limits_are_documented_with_their_defaults()
    {
        var defaults = new BoardProfile();
        var rows = Rows(Section(KernelPage, "## Limits")).ToDictionary(row => row.Name, row => row.Number);
        foreach (var field in typeof(BoardProfile).GetFields().Where(field => field.FieldType == typeof(int) || field.Name.EndsWith("Nanoseconds", StringComparison.Ordinal)))
        {
            Assert.IsTrue(rows.TryGetValue(field.Name, out long documented), $"docs/kernel.md, Limits: {field.Name} is missing");
            Assert.AreEqual(Convert.ToInt64(field.GetValue(defaults), CultureInfo.InvariantCulture), documented, $"docs/kernel.md, Limits: {field.Name}");
        }
    }

    [TestMethod]
    public void Links_of_documents_lead_somewhere()
    {
        string[] pages = [Path.Combine(Root, "README.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories),
            .. new[] { "firmware", "hw", "host-emulator" }.Select(room => Path.Combine(Root, room, "README.md"))];
        var broken = from page in pages
                     from link in Link().Matches(File.ReadAllText(page))
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
                     let path = Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])
                     where !File.Exists(path) && !Directory.Exists(path)
                     select $"{Path.GetRelativePath(Root, page)}: {target}";
        Assert.IsEmpty(broken.ToArray());
    }

    private static string Section(string page, string heading)
    {
        int from = page.IndexOf("\n" + heading + "\n", StringComparison.Ordinal);
        Assert.IsGreaterThan(0, from, heading);
        int end = page.IndexOf("\n## ", from + 4, StringComparison.Ordinal);
        return end < 0 ? page[from..] : page[from..end];
    }

    /// <summary>Each table of operations, as its names and numbers.</summary>
    private static IEnumerable<string> OperationTables(string page) =>
        Table().Matches(page).Select(table => Lines(Rows(table.Value).Select(row => (row.Name, row.Number))));

    private static IEnumerable<(string Name, long Number)> Rows(string text) =>
        Row().Matches(text).Select(row => (row.Groups[1].Value, Number(row.Groups[2].Value)));

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<(string Name, long Number)> rows) =>
        string.Join(", ", rows.OrderBy(row => row.Number).ThenBy(row => row.Name, StringComparer.Ordinal).Select(row => $"{row.Name} {row.Number}"));

    [GeneratedRegex(@"^\| operation \| no\. \|.*\n\|[-|: ]+\n(?:\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `(\w+)` \| ([0-9,]+|0x[0-9a-fA-F]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
