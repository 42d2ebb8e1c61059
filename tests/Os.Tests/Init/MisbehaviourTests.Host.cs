// Programs that do the worst that a program can do. Whatever it is, its outcome is a named error or the end of that component, and
// its neighbours on the same board say and answer exactly what they would have without it, when it is started again too.
using System;
using System.Text;
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class MisbehaviourTests
{
    private const int Ticks = 30;
    private const long Milliseconds = 60;

    private static readonly string Undisturbed = Neighbours(Run("nothing", "no"));

    [TestMethod]
    [DataRow("throws", "exception InvalidOperationException")]
    [DataRow("makes an array beyond all bounds", "exception OutOfMemoryException")]
    [DataRow("divides by zero", "exception DivideByZeroException")]
    [DataRow("reads nothing", "exception NullReferenceException")]
    [DataRow("reads beyond an array", "exception IndexOutOfRangeException")]
    [DataRow("throws in a reply", "exception InvalidCastException")]
    [DataRow("throws in a request", "exception FormatException")]
    [DataRow("reads address zero", "no read access to address 0x0")]
    [DataRow("writes beyond its memory", "no write access to address 0x7ffffff0")]
    [DataRow("writes to a module", "no write access to address 0x")]
    [DataRow("faults in its fault handler", "no read access to address 0x")]
    [DataRow("never ends a handler", "over its time budget")]
    [DataRow("calls itself for ever", "over its time budget")]
    [DataRow("asks its parent for ever", "over its time budget")]
    [DataRow("answers too late", "over its time budget")]
    [DataRow("overwrites its memory", "no read access to address 0x")]
    public void WhoFaultsIsStoppedOrStartedAgainAndNobodyElseNotices(string deed, string fault)
    {
        InitBench once = Run(deed, "no");
        once.Expect("[init] Error: child \"villain\" faulted: " + fault);
        once.Expect("it stays stopped");
        Assert.AreEqual(Undisturbed, Neighbours(once), once.Log());

        InitBench again = Run(deed, "yes");
        again.Expect("starting it again");
        Assert.AreEqual(Undisturbed, Neighbours(again), again.Log());
    }

    [TestMethod]
    [DataRow("takes all RAM", "out of RAM")]
    [DataRow("takes all capabilities", "out of capabilities")]
    [DataRow("asks without end", "kernel table full")]
    [DataRow("makes threads without end", "kernel table full")]
    [DataRow("opens sessions without end", "kernel table full")]
    [DataRow("sends too much at once", "message too long")]
    [DataRow("forges selectors", "forged nothing")]
    [DataRow("speaks nonsense", "spoke nonsense")]
    [DataRow("gives its own capabilities up", "gave up")]
    [DataRow("ends its own thread and domain", "still here")]
    [DataRow("starts a storm of signals", "stormed")]
    [DataRow("floods a server", "flooded")]
    [DataRow("never answers", "asked")]
    [DataRow("exits with what it likes", "exits")]
    public void WhoAsksForTooMuchIsToldAndNobodyElseNotices(string deed, string said)
    {
        InitBench bench = Run(deed, "no");
        bench.Expect("[init -> villain] " + said);
        bench.ExpectNot("[init] fault");
        bench.ExpectNot("faulted");
        Assert.AreEqual(Undisturbed, Neighbours(bench), bench.Log());
    }

    /// <summary>Runs a board of neighbours and one villain for a time that is the same whatever the villain does.</summary>
    private static InitBench Run(string deed, string restart)
    {
        InitBench bench = new InitBench().With("villain", new Villain()).With("ticker", new Ticker()).With("counter", new Counter()).With("asker", new Asker());
        bench.Profile.HandlerBudgetNanoseconds = 1_000_000;
        bench.CrossingNanoseconds = 100;
        bench.PowerOn(Encoding.UTF8.GetBytes("<config>" + InitBench.Defaults
            + "<start name=\"villain\" caps=\"120\" restart=\"" + restart + "\"><provides><service name=\"V\"/></provides><config deed=\"" + deed + "\"/></start>"
            + "<start name=\"ticker\"/>"
            + "<start name=\"counter\"><provides><service name=\"Counter\"/></provides></start>"
            + "<start name=\"asker\"/><start name=\"victim\"><binary name=\"actor\"/><config><open name=\"V\"/></config></start></config>"));
        bench.RunBusy(Milliseconds);
        return bench;
    }

    private static string Neighbours(InitBench bench)
        => bench.LogOf("[init -> ticker]") + "\n" + bench.LogOf("[init -> counter]") + "\n" + bench.LogOf("[init -> asker]");

    /// <summary>Counts its timer's ticks, each of which comes once.</summary>
    private sealed class Ticker : Program
    {
        public override void Construct(Env env)
        {
            env.Root = env.Allocate(4);
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerPeriodic(1000);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            for (; count > 0; count--)
            {
                int tick = env.Memory.ReadInt32(env.Root) + 1;
                env.Memory.WriteInt32(env.Root, tick);
                if (tick <= Ticks)
                {
                    env.Log("tick " + tick);
                }
            }
        }
    }

    /// <summary>A server that counts what each client asks.</summary>
    private sealed class Counter : Program
    {
        public override void Construct(Env env) => env.Announce("Counter", 8);

        public override Error OnRequest(Env env, int label, Message request)
        {
            int count = env.Memory.ReadInt32(label) + request.Word(0);
            env.Memory.WriteInt32(label, count);
            request.Add(count);
            return Error.None;
        }
    }

    /// <summary>Asks the server once a millisecond, and says what it was answered.</summary>
    private sealed class Asker : Program
    {
        public override void Construct(Env env)
        {
            env.Root = env.Allocate(8);
            env.Open("Counter", "", 1);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            for (; count > 0; count--)
            {
                int number = env.Memory.ReadInt32(env.Root + 4) + 1;
                env.Memory.WriteInt32(env.Root + 4, number);
                if (number <= Ticks)
                {
                    env.Send(env.Memory.ReadInt32(env.Root), env.Compose(1).Add(number), 2);
                }
            }
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (label == 2)
            {
                env.Log("answer " + answer.Word(0) + " " + Errors.Name(error));
                return;
            }

            env.Memory.WriteInt32(env.Root, answer.Capability(0));
            var timer = new TimerSession(env, env.Connect("Timer"));
            timer.Sigh(env.Signal(1));
            timer.TriggerPeriodic(1000);
        }
    }

    private sealed class Villain : Program
    {
        private const int Flood = 8;

        public override void Construct(Env env)
        {
            switch (Deed(env))
            {
                case "nothing":
                    env.Announce("V", 8);
                    break;
                case "throws in a reply":
                case "floods a server":
                    env.Open("Counter", "", Flood);
                    break;
                case "throws in a request":
                case "answers too late":
                case "never answers":
                    env.Announce("V", 8);
                    break;
                default:
                    env.Announce("V", 8);
                    Misdeeds.Commit(env, Deed(env));
                    break;
            }
        }

        public override Error OnOpen(Env env, int session, Message request) => Error.None;

        public override Error OnRequest(Env env, int label, Message request)
        {
            string deed = Deed(env);
            if (deed == "throws in a request")
            {
                throw new FormatException();
            }

            if (deed == "answers too late")
            {
                Misdeeds.Commit(env, "never ends a handler");
            }

            if (deed == "never answers")
            {
                env.Log("asked");
                env.Defer();
                return Error.Deferred;
            }

            return Error.None;
        }

        public override void OnSignal(Env env, int label, int count)
        {
            int storm = env.Memory.ReadInt32(env.Root + 4) + 1;
            env.Memory.WriteInt32(env.Root + 4, storm);
            if (storm == 1000)
            {
                env.Log("stormed");
            }

            env.Submit(env.Memory.ReadInt32(env.Root), 1 + (storm % 3));
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
        {
            if (Deed(env) == "throws in a reply")
            {
                throw new InvalidCastException();
            }

            int session = label == Flood ? answer.Capability(0) : env.Root;
            env.Root = session;
            Error sent = Error.None;
            for (int i = 0; i < 100 && sent == Error.None; i++)
            {
                sent = env.Send(session, env.Compose(1).Add(1), Flood + 1);
            }

            if (label == Flood)
            {
                env.Log("flooded: " + Errors.Name(sent));
            }
        }

        private static string Deed(Env env)
        {
            int rom = env.Connect("ROM", "config", 0, 0, 0);
            string text = new RomSession(env, rom).ReadText(200, out Error _);
            env.Close(rom);
            return XmlNode.TryParse(text, out XmlNode config, out XmlFault _) ? config.Attribute("deed", "") : "";
        }
    }
}
