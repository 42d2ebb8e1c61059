// The log: Genode's lines, the board in front when there are several, levels by the line's own words.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class LogTests : IDisposable
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };

    public void Dispose() => _writer.Dispose();

    [TestMethod]
    public void OneBoardsLinesAreLeftAlone()
    {
        var log = new TextLog(_writer, ["ecu"]);
        new BoardConsole("ecu", log).WriteLine("[init -> manager] Creating root component");
        Assert.AreEqual("[init -> manager] Creating root component\n", _writer.ToString());
    }

    [TestMethod]
    public void SeveralBoardsAreTold()
    {
        var log = new TextLog(_writer, ["ecu1", "manager"]);
        new BoardConsole("ecu1", log).WriteLine("[init -> rtcr_dummy_1] up");
        new BoardConsole("manager", log).WriteLine("Tern");
        Assert.AreEqual("ecu1     [init -> rtcr_dummy_1] up\nmanager  Tern\n", _writer.ToString());
    }

    [TestMethod]
    [DataRow("[init -> a] Error: lost", LogLevel.Error)]
    [DataRow("Error: lost", LogLevel.Error)]
    [DataRow("[init -> a] Warning: odd", LogLevel.Warning)]
    [DataRow("[init -> a] all Error: free", LogLevel.Info)]
    [DataRow("[init -> a] Debug: detail", LogLevel.Debug)]
    [DataRow("[never closed", LogLevel.Info)]
    [DataRow("", LogLevel.Info)]
    public void ALinesWordsGiveItsLevel(string text, LogLevel level) => Assert.AreEqual(level, new LogLine("ecu", text).Level);

    [TestMethod]
    public void LessImportantLinesAreLeftOut()
    {
        var log = new TextLog(_writer, ["ecu"], LogLevel.Warning);
        foreach (string text in new[] { "[a] Error: 1", "[a] Warning: 2", "[a] 3", "[a] Debug: 4" })
        {
            log.Write(new LogLine("ecu", text));
        }

        Assert.AreEqual("[a] Error: 1\n[a] Warning: 2\n", _writer.ToString());
    }
}
