// A typo gets the nearest word, whatever the parser makes of it.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class UsageTests : CommandFolder
{
    [TestMethod]
    [DataRow("tern has no command \"rum\"; did you mean \"run\"?", "rum")]
    [DataRow("\"pair\" is a bench and no command; did you mean \"tern run pair\"?", "pair")]
    [DataRow("tern has no command \"piar\"; did you mean \"tern run pair\"?", "piar")]
    [DataRow("tern has no option \"--sed\"; did you mean \"--seed\"?", "--sed", "3")]
    [DataRow("tern run has no option \"--sed\"; did you mean \"--seed\"?", "run", "--sed", "3")]
    [DataRow("tern run has no option \"--sed\"; did you mean \"--seed\"?", "run", "pair", "--sed", "3")]
    [DataRow("tern run has no option \"--sed=3\"; did you mean \"--seed\"?", "run", "pair", "--sed=3")]
    [DataRow("tern run has no option \"--sed\"; did you mean \"--seed\"?", "run", "--sed")]
    [DataRow("tern image has no command \"inpsect\"; did you mean \"inspect\"?", "image", "inpsect")]
    [DataRow("tern image needs a command: list, inspect, verify, diff, export", "image")]
    [DataRow("tern timeline has no option \"--form\"; did you mean \"--from\"?", "timeline", "pair", "--form", "1s")]
    [DataRow("\"twice\" is one word too many for tern list", "list", "twice")]
    public void A_typo_gets_the_nearest_command_or_option(string message, params string[] arguments)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(arguments));
        Assert.StartsWith($"error: {message}\nTry \"tern", _error.ToString());
        Assert.AreEqual("", _out.ToString());
    }

    [TestMethod]
    public void A_file_of_options_is_not_read()
    {
        string file = Write("options", "--seeds\n2\n");
        Assert.AreEqual(ExitCodes.Usage, Run("run", "@" + file));
        Assert.Contains("there is no file \"@", _error.ToString());
    }

    [TestMethod]
    [DataRow("timeline")]
    [DataRow("run")]
    [DataRow("list")]
    [DataRow("show")]
    [DataRow("image")]
    [DataRow("caps")]
    [DataRow("bench")]
    public void Examples_of_the_help_are_command_lines_and_nothing_else(string command)
    {
        Assert.AreEqual(ExitCodes.Success, Run(command, "--help"));
        string[] lines = _out.ToString().Split('\n');
        int first = Array.IndexOf(lines, "Examples:") + 1;
        string[] examples = lines[first..Array.IndexOf(lines, "", first)];
        Assert.IsNotEmpty(examples);
        Assert.IsTrue(Array.TrueForAll(examples, line => line.StartsWith("  tern ", StringComparison.Ordinal)), string.Join('\n', examples));
    }
}
