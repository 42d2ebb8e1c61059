// tern bench fpga as a person uses it, and as a script does. On the model, which needs no native library.
using System.Globalization;
using System.Text.Json;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class BenchFpgaCommandTests : CommandTest
{
    [TestMethod]
    public void TextHasTheTablesAndWhatFollowsFromThem()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "fpga", "--core", "model"));
        string text = _out.ToString();
        foreach (string expected in new[] { "1,048,576", "SPI 26 MHz", "ESP32, PSRAM", "From which size on it pays", "What follows", "its model in C#, not the RTL" })
        {
            Assert.Contains(expected, text);
        }

        Assert.DoesNotContain("\u001b", text, "piped, it is plain");
        Assert.DoesNotContain("*", text, "and no page");
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void CsvHasALineForEachCopyAndWholeNumbers()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "fpga", "--core", "model", "--format", "csv"));
        string[][] lines = [.. _out.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        Assert.AreEqual("bytes", lines[0][1]);
        Assert.HasCount(15 * 4, lines.Where(line => line[0] == "co-processor").ToArray());
        foreach (string[] line in lines[1..])
        {
            long[] numbers = [.. line[1..].Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
            (long known, long free, long busy) = (numbers[2], numbers[3], numbers[4]);
            Assert.IsGreaterThanOrEqualTo(known - free, busy, "what comes after it is known is busy, never free");
        }
    }

    [TestMethod]
    public void JsonIsOneDocument()
    {
        Assert.AreEqual(ExitCodes.Success, Run("bench", "fpga", "--core", "model", "--format", "json"));
        using JsonDocument document = JsonDocument.Parse(_out.ToString());
        Assert.AreEqual("model", document.RootElement.GetProperty("core").GetString());
        Assert.AreEqual(8, document.RootElement.GetProperty("pays_from").GetArrayLength());
    }

    [TestMethod]
    [DataRow("--core", "vhdl")]
    [DataRow("--format", "xml")]
    [DataRow("--size", "64")]
    [DataRow("--markdown", null)]
    public void WhatIsNoOptionIsRefused(string option, string? value)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(value is null ? ["bench", "fpga", option] : ["bench", "fpga", option, value]));
        Assert.Contains(option, _error.ToString());
        Assert.EndsWith("Try \"tern bench fpga --help\".\n", _error.ToString());
        Assert.DoesNotContain("SPI", _out.ToString(), "nothing is measured");
    }

    [TestMethod]
    public void AGroupAloneAsksForAMember()
    {
        Assert.AreEqual(ExitCodes.Usage, Run("bench"));
        Assert.EndsWith("Try \"tern bench --help\".\n", _error.ToString());
    }

    [TestMethod]
    public void AFileThatCannotBeWrittenIsNamed()
    {
        string file = Path.Combine(Path.GetTempPath(), "tern-there-is-no-such-folder", "fpga.md");
        Assert.AreEqual(ExitCodes.Usage, Run("bench", "fpga", "--core", "model", "--markdown", file));
        Assert.StartsWith("error: ", _error.ToString());
        Assert.Contains(file, _error.ToString());
    }

    [TestMethod]
    public void WithoutTheNativeLibraryTheErrorSaysWhoMakesIt()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "tern-there-is-no-such-library.so");
        Assert.AreEqual(ExitCodes.Usage, RunOn((_, _, _) => throw Assert.ThrowsExactly<RtlLibraryException>(() => new RtlLibrary(nowhere))));
        Assert.Contains("build it with hw/cosim/build", _error.ToString());
        Assert.AreEqual("", _out.ToString(), "and no figure of anything else");
    }

    [TestMethod]
    public void ACoreThatAnswersNonsenseIsNotMeasured()
    {
        Assert.AreEqual(ExitCodes.Failed, RunOn((_, _, _) => new ScriptedCore()));
        Assert.StartsWith("error: the co-processor does not do as its protocol says: no reply", _error.ToString());
    }

    [TestMethod]
    public void ACopyThatIsNotThereIsNotMeasured()
    {
        Assert.AreEqual(ExitCodes.Failed, RunOn((_, memory, timing) => new SpoilingCore(new FpgaModel(memory, timing))));
        Assert.StartsWith("error: the co-processor says that it copied 64 B, and they are not where they belong", _error.ToString());
    }

    private int RunOn(Func<FpgaCoreKind, int, FpgaTiming, IFpgaCore> coreOf) => RunAlone(output => new BenchFpgaCommand(output, coreOf).NewCommand());

    /// <summary>Says what another core says, and changes a byte that it has copied.</summary>
    private sealed class SpoilingCore(IFpgaCore core) : IFpgaCore
    {
        public int MemorySize => core.MemorySize;

        public Span<byte> Memory => core.Memory;

        public long Clocks => core.Clocks;

        public bool InterruptLine => core.InterruptLine;

        public bool IsBusy => core.IsBusy;

        public void ReadDirtyMap(Span<byte> bits) => core.ReadDirtyMap(bits);

        public void Reset() => core.Reset();

        public void Exchange(ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
        {
            core.Exchange(mosi, miso, picosecondsPerByte);
            core.Memory[(core.MemorySize / 2) + 63] ^= 1;
        }

        public long Run(long clocks) => core.Run(clocks);

        public void Dispose() => core.Dispose();
    }
}
