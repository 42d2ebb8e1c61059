// The command line does not throw: every option and argument of every command, found by walking over the commands, takes odd
// values. What comes is an exit status and, when it is 2, words.
using System.CommandLine;

namespace Tern.HostEmulator.Tests;

[TestClass]
[DoNotParallelize]      // relative names are meant for a folder of the test's own
public sealed class HostileCommandLineTests : CommandFolder
{
    private static readonly string[] Hostile =
    [
        "", " ", "\t\n", "\0", "a\0b", "-5", "-", "--", "--=", "---", "0", "3", "1.5", "+7", " 7 ", "0x10", "1e400", "NaN", "9300000000", "18446744074", "2147483648",
        "9223372036854775808", "18446744073709551616", "99999999999999999999999999999999999999999", "abc", "\u00e9", "\ud800", "\u202e", "\u001b[31m", "../nowhere/x",
        "/dev/null/x", "/proc/x", "@file", "%s%n", "ecu1", "pair", "pair.xml", "1s", "99999999999999999s", "00:00:00:00:00:01+99999999999", new string('x', 5000), new string('9', 5000),
    ];

    private string _old = "";

    [TestInitialize]
    public void GoToTheFolder()
    {
        _old = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _folder;
    }

    [TestCleanup]
    public void GoBack() => Environment.CurrentDirectory = _old;

    [TestMethod]
    public void Every_option_of_every_command_takes_or_refuses_whatever_it_is_given()
    {
        int tried = 0;
        foreach ((string[] path, Command command) in Commands(NewRoot(new Output(_out, _error), new BenchCatalog(_folder)), []))
        {
            foreach (Option option in command.Options.Where(option => option is not System.CommandLine.Help.HelpOption))
            {
                foreach (string value in Hostile)
                {
                    Try([.. path, .. Usual(command, -1, ""), option.Name, value]);
                    Try([.. path, .. Usual(command, -1, ""), option.Name + "=" + value]);
                    tried += 2;
                }

                Try([.. path, .. Usual(command, -1, ""), option.Name]);
                Try([.. path, .. Usual(command, -1, ""), option.Name, "1", option.Name, "2"]);
            }
        }

        Assert.IsGreaterThan(1000, tried, "the walk has found the options");
    }

    [TestMethod]
    public void Every_argument_of_every_command_takes_or_refuses_whatever_it_is_given()
    {
        int tried = 0;
        foreach ((string[] path, Command command) in Commands(NewRoot(new Output(_out, _error), new BenchCatalog(_folder)), []))
        {
            foreach (string value in Hostile)
            {
                for (int i = 0; i < command.Arguments.Count; i++, tried++)
                {
                    Try([.. path, .. Usual(command, i, value)]);
                }

                Try([.. path, .. Usual(command, -1, ""), value]);       // one too many
            }
        }

        Assert.IsGreaterThan(300, tried, "the walk has found the arguments");
    }

    [TestMethod]
    [DataRow("--seeds", "abc", "--seeds is \"abc\"; write a whole number from 1 to 1000000000")]
    [DataRow("--seeds", "2147483648", "--seeds is \"2147483648\"; write a whole number from 1 to 1000000000")]
    [DataRow("--seeds", "0", "--seeds is \"0\"; write a whole number from 1 to 1000000000")]
    [DataRow("--seed", "-1", "--seed is \"-1\"; write a whole number from 0 to 18446744073709551615")]
    [DataRow("--within-seconds", "-5", "--within-seconds is \"-5\"; write a whole number from 1 to 86400")]
    [DataRow("--within-seconds", "9300000000", "--within-seconds is \"9300000000\"; write a whole number from 1 to 86400")]
    [DataRow("--within-seconds", "18446744074", "--within-seconds is \"18446744074\"; write a whole number from 1 to 86400")]
    [DataRow("--images", "", "--images is empty; name a directory")]
    [DataRow("--board-log", "", "--board-log is empty; name a directory")]
    [DataRow("--capability-dumps", " ", "--capability-dumps is empty; name a directory")]
    [DataRow("--nas-directory", "a\0b", "--nas-directory is \"a\\x00b\", which no file can be called; name a directory")]
    public void What_is_wrong_is_told_with_what_would_be_right(string option, string value, string message)
    {
        Assert.AreEqual(ExitCodes.Usage, Run("run", "pair", option, value));
        Assert.AreEqual($"error: {message}\nTry \"tern run --help\".\n", _error.ToString());
        Assert.AreEqual("", _out.ToString());
    }

    [TestMethod]
    [DataRow("--seeds 2 --images x", "--images is for one run, not for --seeds")]
    [DataRow("--seeds 2 --board-log x", "--board-log is for one run, not for --seeds")]
    [DataRow("--seeds 2 --nas-directory x", "--nas-directory is for one run, not for --seeds")]
    [DataRow("--seeds 2 --seed 18446744073709551615", "there are no seeds beyond 18446744073709551615")]
    [DataRow("--network tcp", "--network tcp needs --time real")]
    public void What_does_not_go_together_is_refused_before_anything_runs(string options, string message)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(["run", "pair", .. options.Split(' ')]));
        Assert.Contains(message, _error.ToString());
        Assert.AreEqual("", _out.ToString());
        Assert.IsFalse(Directory.Exists(Path.Combine(_folder, "x")));
    }

    [TestMethod]
    [DataRow("--from 3 --to 1", "--to, 1.000 s, is before --from, 3.000 s: there is nothing between them")]
    [DataRow("--from 9s", "the run was over after 90.00 ms, before --from, 9.000 s")]
    public void A_stretch_of_time_with_nothing_in_it_is_no_success(string options, string message)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(["timeline", "pair", .. options.Split(' ')]));
        Assert.Contains(message, _error.ToString());
        Assert.AreEqual("", _out.ToString());
    }

    private static IEnumerable<(string[] Path, Command Command)> Commands(Command command, string[] path)
    {
        yield return (path, command);
        foreach (Command child in command.Subcommands)
        {
            foreach ((string[], Command) found in Commands(child, [.. path, child.Name]))
            {
                yield return found;
            }
        }
    }

    /// <summary>Arguments that a command can do something with, but for one.</summary>
    private static string[] Usual(Command command, int odd, string value) => [.. command.Arguments.Select((argument, i) =>
        i == odd ? value : argument.Name == "bench" ? "pair" : argument.Name == "target" ? Path.GetRandomFileName() : "pair.xml")];

    private void Try(string[] arguments)
    {
        _out.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        string shown = string.Join(' ', arguments.Select(word => '"' + (word.Length > 50 ? word[..50] + "…" : word) + '"'));
        int status;
        try
        {
            status = Run(arguments);
        }
        catch (Exception e)
        {
            throw new AssertFailedException($"tern {shown} throws {e}");
        }

        string said = _error.ToString();
        Assert.IsTrue(status is ExitCodes.Success or ExitCodes.Failed or ExitCodes.Usage, $"tern {shown} ends with {status}: {said}");
        Assert.IsFalse(status == ExitCodes.Usage && said.Trim().Length < 10, $"tern {shown} says nothing");
        Assert.DoesNotContain("   at Tern.", said + _out, $"tern {shown} shows a stack");
        Assert.DoesNotContain("System.", said, $"tern {shown} speaks of types");
        Assert.IsTrue(said.Split('\n').All(line => line.Length < 6000) && !said.Contains('\u001b', StringComparison.Ordinal), $"tern {shown} says {said}");
    }
}
