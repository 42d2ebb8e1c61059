// tern bench cdma as a person uses it, and as a script does. On the model, which needs no native library.
using System.Globalization;
using System.Text.Json;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class BenchCdmaCommandTests : CommandTest
{
    [TestMethod]
    public void TextHasTheTablesAndWhatFollowsFromThem()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "cdma", "--core", "model"));
        string text = _out.ToString();
        foreach (string expected in new[] { "For how long the target is held", "384K", "C, 16 pages changed", "What follows", "its model in C#, not the RTL" })
        {
            Assert.Contains(expected, text);
        }

        Assert.DoesNotContain("\u001b", text, "piped, it is plain");
        Assert.DoesNotContain("*", text, "and no page");
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void CsvHasALineForEachCaseAndCopierAndWholeNumbers()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "cdma", "--core", "model", "--format", "csv"));
        string[][] lines = [.. _out.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        Assert.AreEqual("copier", lines[0][0]);
        Assert.HasCount(14, lines.Where(line => line[0] == "processor").ToArray());
        Assert.HasCount(14, lines.Where(line => line[0] == "fpga").ToArray());
        foreach (string[] line in lines[1..])
        {
            long[] numbers = [.. line[1..].Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
            Assert.HasCount(lines[0].Length - 1, numbers);
            Assert.AreEqual(numbers[3], numbers[4] + numbers[5], "what is not work is free");
        }
    }

    [TestMethod]
    public void JsonIsOneDocument()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "cdma", "--core", "model", "--format", "json"));
        using JsonDocument document = JsonDocument.Parse(_out.ToString());
        Assert.AreEqual("model", document.RootElement.GetProperty("core").GetString());
        Assert.AreEqual(28, document.RootElement.GetProperty("checkpoints").GetArrayLength());
        Assert.AreEqual(17, document.RootElement.GetProperty("by_frames")[1].GetProperty("frames").GetInt32());
    }

    [TestMethod]
    [DataRow("--core", "vhdl")]
    [DataRow("--format", "xml")]
    [DataRow("--size", "64")]
    public void WhatIsNoOptionIsRefused(string option, string value)
    {
        Assert.AreEqual(ExitCodes.Usage, Run("bench", "cdma", option, value));
        Assert.Contains(option, _error.ToString());
        Assert.EndsWith("Try \"tern bench cdma --help\".\n", _error.ToString());
        Assert.DoesNotContain("ring", _out.ToString(), "nothing is measured");
    }

    [TestMethod]
    public void WithoutTheNativeLibraryTheErrorSaysWhoMakesIt()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "tern-there-is-no-such-library.so");
        Assert.AreEqual(ExitCodes.Usage, RunOn((_, _) => throw Assert.ThrowsExactly<RtlLibraryException>(() => new RtlLibrary(nowhere))));
        Assert.Contains("build it with hw/cosim/build", _error.ToString());
        Assert.AreEqual("", _out.ToString(), "and no figure of anything else");
    }

    [TestMethod]
    public void ACoProcessorThatAnswersNonsenseIsNotMeasured()
    {
        Assert.AreEqual(ExitCodes.Failed, RunOn((_, _) => new ScriptedCore()));
        Assert.StartsWith("error: checkpoints of 16K with 1 page changed: ", _error.ToString());
    }

    private int RunOn(Func<FpgaCoreKind, int, IFpgaCore> coreOf) => RunAlone(output => new BenchCdmaCommand(output, coreOf).NewCommand());
}
