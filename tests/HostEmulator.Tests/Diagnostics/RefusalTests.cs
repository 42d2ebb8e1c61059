// What a program does wrong it is told, once, with board, component, call and what would be right.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests.Diagnostics;

[TestClass]
public sealed class RefusalTests
{
    [TestMethod]
    public void Connecting_to_a_sibling_says_Open() =>
        Says(env => env.Connect("Sheep"), "init -> clumsy: Connect(\"Sheep\") in Construct: not callable: must be sent; a sibling serves it: use Open(\"Sheep\"");

    [TestMethod]
    public void A_service_that_does_not_exist_says_the_nearest_that_does() =>
        Says(env => env.Connect("Tymer"), "Connect(\"Tymer\") in Construct: service denied; no service is called \"Tymer\"; did you mean \"Timer\"?");

    [TestMethod]
    public void A_sibling_that_does_not_exist_says_so_of_Open_too()
    {
        string told = Single(new ToldBench().With("server", () => new EmptyServer()).With("clumsy", () => new Asking(1, "Sheap")).Run(), "clumsy");
        Assert.Contains("Open(\"Sheap\") was answered (reply label 1): service denied; no service is called \"Sheap\"; did you mean \"Sheep\"?", told);
    }

    [TestMethod]
    public void A_device_that_the_board_lacks_is_said() =>
        Says(env => env.Connect("IRQ", "brake", 0, 0, -1), "Connect(\"IRQ\") in Construct: no such device; the board has no such device");

    [TestMethod]
    public void A_second_announcement_says_that_once_is_enough()
    {
        ToldBench bench = new ToldBench().With("server", () => new Clumsy(env =>
        {
            env.Announce("Sheep", 8);
            env.Announce("Sheep", 8);
        })).Run();
        Assert.Contains("init -> server: Announce(\"Sheep\") in Construct: exists already; it is announced already", Single(bench, "server"));
    }

    [TestMethod]
    public void An_announcement_that_is_not_allowed_says_provides() =>
        Says(env => env.Announce("Goat", 8), "Announce(\"Goat\") in Construct: not permitted; allow it with <provides> <service name=\"Goat\"/>");

    [TestMethod]
    public void A_capability_that_was_not_kept_says_where_it_came()
    {
        ToldBench bench = Ask(ForgetfulServer.Take);
        Assert.Contains("Submit(", Single(bench, "server"));
        Assert.Contains("came with OnRequest(label ", Single(bench, "server"));
        Assert.Contains("Keep it there", Single(bench, "server"));
    }

    [TestMethod]
    public void A_send_to_nothing_says_that_nothing_was_sent() =>
        Says(env => env.Send(0, env.Compose(4), 1), "Send(selector 0, opcode 4) in Construct: invalid capability, nothing was sent; selector 0 names nothing");

    [TestMethod]
    public void A_call_to_nothing_says_so() =>
        Says(env => env.Call(99, env.Compose(4)), "Call(selector 99, opcode 4) in Construct: invalid capability; the selector names nothing");

    [TestMethod]
    public void A_call_to_what_is_no_gate_says_what_it_is() =>
        Says(env => env.Call(Selectors.AddressSpace, env.Compose(4)), "wrong kind of object; the selector names a RegionMap");

    [TestMethod]
    public void A_signal_without_a_handler_says_OnSignal() =>
        Says(env => env.Submit(env.Signal(5)), "OnSignal(label 5) came to nothing: Clumsy has no OnSignal; override it");

    [TestMethod]
    public void An_answer_without_a_handler_says_OnReply()
    {
        string told = Single(new ToldBench().With("server", () => new EmptyServer()).With("clumsy", () => new Deaf()).Run(), "clumsy");
        Assert.Contains("OnReply(label 3) came to nothing: Deaf has no OnReply; override it", told);
    }

    [TestMethod]
    public void A_request_without_a_handler_says_OnRequest()
    {
        string told = Single(new ToldBench().With("server", () => new EmptyServer()).With("clumsy", () => new Asking(9, "Sheep")).Run(), "server");
        Assert.Contains("opcode 9", told);
        Assert.Contains("EmptyServer has no OnRequest: override it", told);
    }

    [TestMethod]
    public void An_unknown_opcode_is_said_of_the_server_and_the_client()
    {
        ToldBench bench = Ask(9);
        Assert.Contains("its OnRequest does not know that opcode", Single(bench, "server"));
        Assert.Contains("a request was answered (reply label 2): unknown opcode", Single(bench, "clumsy"));
    }

