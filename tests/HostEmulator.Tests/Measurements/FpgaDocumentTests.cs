// docs/results/fpga.md and its picture are what the command writes: of the RTL in simulation, so to the byte. Only the figures of the driver, in which the
// kernel and every layer below the driver have their part, may be off by a tenth before they have to be written anew. The environment variable
// TERN_WRITE_DOCS=1 has that done.
using System.Globalization;
using System.Text.RegularExpressions;
using Tern.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public partial class FpgaDocumentTests
{
    private static readonly string[] Page = ["docs", "results", "fpga.md"];
    private static readonly string[] Picture = ["docs", "images", "fpga.svg"];

    private const string Remedy = "docs/results/fpga.md or docs/images/fpga.svg is not what the command writes: run TERN_WRITE_DOCS=1 bash tests/run HostEmulator";
    private const double Tolerance = 0.1;

    [TestMethod]
    public void TheDocumentsAreWhatTheCommandWrites()
    {
        (string written, string drawn) = WrittenDocuments.Write(["bench", "fpga"], Page, Picture);
        ComparePage(Blocks(written), Blocks(WrittenDocuments.OnDisk(Page, written)));
        string onDisk = WrittenDocuments.OnDisk(Picture, drawn);
        Assert.IsNull(drawn.Split('\n').Except(onDisk.Split('\n')).FirstOrDefault(), Remedy);
        Assert.IsTrue(drawn == onDisk, Remedy);
    }

    [TestMethod]
    public void WhatTheHardwaresPageRepeatsIsStillSo()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("hw", "README.md"));
        string[] table = [.. lines.SkipWhile(line => line != "## Where it pays").Skip(1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|'))];
        Assert.HasCount(FpgaMeasurement.Rates.Length + 2, table);
        CollectionAssert.IsSubsetOf(table, File.ReadAllLines(Repository.PathOf(Page)));
    }

    private static void ComparePage(string[] expected, string[] actual)
    {
        int last = Array.FindLastIndex(expected, block => block.StartsWith("## ", StringComparison.Ordinal));
        Assert.HasCount(expected.Length, actual, Remedy);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isOfDriver = i > last || expected[i].StartsWith("- " + FpgaConclusions.DriverBegins, StringComparison.Ordinal);
            if (!isOfDriver)
            {
                Assert.AreEqual(expected[i], actual[i], Remedy);
                continue;
            }

            Assert.AreEqual(Number().Replace(expected[i], "N"), Number().Replace(actual[i], "N"), Remedy);
            foreach ((double one, double other) in Numbers(expected[i]).Zip(Numbers(actual[i])))
            {
                Assert.AreEqual(one, other, one * Tolerance, Remedy);
            }
        }
    }

    /// <summary>Paragraphs, items and lines of tables, each in one line.</summary>
    private static string[] Blocks(string page) => [.. Block().Split(page).Select(block => Blanks().Replace(block, " ").Trim()).Where(block => block.Length > 0)];

    private static IEnumerable<double> Numbers(string text) =>
        Number().Matches(text).Select(number => double.Parse(number.Value, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    [GeneratedRegex("[0-9][0-9,]*(\\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex("\n(?=\n|- |\\||#)")]
    private static partial Regex Block();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
