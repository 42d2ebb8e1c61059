// docs/results/cdma.md and its picture are what the command writes on the model, to the byte; another test holds the model to the RTL. With the
// environment variable TERN_WRITE_DOCS=1 they are written anew.
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
        (string page, string picture) = WrittenDocuments.Write(["bench", "cdma", "--core", "model"], Page, Picture);
        Compare(page, Page);
        Compare(picture, Picture);
    }

    private static void Compare(string text, string[] path) =>
        Assert.AreEqual(text, WrittenDocuments.OnDisk(path, text), string.Join('/', path) + Remedy);
}
