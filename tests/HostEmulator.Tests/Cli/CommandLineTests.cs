// The tool as a person uses it: output, errors and exit statuses, in-process.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class CommandLineTests : IDisposable
{
    private const string Bench = """
        <bench name="pair" description="a migration">
          <board name="ecu1" start-ms="0"><config><start name="rtcr_1" caps="9"><resource name="RAM" quantum="1M"/></start></config></board>
          <board name="ecu2" start-ms="0"><config/></board>
          <expect within-seconds="2">
            <target name="sheep" on="ecu2" verified="true"/>
            <never word="broken"/>
          </expect>
        </bench>
        """;

    private static readonly string[] Ecu1 =
    [
        "1|[init -> rtcr_1] up",
        "5|[init -> rtcr_1] Warning: slow",
        "10|init -> rtcr_1|paused target=sheep reason=migration",
        "11|init -> rtcr_1|captured target=sheep bytes=8192 stop_ns=1234567",
    ];

    private static readonly string[] Ecu2 = ["40|init -> rtcr_2|started target=sheep", "90|init -> rtcr_2 -> sheep|verified count=12"];

    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;
    private readonly Dictionary<string, string[]> _scripts = new() { ["ecu1"] = Ecu1, ["ecu2"] = Ecu2 };

    public CommandLineTests() => File.WriteAllText(Path.Combine(_folder, "pair.xml"), Bench);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public void AStorageFileOfAnotherSizeIsNamedAndNothingRuns()
    {
        string disks = Directory.CreateDirectory(Path.Combine(_folder, "disks")).FullName;
        File.WriteAllBytes(Path.Combine(disks, "nas.disk"), new byte[700]);
        File.WriteAllText(
            Path.Combine(_folder, "stored.xml"),
            """<bench name="stored" description=""><board name="nas" storage="1M"><config/></board><expect within-seconds="1"/></bench>""");

        Assert.AreEqual(ExitCodes.Usage, Run("run", "stored", "--nas-directory", disks));
        StringAssert.Contains(_error.ToString(), "nas.disk has 700 bytes, but the board's disk has 1048576");
    }

    [TestMethod]
    public void ARunShowsItsLogAndEndsWithATable()
    {
        Assert.AreEqual(ExitCodes.Success, Run("run", "pair", "--seed", "3"));
        Assert.AreEqual(
            """
            ecu1  [init -> rtcr_1] up
            ecu1  [init -> rtcr_1] Warning: slow

            pair: 1 migration in 90.00 ms; seed 3; all times modelled

            target  from         to             image  stop time  downtime  state, by itself
            sheep   ecu1/rtcr_1  ecu2/rtcr_2  8,192 B   1.235 ms  30.00 ms  verified count=12

            passed: 2 expectations met

            """,
            _out.ToString());
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void WhatIsNotAsExpectedIsExplained()
    {
        _scripts["ecu2"] = [];
        Assert.AreEqual(ExitCodes.Failed, Run("run", "pair"));
        Assert.Contains(
            "FAILED: expected target sheep on ecu2, its state verified by itself, but when every board had fallen asleep for good "
            + "it left ecu1/rtcr_1 and nobody started it. Look at the logs of the manager and of the RTCRs. (Benches/pair.xml:5:5)\n"
            + "failed: 1 expectation met, 1 problem; run it again with --seed 1 --log-level debug\n",
            _out.ToString());
    }

    [TestMethod]
    [DataRow("", ExitCodes.Failed)]
    [DataRow("<expect within-seconds='1'/>", ExitCodes.Failed)]
    [DataRow("<expect within-seconds='1' log-errors='ignore'/>", ExitCodes.Success)]
    [DataRow("<expect within-seconds='1'><report word='up'/></expect>", ExitCodes.Failed)]
    [DataRow("<expect within-seconds='1' log-errors='fail'><report word='up'/></expect>", ExitCodes.Failed)]
    [DataRow("<expect within-seconds='1' log-errors='ignore'><report word='up'/></expect>", ExitCodes.Success)]
    public void AnErrorInALogFailsABenchWhateverElseItExpects(string expected, int status)
    {
        string path = Path.Combine(_folder, "silent.xml");
        File.WriteAllText(path, $"<bench><board name='ecu1' start-ms='0'><config/></board>{expected}</bench>");
        _scripts["ecu1"] = ["1|[init] Error: start \"nas\" line 12, column 5: there is no program \"nas\"", "2|[init] Warning: odd", "3|init|up"];
        Assert.AreEqual(status, Run("run", path, "--log-level", "error"));
        Assert.AreEqual(
            status == ExitCodes.Failed,
            _out.ToString().Contains("FAILED: ecu1 logged an error: [init] Error: start \"nas\" line 12, column 5: there is no program \"nas\"\n", StringComparison.Ordinal),
            _out.ToString());
        Assert.DoesNotContain("odd", _out.ToString());
    }

    [TestMethod]
    public void WhatMustNeverHappenEndsTheRun()
    {
        _scripts["ecu2"] = ["40|init -> rtcr_2|started target=sheep", "50|init -> rtcr_2 -> sheep|broken count=3", "60|never said"];
        Assert.AreEqual(ExitCodes.Failed, Run("run", "pair"));
        Assert.Contains("expected no report \"broken\", but when the run ended 1 came, the last at 0.050000 s: [ecu2: init -> rtcr_2 -> sheep] broken count=3", _out.ToString());
        Assert.DoesNotContain("never said", _out.ToString());
    }

    [TestMethod]
    public void AFaultHappensAndIsTold()
    {
        string path = Path.Combine(_folder, "fault.xml");
        File.WriteAllText(path, Bench.Replace("<expect", "<fault at-ms=\"20\" kind=\"power-off\" boards=\"ecu2\"/><expect", StringComparison.Ordinal));
        Assert.AreEqual(ExitCodes.Failed, Run("run", path));
        Assert.Contains("ecu2  [emulator] power-off\n", _out.ToString());
        Assert.Contains("it left ecu1/rtcr_1 and nobody started it", _out.ToString());
    }

    [TestMethod]
    public void TheLogLevelHidesWhatIsLessImportant()
    {
        Assert.AreEqual(ExitCodes.Success, Run("run", "pair", "--log-level", "warning"));
        Assert.DoesNotContain("up", _out.ToString());
        Assert.Contains("Warning: slow", _out.ToString());
    }

    [TestMethod]
    public void BoardLogsKeepEverything()
    {
        string logs = Path.Combine(_folder, "logs");
        Assert.AreEqual(ExitCodes.Success, Run("run", "pair", "--log-level", "error", "--board-log", logs));
        Assert.AreEqual("[init -> rtcr_1] up\n[init -> rtcr_1] Warning: slow\n", File.ReadAllText(Path.Combine(logs, "ecu1.log")));
    }

    [TestMethod]
    public void ManySeedsAreCountedAndFailuresNameTheirSeed()
    {
        Assert.AreEqual(ExitCodes.Success, Run("run", "pair", "--seed", "5", "--seeds", "10"));
        Assert.AreEqual("pair: 10 of 10 seeds passed, from seed 5 on\n", _out.ToString());
        _scripts["ecu2"] = [];
        Assert.AreEqual(ExitCodes.Failed, Run("run", "pair", "--seed", "5", "--seeds", "2"));
        Assert.Contains("seed 6: expected target sheep", _out.ToString());
        Assert.Contains("pair: 0 of 2 seeds passed, from seed 5 on\n", _out.ToString());
    }

    [TestMethod]
    public void ListNamesAllBenches()
    {
        Assert.AreEqual(ExitCodes.Success, Run("list"));
        Assert.AreEqual("bench  boards  description\npair        2  a migration\n", _out.ToString());
    }

    [TestMethod]
    public void ShowDrawsBoardsAndComponents()
    {
        Assert.AreEqual(ExitCodes.Success, Run("show", "pair"));
        Assert.AreEqual(
            """
            pair: a migration
            ├── network: 200.0 µs + up to 100.0 µs, 10 Mbit/s, 0 lost in a million
            ├── ecu1 host, 64M in pages of 4096, no network, 02:00:00:00:00:01
            │   └── rtcr_1 (RAM 1M; caps 9)
            ├── ecu2 host, 64M in pages of 4096, no network, 02:00:00:00:00:02
            └── expected within 2.000 s
                ├── target sheep on ecu2, its state verified by itself
                └── no report "broken"

            """,
            _out.ToString());
    }

    [TestMethod]
    public void ShowDrawsDevices()
    {
        File.WriteAllText(
            Path.Combine(_folder, "devices.xml"),
            """
            <bench name="devices">
              <board name="ecu"><interrupt name="done" line="1"/><device kind="fpga" spi="fpga" interrupt="done" core="rtl"/>
                <device kind="fpga" spi="slow" clock="500K" memory="64K"/><device window="counter" counts="done"/><config/></board>
            </bench>
            """);
        Assert.AreEqual(ExitCodes.Success, Run("show", "devices"));
        Assert.Contains(
            """
            │   ├── device counter (pulse-counter; registers; counts done)
            │   ├── device fpga (fpga; SPI at 26 MHz; interrupt done; 1M; core rtl)
            │   └── device slow (fpga; SPI at 500 kHz; 64K; core model)
            """,
            _out.ToString());
    }

    [TestMethod]
    [DataRow("run")]
    [DataRow("timeline")]
    public void TheCommandLineSaysWhoPlaysTheFpga(string command)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(command, "pair", "--fpga", "verilog"));
        Assert.Contains("error: --fpga is \"verilog\"; it may be model, rtl\n", _error.ToString());
    }

    [TestMethod]
    [DataRow("run")]
    [DataRow("timeline")]
    public void WithoutAnFpgaThereIsNobodyToPlay(string command)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(command, "pair", "--fpga", "model"));
        Assert.AreEqual(
            "error: --fpga model: no board of pair has an FPGA. Give one a <device kind=\"fpga\" spi=\"fpga\"/>, or try checkpoint-management-fpga\n",
            _error.ToString());
    }

    [TestMethod]
    public void AnRtlThatWasNotBuiltIsToldInOneLine()
    {
        Assert.AreEqual(ExitCodes.Usage, CommandLine.WithFiles(new Output(_out, _error), () => throw new RtlLibraryException("it is missing; build it")));
        Assert.AreEqual("error: it is missing; build it\n", _error.ToString());
    }

    [TestMethod]
    public void AnUnknownBenchGetsTheClosestName()
    {
        Assert.AreEqual(ExitCodes.Usage, Run("run", "piar"));
        Assert.AreEqual("error: there is no bench \"piar\"; did you mean \"pair\"?\n", _error.ToString());
        Assert.AreEqual(ExitCodes.Usage, Run("show", "nowhere/x.xml"));
        Assert.Contains("error: there is no file \"nowhere/x.xml\"\n", _error.ToString());
    }

    [TestMethod]
    public void ABadBenchFileIsShownWithItsPlace()
    {
        string path = Path.Combine(_folder, "bad.xml");
        File.WriteAllText(path, "<bench>\n  <board nam='a'/>\n</bench>");
        Assert.AreEqual(ExitCodes.BadBench, Run("run", path));
        Assert.Contains($"{path}:2:10: error: <board> has no attribute \"nam\"; did you mean \"name\"?", _error.ToString());
        Assert.AreEqual("", _out.ToString());
    }

    [TestMethod]
    [DataRow("rum")]
    [DataRow("run", "pair", "--log-level", "loud")]
    [DataRow("run", "pair", "--seed", "-1")]
    [DataRow("run", "pair", "--seeds", "0")]
    [DataRow("run", "pair", "--unknown")]
    public void AWrongCommandLineSaysWhereToLook(params string[] arguments)
    {
        Assert.AreEqual(ExitCodes.Usage, Run(arguments));
        Assert.Contains("--help\"", _error.ToString());
    }

    [TestMethod]
    [DataRow("--help")]
    [DataRow("run", "--help")]
    [DataRow("list", "--help")]
    [DataRow("show", "--help")]
    public void HelpHasExamplesAndExitStatuses(params string[] arguments)
    {
        Assert.AreEqual(ExitCodes.Success, Run(arguments));
        Assert.Contains("Examples:\n  tern", _out.ToString());
        Assert.Contains("Exit status:\n  0  all expectations", _out.ToString());
    }

    [TestMethod]
    public void WithoutArgumentsTheMainBenchRuns()
    {
        File.Move(Path.Combine(_folder, "pair.xml"), Path.Combine(_folder, CommandLine.MainBench + ".xml"));
        Assert.AreEqual(ExitCodes.Success, Run());
        Assert.Contains("passed: 2 expectations met", _out.ToString());
    }

    private int Run(params string[] arguments) => CommandLine.Run(
        arguments,
        new Output(_out, _error),
        new BenchCatalog(_folder),
        board => new ReportingMachine(board, _scripts.GetValueOrDefault(board.Profile.Name, [])));
}
