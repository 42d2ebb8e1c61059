// Commands that cannot write what they found: one error that says what, exit status 2, and never a verdict that was not read.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FullOutputTests : IDisposable
{
    private const string Full = "error: standard output cannot be written: " + LimitedStream.Reason;

    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _error.Dispose();
    }

    [TestMethod]
    [DataRow(0, "list")]
    [DataRow(0, "show", "sheep")]
    [DataRow(0, "--help")]
    [DataRow(0, "run", "sheep")]
    [DataRow(0, "run", "sheep", "--seeds", "2")]
    [DataRow(10, "list")]
    [DataRow(10, "run", "sheep")]
    [DataRow(0, "timeline", "sheep")]
    [DataRow(0, "timeline", "sheep", "--format", "json")]
    [DataRow(100, "timeline", "sheep", "--format", "json")]
    public void AFullStandardOutputIsOneErrorAndNoSuccess(int room, params string[] arguments)
    {
        var device = new LimitedStream(room);
        Assert.AreEqual(ExitCodes.Usage, Run(device, 1 << 16, arguments));
        Assert.AreEqual(Full + "\n", _error.ToString());
        Assert.AreEqual(1, device.Failures, "it is not tried again");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    public void AStandardOutputThatIsFullInTheMiddleStopsTheRun(int room)
    {
        var device = new LimitedStream(room);
        Assert.AreEqual(ExitCodes.Usage, Run(device, 128, "run", "sheep"));
        StringAssert.StartsWith(_error.ToString(), Full + "; the run was stopped at ");
        Assert.HasCount(2, _error.ToString().Split('\n'), "one line");
        Assert.DoesNotContain("passed", System.Text.Encoding.UTF8.GetString(device.ToArray()));
    }

    [TestMethod]
    public void AFailureOfStandardOutputIsThrownOnce()
    {
        var device = new LimitedStream(2);
        using var output = new StandardOutput(device);
        Assert.AreEqual(
            "standard output cannot be written: " + LimitedStream.Reason, Assert.ThrowsExactly<IOException>(() => output.Write([1, 2, 3], 0, 3)).Message);
        output.Write([4], 0, 1);
        output.Flush();
        Assert.AreEqual(1, device.Failures);
    }

    [TestMethod]
    [DataRow("list", ExitCodes.Success)]
    [DataRow("nonsense", ExitCodes.Usage)]
    public void WhereNothingCanBeToldTheExitStatusIsLeft(string command, int status)
    {
        using var errors = new StreamWriter(new StandardOutput(new LimitedStream(0))) { AutoFlush = true };
        using var text = new StringWriter();
        Assert.AreEqual(status, CommandLine.Run([command], new Output(text, errors)));
        Assert.AreEqual(
            ExitCodes.Usage, CommandLine.Run(["list"], new Output(new StreamWriter(new StandardOutput(new LimitedStream(0))), errors)));
    }

    [TestMethod]
    public void ABoardLogThatCannotBeWrittenIsOneErrorAndLeavesTheOthers()
    {
        string log = Directory.CreateDirectory(Path.Combine(_folder, "pasture.log")).FullName;
        var device = new MemoryStream();
        Assert.AreEqual(ExitCodes.Usage, Run(device, 1 << 16, "run", "sheep", "--board-log", _folder));
        StringAssert.StartsWith(_error.ToString(), $"error: {log} cannot be written: ");
        Assert.HasCount(2, _error.ToString().Split('\n'), "one line");
        Assert.IsTrue(Directory.Exists(log));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void ABoardLogOnAFullDeviceIsOneError()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "pasture.log"), "/dev/full");
        Assert.AreEqual(ExitCodes.Usage, Run(new MemoryStream(), 1 << 16, "run", "sheep", "--board-log", _folder));
        StringAssert.StartsWith(
            _error.ToString(), $"error: {Path.Combine(_folder, "pasture.log")} cannot be written: No space left on device; the run was stopped at ");
    }

    [TestMethod]
    public void ABoardsLogHasWholeLinesWhenItsDiskIsFull()
    {
        for (int room = 0; room < 40; room++)
        {
            var file = new LimitedStream(room);
            using var log = new BoardLogFiles(_folder, new ErrorWatch(null), _ => file);
            Assert.Contains("ecu.log cannot be written: ", Assert.ThrowsExactly<IOException>(() =>
            {
                for (int i = 0; i < 10; i++)
                {
                    log.Write(new LogLine("ecu", "[init] é" + Invariant.Of(i)));
                }
            }).Message);
            Assert.AreEqual(string.Concat(Enumerable.Range(0, room / 11).Select(i => $"[init] é{i}\n")), System.Text.Encoding.UTF8.GetString(file.ToArray()));
        }
    }

    private int Run(Stream device, int buffer, params string[] arguments) => CommandLine.Run(
        arguments, new Output(new StreamWriter(new StandardOutput(device), new System.Text.UTF8Encoding(false), buffer) { NewLine = "\n" }, _error));
}
