// What ends a handler is an error at every level, with what explains it; and a run that fails points to it.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    public void An_exception_is_told_with_its_text_type_and_stack()
    {
        string told = Single(env => Burst("the wheel is off"));
        Assert.StartsWith("[emulator] Error: init -> clumsy: Construct threw InvalidOperationException: the wheel is off, because of FormatException: it is round; at ", told);
        Assert.Contains("FailureTests.Burst (FailureTests.cs:", told);
        Assert.Contains("Clumsy.Construct (Clumsy.cs:", told);
        Assert.DoesNotContain("Microkernel", told);
        Assert.DoesNotContain("/", told.Replace(" -> ", "", StringComparison.Ordinal), "no path of this machine");
    }

    [TestMethod]
    public void An_access_at_address_0_says_what_was_not_checked()
    {
        string told = Single(env => env.Memory.WriteInt32(env.Root, 1));
        Assert.Contains("Construct wrote address 0x0, where it has no access: an address that something answered with 0 was not checked, or Env.Root was not set; at ", told);
    }

    [TestMethod]
    public void An_access_beyond_an_allocation_that_failed_says_which()
    {
        string told = Single(env => env.Memory.WriteInt32(env.Allocate(100_000) + 200, 1));
        Assert.Contains("wrote address 0xc8, where it has no access, byte 200 of what was not allocated: Allocate(100000) at ", told);
        Assert.Contains("answered 0, of its RAM quota of 16,384 bytes ", told);
    }

    [TestMethod]
    public void A_handler_over_the_bench_files_budget_is_ended_and_told()
    {
        ToldBench bench = new ToldBench { Board = "handler-budget-us=\"500\"" }.With("clumsy", () => new Clumsy(env =>
        {
            while (true)
            {
                env.Submit(env.Signal(1), 0);
            }
        })).Run();
        string told = Assert.ContainsSingle(bench.Told(LogLevel.Error));
        Assert.Contains("init -> clumsy: Construct ran for 50", told);
        Assert.Contains("of the board's time, and a handler may take 500.0 µs; at ", told);
        Assert.IsTrue(bench.Lines.Any(line => line.Text.Contains("over its time budget; component stopped", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_failed_run_points_to_the_line_that_explains_it()
    {
        ToldBench bench = new ToldBench { Expect = "<expect within-seconds=\"2\"><report word=\"verified\"/></expect>" }
            .With("clumsy", () => new Repeating(env => Burst("the wheel is off"))).Run();
        Assert.IsFalse(bench.Result.IsSuccess);
        string hint = Assert.ContainsSingle(bench.Result.Hints);
        Assert.StartsWith("look at: ecu at 10", hint);
        Assert.Contains(" ms: [emulator] Error: init -> clumsy: OnSignal(label 1) threw InvalidOperationException: the wheel is off", hint);
    }

    [TestMethod]
    public void A_failed_run_without_an_error_points_to_what_was_only_shown_in_detail()
    {
        ToldBench bench = new ToldBench { Expect = "<expect within-seconds=\"2\"><report word=\"verified\"/></expect>" }
            .With("clumsy", () => new Clumsy(env => new TimerSession(env, env.Connect("Timer")).TriggerOnce(1000))).Run();
        string hint = Assert.ContainsSingle(bench.Result.Hints);
        Assert.Contains(", at --log-level debug: [emulator] Debug: init -> clumsy: its Timer session fired", hint);
    }

    private static void Burst(string text)
    {
        var why = new FormatException("it is round");
        throw new InvalidOperationException(text, why);
    }

    private static string Single(Action<Env> deed) =>
        Assert.ContainsSingle(new ToldBench().With("clumsy", () => new Clumsy(deed)).Run().Told(LogLevel.Error));
}