    [TestMethod]
    public void An_opcode_that_core_does_not_know_says_what_it_knows() =>
        Says(env => env.Call(env.Connect("Timer"), env.Compose(77)), "Timer, opcode 77 in Construct: unknown opcode; Timer knows Sigh, TriggerOnce, ");

    [TestMethod]
    public void A_timer_without_Sigh_says_Sigh() =>
        Says(env => new TimerSession(env, env.Connect("Timer")).TriggerPeriodic(1000), "its Timer session fired, and no signal context hears it: give it one with Sigh");

    [TestMethod]
    public void An_interrupt_without_Sigh_says_Sigh() =>
        Says(env => IrqSession.Open(env, "wheel"), "its Irq session fired, and no signal context hears it: give it one with Sigh");

    [TestMethod]
    public void An_allocation_beyond_the_quota_says_quota_and_what_is_left() =>
        Says(env => env.Allocate(100_000), "Allocate(100000) in Construct answered 0: of its RAM quota of 16,384 bytes ");

    [TestMethod]
    [DataRow("Keep", "only what came with the request")]
    [DataRow("Defer", "only a request that was sent can wait")]
    [DataRow("Reply", "no request of this token waits")]
    [DataRow("Entrypoint", "the label must be more than 0")]
    [DataRow("Submit", "the count must be at least 1")]
    [DataRow("Attach", "selector 0 names nothing")]
    [DataRow("Detach", "the range is taken")]
    [DataRow("SetFaultHandler", "selector 0 names nothing")]
    [DataRow("CopyDataspace", "selector 0 names nothing")]
    public void An_operation_that_answers_without_a_message_says_why(string operation, string why)
    {
        string told = Single(new ToldBench().With("clumsy", () => new Clumsy(env => Do(env, operation))).Run(), "clumsy");
        Assert.Contains($"init -> clumsy: {operation}(", told);
        Assert.Contains(why, told);
    }

    [TestMethod]
    public void The_same_complaint_is_said_once_and_counted()
    {
        ToldBench bench = new ToldBench().With("clumsy", () => new Repeating(env => env.Send(0, env.Compose(4), 1))).Run();
        string[] told = bench.Told(LogLevel.Debug);
        Assert.HasCount(2, told);
        Assert.StartsWith("[emulator] Debug: init -> clumsy: Send(selector 0, opcode 4)", told[0]);
        Assert.StartsWith("[emulator] Debug: init -> clumsy: 48 more times: Send(selector 0, opcode 4)", told[1]);
    }

    [TestMethod]
    public void A_program_that_does_nothing_wrong_is_told_nothing()
    {
        var log = new ToldBench();
        using var run = new BenchRun(new BenchCatalog().Read("sheep"), new BenchOptions { Log = log });
        run.Run();
        Assert.IsEmpty(log.Told(LogLevel.Debug));
        Assert.IsEmpty(log.Told(LogLevel.Error));
        Assert.IsEmpty(log.Told(LogLevel.Warning));
    }

    private static void Do(Env env, string operation)
    {
        switch (operation)
        {
            case "Keep":
                env.Keep(50);
                break;
            case "Defer":
                env.Defer();
                break;
            case "Reply":
                env.Reply(3, Error.None, env.Compose(0));
                break;
            case "Entrypoint":
                env.Entrypoint(0, "x", Priorities.Default);
                break;
            case "Submit":
                env.Submit(env.Signal(1), 0);
                break;
            case "Attach":
                env.Attach(0);
                break;
            case "Detach":
                env.Detach(0x123400);
                break;
            case "SetFaultHandler":
                env.SetFaultHandler(0, 0);
                break;
            default:
                env.CopyDataspace(0, 0, 0, 0, 1);
                break;
        }
    }

    private static ToldBench Ask(int opcode) =>
        new ToldBench().With("server", () => new ForgetfulServer()).With("clumsy", () => new Asking(opcode, "Sheep")).Run();

    private static void Says(Action<Env> deed, string text)
    {
        ToldBench bench = new ToldBench().With("clumsy", () => new Clumsy(deed)).With("server", () => new EmptyServer()).Run();
        Assert.Contains(text, Single(bench, "clumsy"));
    }

    /// <summary>The one thing that is said of a component, however often it happened.</summary>
    private static string Single(ToldBench bench, string component)
    {
        string[] told = [.. bench.Told(LogLevel.Debug).Where(line => line.Contains($"init -> {component}:", StringComparison.Ordinal)
            && !line.Contains("more times", StringComparison.Ordinal))];
        Assert.HasCount(1, told, string.Join('\n', told));
        return told[0];
    }
}
