// The budget of small boards: kernel and RTCR fit into 64 KiB of heap with 8 components, pages of 256 bytes and a bank of 16 KB, and the
// layers into the flash that firmware leaves. docs/results/footprint.md is this suite's own account; with the environment
// variable TERN_WRITE_DOCS=1 it is written anew.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Tern.Tests;

[TestClass]
public partial class FootprintTests
{
    private const long HeapBudget = 64 * 1024;

    // An ESP32 partition for managed code holds 1.5 MB and more; these are what the layers may take of it.
    private const long FlashBudget = 480 * 1024;
    private const double FlashTolerance = 0.03;
    private const string FlashHeading = "## Flash";

    [TestMethod]
    public void KernelAndRtcrFitInto64KiBOfHeapWithEightComponents()
    {
        var items = HeapAccount.Take(new SmallBoard());
        long sum = Sum(items);
        Assert.IsLessThanOrEqualTo(HeapBudget, sum, Page());
    }

    [TestMethod]
    public void TheAccountMissesNoTable()
    {
        // What the parts weigh one by one is what the kernel and RTCR weigh together.
        var board = new SmallBoard();
        var items = HeapAccount.Take(board);
        Assert.IsGreaterThan(16 * 1024, items.Single(item => item.Room == "memory").Bytes);
        foreach (string table in new[] { "Objects", "Gates", "Irqs", "Requests", "Memory", "Ipc", "checkpointer", "restorer", "interceptor" })
        {
            Assert.IsTrue(items.Any(item => item.Name == table), table + " is missing in " + string.Join(", ", items.Select(item => item.Name)));
        }
    }

    [TestMethod]
    public void TheLayersFitIntoTheirFlash()
    {
        var layers = FlashAccount.Take();
        Assert.IsLessThanOrEqualTo(FlashBudget, layers.Sum(layer => layer.EstimatedBytes));
        Assert.IsTrue(layers.All(layer => layer.CodeBytes > 1000));
    }

    [TestMethod]
    public void TheDocumentIsTheAccount()
    {
        string path = Repository.PathOf("docs", "results", "footprint.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("TERN_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        string written = File.Exists(path) ? File.ReadAllText(path) : "";
        const string Remedy = "docs/results/footprint.md is not this account: run TERN_WRITE_DOCS=1 bash tests/run Footprint";
        Assert.AreEqual(Number().Replace(page, "N"), Number().Replace(written, "N"), Remedy);
        Assert.AreEqual(page[..page.IndexOf(FlashHeading, StringComparison.Ordinal)], written[..written.IndexOf(FlashHeading, StringComparison.Ordinal)], Remedy);

        // Each version of the compiler makes a little other code.
        long[] weighed = Numbers(page), documented = Numbers(written);
        for (int i = 0; i < weighed.Length; i++)
        {
            Assert.AreEqual(weighed[i], documented[i], (weighed[i] * FlashTolerance) + 1, Remedy);
        }
    }

    private static long[] Numbers(string page) =>
        [.. Number().Matches(page[page.IndexOf(FlashHeading, StringComparison.Ordinal)..]).Select(number => long.Parse(number.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(?<=\|[ *]*)[0-9][0-9,]*(?=[ *]*\|)")]
    private static partial Regex Number();

    /// <summary>The bank is the components' memory; what kernel and RTCR need to manage it is the budget's business.</summary>
    private static long Sum(System.Collections.Generic.IEnumerable<Item> items) => items.Where(item => item.Room != "memory").Sum(item => item.Bytes);

    private static string Page()
    {
        var page = new StringBuilder();
        page.AppendLine("# Footprint on a small board");
        page.AppendLine();
        page.AppendLine("A static account, not a measurement on a board: the suite `tests/Footprint.Tests` boots a kernel with RTCR, two sheep counters as its targets and five other components on a");
        page.AppendLine("board with pages of 256 bytes and one bank of 16 KB, and weighs every object by the rules of nanoFramework's heap (12 bytes an object and a field, packed");
        page.AppendLine("arrays of numbers; see [`HeapScale`](../../tests/Footprint.Tests/HeapScale.cs)). Written by `TERN_WRITE_DOCS=1 bash tests/run Footprint`, and checked in every run.");
        page.AppendLine();
        page.AppendLine("## Heap");
        page.AppendLine();
        page.AppendLine("| room | table | bytes |");
        page.AppendLine("|---|---|--:|");
        var items = HeapAccount.Take(new SmallBoard());
        foreach (Item item in items)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {item.Room} | {item.Name} | {item.Bytes:N0} |");
        }

        page.AppendLine(CultureInfo.InvariantCulture, $"| | **all but the bank**, of {HeapBudget:N0} that it may have | **{Sum(items):N0}** |");
        page.AppendLine();
        page.AppendLine(FlashHeading);
        page.AppendLine();
        page.AppendLine("| layer | methods | code in bytes | with tables and names, estimated |");
        page.AppendLine("|---|--:|--:|--:|");
        var layers = FlashAccount.Take();
        foreach (Layer layer in layers)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {layer.Name} | {layer.Methods:N0} | {layer.CodeBytes:N0} | {layer.EstimatedBytes:N0} |");
        }

        page.AppendLine(CultureInfo.InvariantCulture, $"| **all**, of {FlashBudget:N0} | {layers.Sum(layer => layer.Methods):N0} | {layers.Sum(layer => layer.CodeBytes):N0} | {layers.Sum(layer => layer.EstimatedBytes):N0} |");
        return page.ToString();
    }
}
