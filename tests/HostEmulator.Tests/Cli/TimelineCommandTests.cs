// tern timeline as a person uses it.
using System.Text.Json;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class TimelineCommandTests : CommandTest
{
    [TestMethod]
    public void ABenchIsShownAsLanesAndAListOfWhatHappened()
    {
        Assert.AreEqual(ExitCodes.Success, Run("timeline", "wheel-speed"));
        string[] lines = _out.ToString().Split('\n');
        Assert.StartsWith("board    component ", lines[0]);
        Assert.StartsWith("ecu1     init  ", lines[1]);
        Assert.Contains("checkpoint 1: capture", _out.ToString());
        Assert.Contains("moves here from ecu1", _out.ToString());
        Assert.DoesNotContain("\u001b", _out.ToString(), "piped, it is plain");
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void JsonIsOneDocument()
    {
        Assert.AreEqual(ExitCodes.Success, Run("timeline", "sheep", "--format", "json", "--component", "sheep_client", "--from", "1s", "--to", "1500ms"));
        using JsonDocument document = JsonDocument.Parse(_out.ToString());
        foreach (JsonElement e in document.RootElement.GetProperty("traceEvents").EnumerateArray())
        {
            if (e.GetProperty("ph").GetString() == "X")
            {
                Assert.IsLessThanOrEqualTo(1_500_000, e.GetProperty("ts").GetDecimal());
                Assert.IsGreaterThanOrEqualTo(1_000_000, e.GetProperty("ts").GetDecimal() + e.GetProperty("dur").GetDecimal());
            }
        }
    }

    [TestMethod]
    public void ARunThatFailsIsShownAndSaysSo()
    {
        Assert.AreEqual(ExitCodes.Failed, Run("timeline", "wheel-speed", "--within-seconds", "1"));
        Assert.Contains("checkpoint 1: capture", _out.ToString());
        Assert.Contains("FAILED: expected target front_left on ecu2", _error.ToString());
    }

    [TestMethod]
    [DataRow("--board", "ecu9", "error: no board is called \"ecu9\"; did you mean \"ecu1\"?\n")]
    [DataRow("--component", "front_lift", "error: no component is called \"front_lift\"; did you mean \"front_left\"?\n")]
    public void WhoIsNotThereIsNamed(string option, string name, string message)
    {
        Assert.AreEqual(ExitCodes.Usage, Run("timeline", "wheel-speed", option, name));
        Assert.AreEqual(message, _error.ToString());
        Assert.AreEqual("", _out.ToString());
    }

    [TestMethod]
    [DataRow("--from", "soon")]
    [DataRow("--to", "-1s")]
    [DataRow("--to", "1h")]
    [DataRow("--from", "9999999s")]
    public void ATimeThatIsNoneIsRefused(string option, string time)
    {
        Assert.AreEqual(ExitCodes.Usage, Run("timeline", "wheel-speed", option, time));
        Assert.Contains("write a time such as 2.5s, 300ms or 40us", _error.ToString());
    }
}
