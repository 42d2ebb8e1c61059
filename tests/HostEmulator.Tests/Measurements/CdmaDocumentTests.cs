// docs/results/cdma.md and its picture are what the command writes on the model, to the byte; another test holds the model to the RTL. With the
// environment variable TERN_WRITE_DOCS=1 they are written anew.
using Tern.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class CdmaDocumentTests
{
    private const string Remedy = " is not what the command writes: run TERN_WRITE_DOCS=1 bash tests/run HostEmulator";

    private static readonly string[] Page = ["docs", "results", "cdma.md"];
    private static readonly string[] Picture = ["docs", "images", "cdma-stop.svg"];

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
            string[] line = ["bench", "cdma", "--core", "model", "--markdown", page, "--plot", picture];
            int status = CommandLine.Run(line, new Output(output, error));
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
