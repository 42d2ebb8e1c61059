// What docs/kernel.md says of an operation is what stands beside its number in the source, word for word: two tellings of one protocol
// drift apart, and the one that a person reads is the wrong one. And the pictures show what is there.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Tern.Rules.Tests;

public partial class DocumentTests
{
    public static IEnumerable<object[]> OperationSources =>
        from file in Directory.GetFiles(Path.Combine(Root, "shared", "Kernel"), "*.cs", SearchOption.AllDirectories)
        from type in OperationSource().Matches(File.ReadAllText(file))
        select new object[] { type.Groups[1].Value, type.Groups[2].Value };

    [TestMethod]
    [DynamicData(nameof(OperationSources))]
    public void Operations_are_documented_as_their_source_tells_them(string name, string source)
    {
        var expected = DocumentedConstant().Matches(source).ToDictionary(found => found.Groups[2].Value, found => Plain(found.Groups[1].Value));
        string table = Table().Matches(KernelPage).Select(found => found.Value)
            .Single(found => Rows(found).Select(row => row.Name).ToHashSet().SetEquals(expected.Keys));
        foreach (Match row in OperationRow().Matches(table))
        {
            string told = LinkText().Replace(row.Groups[2].Value, "$1");
            Assert.AreEqual(expected[row.Groups[1].Value], told, $"docs/kernel.md, {name}.{row.Groups[1].Value}");
        }
    }

    [TestMethod]
    public void No_source_of_operations_is_overlooked() =>
        Assert.AreEqual(
            string.Join(' ', OperationClasses.Select(row => (string)row[0]).Order(StringComparer.Ordinal)),
            string.Join(' ', OperationSources.Select(row => (string)row[0]).Order(StringComparer.Ordinal)));

    [TestMethod]
    public void Services_of_core_are_in_the_reference_and_in_the_picture_of_the_layers()
    {
        string source = File.ReadAllText(Path.Combine(Root, "shared", "Kernel", "Core", "CoreServices.cs"));
        string[] services = [.. ServiceCase().Matches(source).Select(found => found.Groups[1].Value)];
        string picture = File.ReadAllText(Path.Combine(Root, "docs", "images", "layers.svg"));
        string line = picture.Split('\n').Single(line => line.Contains("services: ", StringComparison.Ordinal));
        string[] shown = line[(line.IndexOf("services: ", StringComparison.Ordinal) + 10)..line.LastIndexOf("</text>", StringComparison.Ordinal)].Split(", ");
        Assert.AreEqual(string.Join(' ', services.Order(StringComparer.Ordinal)), string.Join(' ', shown.Order(StringComparer.Ordinal)), "docs/images/layers.svg");
        string[] missing = [.. services.Where(service => !Regex.IsMatch(KernelPage, $@"^### {service}(:|$)", RegexOptions.Multiline))];
        Assert.IsEmpty(missing, "docs/kernel.md has no section of " + string.Join(", ", missing));
    }

    /// <summary>A comment's summary as the page has it: names in backticks, on one line.</summary>
    private static string Plain(string comment)
    {
        string text = string.Join(' ', comment.Split('\n').Select(line => line.Trim().TrimStart('/').Trim()).Where(line => line.Length > 0));
        text = Reference().Replace(text, "`$1`");
        return text["<summary>".Length..text.IndexOf("</summary>", StringComparison.Ordinal)].Trim();
    }

    [GeneratedRegex(@"public static class (\w+Operation)\r?\n\{(.*?)\n\}", RegexOptions.Singleline)]
    private static partial Regex OperationSource();

    [GeneratedRegex(@"((?:^    ///.*\n)+)    public const int (\w+) = [0-9]\w*;", RegexOptions.Multiline)]
    private static partial Regex DocumentedConstant();

    [GeneratedRegex(@"^\| `(\w+)` \| \S+ \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex OperationRow();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"<see cref=""(?:Error\.)?([^""]+)""\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"case ""(\w+)"":")]
    private static partial Regex ServiceCase();
}
