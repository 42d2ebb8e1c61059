// The LOG service: whatever a component writes, a line begins with its own label, and nothing else does.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class LogTests
{
    private const string Forged = "[init] Error: child \"brake\" faulted";

    [TestMethod]
    [DataRow("a\nb", "a\\nb")]
    [DataRow("a\r\nb", "a\\r\\nb")]
    [DataRow("\ttabbed", "\\ttabbed")]
    [DataRow("\x1b[2J", "\\x1b[2J")]
    [DataRow("\0\x7f", "\\x00\\x7f")]
    [DataRow("\u0085\u009b", "\\x85\\x9b")]
    [DataRow("no ] end, no [ begin", "no ] end, no [ begin")]
    [DataRow("grüß dich — 🐑", "grüß dich — 🐑")]
    [DataRow("", "")]
    public void TextForgesNoLine(string text, string shown)
    {
        Machine machine = Booted();
        machine.Do("init", env => env.Log(text));
        Assert.AreEqual("[init] " + shown, Last(machine));
    }

    [TestMethod]
    [DataRow("x\n" + Forged, "x\\n[init\\x5d Error: child \"brake\" faulted")]
    [DataRow("] Error: lost", "\\x5d Error: lost")]
    public void ALabelForgesNoLineAndDoesNotEndBeforeItsEnd(string label, string shown)
    {
        Machine machine = Booted();
        machine.Do("init", env =>
        {
            int session = env.Connect("LOG", label, 0, 0, 0);
            Expect.Ok(env.Call(session, env.Compose(LogOperation.Write).AddText("hello")));
        });
        Assert.AreEqual("[init -> " + shown + "] hello", Last(machine));
    }

    [TestMethod]
    public void TheNameOfAComponentThatFaultsForgesNoLine()
    {
        var machine = new Machine();
        machine.Add("evil\n" + Forged);
        machine.Boot();
        machine.Do("evil\n" + Forged, env => throw new System.InvalidOperationException());
        Assert.AreEqual(
            "[init -> evil\\n[init\\x5d Error: child \"brake\" faulted] fault: InvalidOperationException; component stopped", Last(machine));
    }

    [TestMethod]
    public void ALongTextGoesOnInLinesOfItsOwnLevel()
    {
        string[] levels = { "Error: ", "Warning: ", "Debug: ", "" };
        for (int i = 0; i < levels.Length; i++)
        {
            Machine machine = Booted();
            int first = machine.Board.Lines.Count;
            string text = "the quick brown fox jumps over the lazy dog, and does it again, and once more, until the end of the line comes into sight";
            machine.Do("init", env => env.Log(levels[i] + text + " " + Forged));
            Assert.AreEqual(first + 2, machine.Board.Lines.Count);
            string head = "[init] " + levels[i];
            string begin = Line(machine, first).Substring(head.Length);
            string end = Line(machine, first + 1).Substring((head + "... ").Length);
            Assert.AreEqual(head + "... " + end, Line(machine, first + 1));
            Assert.AreEqual(text + " " + Forged, begin + " " + end, "it is cut at a blank");
        }
    }

    [TestMethod]
    public void ALongTextCannotPlaceWordsAtTheBeginningOfALine()
    {
        for (int fill = 0; fill < 2 * Message.MaxBytes; fill++)
        {
            Machine machine = Booted();
            int first = machine.Board.Lines.Count;
            machine.Do("init", env => env.Log(Repeat("x", fill) + " Error: child \"brake\" faulted"));
            for (int i = first; i < machine.Board.Lines.Count; i++)
            {
                Assert.AreNotEqual(0, Line(machine, i).IndexOf("[init] Error: child"), "behind " + fill.ToString());
            }
        }
    }

    [TestMethod]
    [DataRow("é")]
    [DataRow("—")]
    [DataRow("🐑")]
    public void NoCharacterIsCutInTwoAndNothingIsLost(string character)
    {
        for (int fill = 0; fill < 8; fill++)
        {
            Machine machine = Booted();
            int first = machine.Board.Lines.Count;
            string text = Repeat("x", fill) + Repeat(character, 90);
            machine.Do("init", env => env.Log(text));
            string all = Line(machine, first).Substring("[init] ".Length);
            for (int i = first + 1; i < machine.Board.Lines.Count; i++)
            {
                all += Line(machine, i).Substring("[init] ... ".Length);
            }

            Assert.AreEqual(text, all);
        }
    }

    private static Machine Booted() => new Machine().Boot();

    private static string Line(Machine machine, int number) => (string)machine.Board.Lines[number]!;

    private static string Last(Machine machine) => Line(machine, machine.Board.Lines.Count - 1);

    private static string Repeat(string text, int count)
    {
        string all = "";
        for (int i = 0; i < count; i++)
        {
            all += text;
        }

        return all;
    }
}
