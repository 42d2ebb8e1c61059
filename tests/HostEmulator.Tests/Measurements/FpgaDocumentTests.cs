// docs/results/fpga.md and its picture are what the command writes: of the RTL in simulation, so to the byte. With the environment variable
// TERN_WRITE_DOCS=1 they are written anew.
using Tern.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaDocumentTests
{
    private static readonly string[] Page = ["docs", "results", "fpga.md"];
    private static readonly string[] Picture = ["docs", "images", "fpga.svg"];

    private const string Remedy = " is not what the command writes: run TERN_WRITE_DOCS=1 bash tests/run HostEmulator";

    [TestMethod]
    public void TheDocumentsAreWhatTheCommandWrites()
    {
        string folder = Directory.CreateTempSubdirectory("tern-").FullName;
        try
        {
            string page = InFolder(folder, Page);
            string picture = InFolder(folder, Picture);
            using var output = new StringWriter();
            using var error = new StringWriter();
            int status = CommandLine.Run(["bench", "fpga", "--markdown", page, "--plot", picture], new Output(output, error));
            Assert.AreEqual("", error.ToString());
            Assert.AreEqual(ExitCodes.Success, status);
            Compare(File.ReadAllText(page).Replace(folder + "/", "", StringComparison.Ordinal), Page);
            Compare(File.ReadAllText(picture), Picture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void WhatTheHardwaresPageRepeatsIsStillSo()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("hw", "README.md"));
        string[] table = [.. lines.SkipWhile(line => line != "## Where it pays").Skip(1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|'))];
        Assert.HasCount(FpgaMeasurement.Rates.Length + 2, table);
        CollectionAssert.IsSubsetOf(table, File.ReadAllLines(Repository.PathOf(Page)));
    }

    private static string InFolder(string folder, string[] path)
    {
        string file = Path.Combine([folder, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    private static void Compare(string text, string[] path)
    {
        string document = Repository.PathOf(path);
        if (Environment.GetEnvironmentVariable("TERN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(document, text);
        }

        Assert.AreEqual(text, File.Exists(document) ? File.ReadAllText(document) : "", string.Join('/', path) + Remedy);
    }
}
