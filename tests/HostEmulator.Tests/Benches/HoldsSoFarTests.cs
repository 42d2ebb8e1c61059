// "Holds so far" is not "holds": what must never happen is looked for until the time is over, and a bench of which nothing was
// expected and nothing was run does not pass.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class HoldsSoFarTests
{
    private const string Init = """
        <parent-provides><service name="PD"/><service name="CPU"/><service name="LOG"/><service name="ROM"/><service name="Timer"/></parent-provides>
        <default-route><any-service><parent/></any-service></default-route>
        """;

    private static readonly string[] Story = ["10|init -> a|up", "50|init -> a|up", "1500|init -> a|broken"];

    [TestMethod]
    [DataRow("<never word='broken'/>", "reported at the first report")]
    [DataRow("<report word='up'/><never word='broken'/>", "reported when the rest holds")]
    [DataRow("<never word='broken'/><never word='odd'/>", "reported at the first report")]
    [DataRow("<never word='broken' until='met'/>", "nothing else is there to be met")]
    public void What_must_never_happen_is_looked_for_until_the_time_is_over(string expected, string before)
    {
        BenchResult result = Run(expected, Story);
        Assert.IsFalse(result.IsSuccess, before);
        Assert.AreEqual(1_500_000_000, result.Nanoseconds, "and then the run is over");
    }

    [TestMethod]
    public void What_did_not_happen_until_the_time_was_over_never_did()
    {
        // The board says something for ever.
        BenchResult result = Run("<report word='up'/><never word='broken'/>", [.. Enumerable.Range(1, 60).Select(i => $"{i * 100}|init -> a|up")]);
        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures));
        Assert.AreEqual(3_000_000_000, result.Nanoseconds);
        Assert.HasCount(2, result.Kept);
    }

    [TestMethod]
    public void A_bench_may_say_that_it_ends_when_all_else_holds()
    {
        BenchResult result = Run("<report word='up'/><never word='broken' until='met'/>", Story);
        Assert.IsTrue(result.IsSuccess);
        Assert.AreEqual(10_000_000, result.Nanoseconds);
    }

    [TestMethod]
    [DataRow("<star name='sheep_server' caps='50'><resource name='RAM' quantum='16K'/></star>", "")]
    [DataRow("<star name='sheep_server' caps='50'><resource name='RAM' quantum='16K'/></star>", "<never word='broken'/>")]
    [DataRow("", "")]
    public void A_bench_of_which_nothing_was_expected_and_nothing_was_run_does_not_pass(string starts, string expected)
    {
        BenchResult result = RunReal(starts, expected);
        Assert.Contains(failure => failure.StartsWith("no component was started on any board, and nothing was expected", StringComparison.Ordinal), result.Failures, string.Join('\n', result.Failures));
    }

    [TestMethod]
    public void A_bench_of_which_nothing_was_expected_and_something_was_run_passes()
    {
        BenchResult result = RunReal("<start name='idle' caps='50'><resource name='RAM' quantum='16K'/></start>", "");
        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures));
        using var text = new StringWriter { NewLine = "\n" };
        ResultTable.Write(text, result);
        Assert.EndsWith("passed: nothing was expected, and no board logged an error\n", text.ToString());
    }

    private sealed class Idle : Program
    {
        public override void Construct(Env env)
        {
        }
    }

    private static BenchResult Run(string expected, string[] script) => Result(
        $"<bench name='b'><board name='a' start-ms='0'><config/></board><expect within-seconds='3'>{expected}</expect></bench>",
        new BenchOptions { MachineOf = board => new ReportingMachine(board, script) });

    private static BenchResult RunReal(string starts, string expected) => Result(
        $"<bench name='b'><board name='a'><config>{Init}{starts}</config></board><expect within-seconds='1'>{expected}</expect></bench>",
        new BenchOptions { Programs = name => name == "idle" ? new Idle() : Programs.Make(name) });

    private static BenchResult Result(string text, BenchOptions options)
    {
        using var run = new BenchRun(BenchReader.Read(text, "b.xml"), options);
        return run.Run();
    }
}
