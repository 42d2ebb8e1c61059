// What a parent that stands between a domain and its clients reads of it, and posts to it, through the native interface.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ClientsOfADomainTests
{
    [TestMethod]
    public void AParentReadsWhichOfItsRequestsADomainKeepsAndWhichItHasNotBegunWith()
    {
        Machine machine = Two(out int gate);
        int strangers = machine.Gate("a", 2, "b");
        machine["a"].Requested = (env, label, request) => env.Defer() > 0 ? Error.Deferred : Error.MustSend;
        machine.Do("init", env => Expect.Ok(env.Send(gate, env.Compose(7), 31)));
        machine.Do("init", env => Expect.Ok(machine.Child("a").Pause(env)));
        machine.Do("b", env => Expect.Ok(env.Send(strangers, env.Compose(8), 32)));
        machine.Do("init", env => Expect.Ok(env.Send(gate, env.Compose(9), 33)));
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            Message kept = Ask(env, native, NativePdOperation.ReadKept, 0);
            Assert.AreEqual(31, kept.Word(1));
            Assert.AreEqual(1, kept.Word(2));
            Assert.AreEqual(0, Ask(env, native, NativePdOperation.ReadKept, kept.Word(0)).Word(0));

            Assert.AreNotEqual(-2, Ask(env, native, NativePdOperation.ReadEvent, 0).Word(1), "b's request is not init's");
            Message queued = Ask(env, native, NativePdOperation.ReadEvent, 1);
            Assert.AreEqual(-2, queued.Word(1));
            Assert.AreEqual(33, queued.Word(3));
            Assert.AreEqual(0, Ask(env, native, NativePdOperation.ReadEvent, 2).Word(1));
        });
    }

    [TestMethod]
    public void AParentPostsItsOwnRequestsToADomain()
    {
        Machine machine = Two(out int gate);
        machine["a"].Requested = (env, label, request) =>
        {
            machine.Note("asked " + request.Opcode + " with " + request.Word(0));
            request.Add(request.Word(0) + 1);
            return Error.None;
        };
        machine["init"].Replied = (env, label, error, answer) => machine.Note(label + " " + Errors.Name(error) + " " + answer.Word(0));
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.SetContent).Add(5)));
            Expect.Ok(env.Call(native, Post(env, 41, 3, 0, gate)));
            Expect.Ok(env.Call(native, Post(env, 42, 4, 77, gate)));
        });

        // One is asked; the other is kept under its token, and answered with it.
        Assert.AreEqual("asked 3 with 5 41 ok 6", machine.Notes);
        machine.Do("a", env => Expect.Ok(env.Reply(77, Error.None, env.Compose(0).Add(9))));
        Assert.AreEqual("asked 3 with 5 41 ok 6 42 ok 9", machine.Notes);
        Assert.AreEqual(0, machine.Task("init").Requests);
    }

    [TestMethod]
    public void AParentPostsItsOwnRequestsOnlyToTheDomain()
    {
        Machine machine = Two(out int _);
        int other = machine.Gate("b", 1, "init");
        machine.Do("init", env =>
        {
            int native = machine.Child("a").Native;
            Expect.Ok(env.Call(native, env.Compose(NativePdOperation.SetContent)));
            Expect.Error(Error.BadArgument, env.Call(native, Post(env, 1, 1, 0, other)));
        });
        Assert.AreEqual(0, machine.Task("init").Requests);
    }

    [TestMethod]
    public void AParentLearnsWhoCanNameAnObject()
    {
        Machine machine = Two(out int gate);
        int signal = 0;
        machine.Do("b", env => signal = env.Signal(1));
        int mine = machine.Grant("b", signal, "init");
        machine["a"].Requested = (env, label, request) => env.Keep(request.Capability(0)) > 0 ? Error.None : Error.BadArgument;
        Held(machine, mine, 0, 1);
        machine.Do("init", env => Expect.Ok(machine.Child("a").Pause(env)));
        machine.Do("init", env => Expect.Ok(env.Send(gate, env.Compose(1).AddCapability(mine), 1)));
        Held(machine, mine, 1, 1);
        machine.Do("init", env => Expect.Ok(machine.Child("a").Resume(env)));
        Held(machine, mine, 1, 1);
        machine.Do("b", env => env.Release(signal));
        Held(machine, mine, 1, 0);
        machine.Do("init", env => Expect.Error(
            Error.InvalidCapability,
            env.Call(machine.Child("a").Native, env.Compose(NativePdOperation.Holders).AddCapability(Selectors.Invalid))));
    }

    [TestMethod]
    public void ASelectorWhoseObjectHasEndedCanBeFilledAgain()
    {
        Machine machine = Two(out int _);
        int selector = 0;
        machine.Do("b", env => selector = env.Signal(1));
        int mine = machine.Grant("b", selector, "a");
        machine.Do("init", env => Expect.Error(
            Error.Exists, new NativePd(env, machine.Child("a").Native).Install(mine, Selectors.Log)));
        machine.Do("b", env => Expect.Ok(new PdSession(env, Selectors.Pd).FreeSignal(selector)));
        int used = machine.Task("a").Capabilities.Count;
        machine.Do("init", env => Expect.Ok(new NativePd(env, machine.Child("a").Native).Install(mine, Selectors.Log)));
        Assert.AreEqual(used, machine.Task("a").Capabilities.Count);
        machine.Do("a", env => Assert.AreEqual((int)ObjectType.Gate, (int)env.TypeOf(mine)));
    }

    private static Machine Two(out int gate)
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        gate = machine.Gate("a", 1, "init");
        return machine;
    }

    private static Message Ask(Env env, int native, int opcode, int word)
    {
        Message message = env.Compose(opcode).Add(word);
        Expect.Ok(env.Call(native, message));
        return message;
    }

    private static Message Post(Env env, int label, int opcode, int token, int gate)
        => env.Compose(NativePdOperation.PostRequest).Add(label).Add(opcode).Add(token).Add(1).AddCapability(gate);

    private static void Held(Machine machine, int selector, int byDomain, int byOthers) => machine.Do("init", env =>
    {
        Message message = env.Compose(NativePdOperation.Holders).AddCapability(selector);
        Expect.Ok(env.Call(machine.Child("a").Native, message));
        Assert.AreEqual(byDomain, message.Word(0));
        Assert.AreEqual(byOthers, message.Word(1));
    });
}
