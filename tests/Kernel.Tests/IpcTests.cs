// Asking: calls up the tree, sends to anybody, answers at once or later, and what happens when somebody ends.
using System;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class IpcTests
{
    [TestMethod]
    public void ACallIsAnsweredWithinTheHandler()
    {
        Machine machine = Siblings();
        machine.Init.Requested = (env, label, request) =>
        {
            machine.Note("init");
            request.Add(request.Word(0) + label);
            return Error.None;
        };
        int gate = machine.Gate("init", 10, "client");

        machine.Do("client", env =>
        {
            Message message = env.Compose(1).Add(32);
            machine.Note("before");
            Expect.Ok(env.Call(gate, message));
            machine.Note("after");
            Assert.AreEqual(42, message.Word(0));
        });

        Assert.AreEqual("before init after", machine.Notes);
    }

    [TestMethod]
    public void ACallMayGoToAnyAncestor()
    {
        Machine machine = Siblings();
        machine.Spawn("client", Small(machine.Describe("grandchild")));
        machine.Init.Requested = (env, label, request) => Error.None;
        int gate = machine.Gate("init", 10, "grandchild");

        machine.Do("grandchild", env => Expect.Ok(env.Call(gate, env.Compose(1))));
    }

    [TestMethod]
    [DataRow("server", "client")]
    [DataRow("init", "client")]
    [DataRow("client", "client")]
    public void ACallToASiblingAChildOrOneselfMustBeSent(string caller, string server)
    {
        Machine machine = Siblings();
        machine[server].Requested = (env, label, request) => Error.None;
        int gate = machine.Gate(server, 1, caller);

        machine.Do(caller, env => Expect.Error(Error.MustSend, env.Call(gate, env.Compose(1))));
    }

    [TestMethod]
    public void ASendIsServedInADispatchOfItsOwnAndAnsweredByAnEvent()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            machine.Note("served " + request.Opcode + ":" + request.Word(0) + ":" + request.Text);
            request.Add(5).AddText("pong");
            return Error.None;
        };
        machine["client"].Replied = (env, label, error, answer) =>
            machine.Note("replied " + label + ":" + Errors.Name(error) + ":" + answer.Word(0) + ":" + answer.Text);
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env =>
        {
            Expect.Ok(env.Send(gate, env.Compose(3).Add(4).AddText("ping"), 77));
            machine.Note("sent");
        });

        Assert.AreEqual("sent served 3:4:ping replied 77:ok:5:pong", machine.Notes);
        Assert.AreEqual(0, machine.Task("client").Requests);
    }

    [TestMethod]
    public void RequestsAreServedInTheOrderInWhichTheyWereSent()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            machine.Note("s" + request.Word(0));
            return Error.None;
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note("r" + label);
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env =>
        {
            for (int i = 1; i <= 4; i++)
            {
                env.Send(gate, env.Compose(1).Add(i), i);
            }
        });

        Assert.AreEqual(0, machine.Notes.IndexOf("s1"));
        AssertInOrder(machine.Notes, "s1 s2 s3 s4");
        AssertInOrder(machine.Notes, "r1 r2 r3 r4");
    }

    [TestMethod]
    public void ASendToCoreIsAnsweredByAnEventToo()
    {
        Machine machine = Siblings();
        int dataspace = 0;
        machine["client"].Replied = (env, label, error, answer) =>
        {
            Expect.Ok(error);
            dataspace = answer.Capability(0);
            Assert.AreEqual(4096, env.SizeOf(dataspace));
        };

        machine.Do("client", env =>
        {
            Message message = env.Compose(PdOperation.AllocateDataspace).Add(4096);
            Expect.Ok(env.Send(Selectors.Pd, message, 1));
            Assert.AreEqual(0, message.CapabilityCount, "nothing of the answer is there yet");
        });

        Assert.IsTrue(dataspace != 0);
    }

    [TestMethod]
    public void ADeferredRequestIsAnsweredByItsToken()
    {
        Machine machine = Siblings();
        int first = 0;
        int second = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            int token = env.Defer();
            Assert.IsTrue(token > 0);
            first = request.Word(0) == 1 ? token : first;
            second = request.Word(0) == 2 ? token : second;
            return Error.Deferred;
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + "=" + answer.Word(0) + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env =>
        {
            env.Send(gate, env.Compose(1).Add(1), 1);
            env.Send(gate, env.Compose(1).Add(2), 2);
        });
        Assert.AreEqual("", machine.Notes);
        Assert.AreNotEqual(first, second);

        machine.Do("server", env =>
        {
            Expect.Ok(env.Reply(second, Error.None, env.Compose(0).Add(20)));
            Expect.Ok(env.Reply(first, Error.Full, env.Compose(0).Add(10)));
            Expect.Error(Error.NotFound, env.Reply(first, Error.None, env.Compose(0)));
            Expect.Error(Error.NotFound, env.Reply(12345, Error.None, env.Compose(0)));
        });

        Assert.AreEqual("2=20ok 1=10no room left", machine.Notes);
    }

    [TestMethod]
    public void ARequestMayBeDeferredAndAnsweredInTheSameHandler()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            int token = env.Defer();
            Expect.Ok(env.Reply(token, Error.None, env.Compose(0).Add(7)));
            return request.Word(0) == 1 ? Error.Deferred : Error.Full;
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + "=" + answer.Word(0) + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env =>
        {
            env.Send(gate, env.Compose(1).Add(1), 1);
            env.Send(gate, env.Compose(1).Add(2), 2);
        });

        Assert.AreEqual("1=7ok 2=7ok", machine.Notes);
    }

    [TestMethod]
    public void OnlyTheServerAnswers()
    {
        Machine machine = Siblings();
        int token = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            token = env.Defer();
            return Error.Deferred;
        };
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env => env.Send(gate, env.Compose(1), 1));

        machine.Do("client", env => Expect.Error(Error.NotFound, env.Reply(token, Error.None, env.Compose(0))));
    }

    [TestMethod]
    public void DeferredIsNoAnswer()
    {
        Machine machine = Siblings();
        int token = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            token = request.Word(0) == 1 ? env.Defer() : 0;
            return Error.Deferred;
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(2), 2));
        Assert.AreEqual("2server faulted", machine.Notes, "a server that returns Deferred without deferring is at fault");

        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(1), 1));
        machine.Do("server", env =>
        {
            Expect.Error(Error.BadArgument, env.Reply(token, Error.Deferred, env.Compose(0)));
            Expect.Ok(env.Reply(token, Error.None, env.Compose(0)));
        });
        Assert.AreEqual("2server faulted 1ok", machine.Notes);
    }

    [TestMethod]
    public void ACallCannotBeDeferred()
    {
        Machine machine = Siblings();
        machine.Init.Requested = (env, label, request) =>
        {
            Assert.AreEqual(0, env.Defer());
            return Error.Deferred;
        };
        int gate = machine.Gate("init", 10, "client");

        machine.Do("client", env => Expect.Error(Error.MustSend, env.Call(gate, env.Compose(1))));
    }

    [TestMethod]
    public void AMessageHoldsItsLimitsAndNotMore()
    {
        Machine machine = Siblings();
        machine.Init.Requested = (env, label, request) =>
        {
            Assert.AreEqual(Message.MaxWords, request.WordCount);
            Assert.AreEqual(Message.MaxBytes, request.Length);
            Assert.AreEqual(Message.MaxCapabilities, request.CapabilityCount);
            request.AddAll(request);
            return Error.None;
        };
        int gate = machine.Gate("init", 10, "client");

        machine.Do("client", env =>
        {
            Message message = FullMessage(env);
            Expect.Ok(env.Call(gate, message));
            Assert.AreEqual(8, message.Word(7));
            Assert.AreEqual(127, (int)message.Byte(127));
            Assert.AreEqual(0, (int)message.Byte(128), "beyond the end there is nothing");
            Assert.AreEqual(0, message.Word(8));
            Assert.AreEqual(0, message.Word(-1));
            Assert.AreEqual(Message.MaxCapabilities, message.CapabilityCount);
            Expect.Error(Error.MessageTooLong, env.Call(gate, FullMessage(env).Add(9)));
            Expect.Error(Error.MessageTooLong, env.Call(gate, FullMessage(env).AddBytes(new byte[1], 0, 1)));
            Expect.Error(Error.MessageTooLong, env.Call(gate, FullMessage(env).AddCapability(Selectors.Log)));
            Expect.Error(Error.MessageTooLong, env.Send(gate, FullMessage(env).Add(9), 1));
            Expect.Error(Error.MessageTooLong, env.Call(gate, env.Compose(1).AddBytes(new byte[4], 0, -1)));
        });
    }

    [TestMethod]
    public void AnAnswerThatIsTooLongIsAnError()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            for (int i = 0; i <= Message.MaxWords; i++)
            {
                request.Add(i);
            }

            request.AddCapability(Selectors.Log);
            return Error.None;
        };
        machine["client"].Replied = (env, label, error, answer) =>
        {
            Expect.Error(Error.MessageTooLong, error);
            Assert.AreEqual(0, answer.CapabilityCount);
            machine.Note("replied");
        };
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env => env.Send(gate, env.Compose(1), 1));

        Assert.AreEqual("replied", machine.Notes);
    }

    [TestMethod]
    public void ReadingNeverSeesWhatWasWritten()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            request.Add(100);
            Assert.AreEqual(1, request.Word(0));
            Assert.AreEqual(1, request.WordCount);
            return Error.None;
        };
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(1), 1));
    }

    [TestMethod]
    public void AHandlerMayAskItsParentWhileItHoldsARequest()
    {
        Machine machine = Siblings();
        machine.Init.Requested = (env, label, request) =>
        {
            request.Add(request.Word(0) * 2);
            return Error.None;
        };
        int up = machine.Gate("init", 10, "server");
        machine["server"].Requested = (env, label, request) =>
        {
            Message message = env.Compose(1).Add(request.Word(0));
            Expect.Ok(env.Call(up, message));
            Assert.AreEqual(21, request.Word(0), "the request is as it was");
            request.Add(message.Word(0));
            return Error.None;
        };
        int gate = machine.Gate("server", 1, "client");
        machine["client"].Replied = (env, label, error, answer) => machine.Note("" + answer.Word(0));

        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(21), 1));

        Assert.AreEqual("42", machine.Notes);
    }

    [TestMethod]
    public void ARequestToAnEndedGateIsAnsweredWithItsError()
    {
        Machine machine = Siblings();
        int own = 0;
        machine.Do("server", env => own = env.Gate(1));
        int gate = machine.Grant("server", own, "client");
        machine["server"].Requested = (env, label, request) =>
        {
            machine.Note("served");
            return Error.None;
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note(Errors.Name(error));
        machine.Post("client", env => env.Send(gate, env.Compose(1), 1));
        machine.Post("server", env => { });
        Pause(machine, "server", true);
        machine.Settle();
        int id = machine.Task("server").Capabilities.Lookup(own);
        machine.Kernel.Lifecycle.Destroy(id);

        Pause(machine, "server", false);
        machine.Settle();

        Assert.AreEqual("invalid capability", machine.Notes);
    }

    [TestMethod]
    public void WhenAServerEndsWhoeverWaitsForItIsTold()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) => request.Word(0) == 1 && env.Defer() != 0 ? Error.Deferred : Error.None;
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(1), 1));
        Pause(machine, "server", true);
        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(2), 2));
        Assert.AreEqual("", machine.Notes);

        machine.Do("init", env => Expect.Ok(machine.Child("server").Destroy(env)));

        Assert.IsTrue(machine.Notes == "1server gone 2server gone", machine.Notes);
    }

    [TestMethod]
    public void WhenAClientEndsItsRequestsDisturbNobody()
    {
        Machine machine = Siblings();
        int token = 0;
        machine["server"].Requested = (env, label, request) =>
        {
            token = env.Defer();
            return Error.Deferred;
        };
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(1), 1));
        Pause(machine, "server", true);
        machine.Do("client", env => env.Send(gate, env.Compose(1).Add(2), 2));

        machine.Do("init", env => Expect.Ok(machine.Child("client").Destroy(env)));

        Pause(machine, "server", false);
        machine.Do("server", env => Expect.Ok(env.Reply(token, Error.None, env.Compose(0).AddCapability(Selectors.Log))));
        Assert.AreEqual(0, Outstanding(machine));
    }

    [TestMethod]
    public void WhenAClientEndsBeforeItsAnswerIsDeliveredTheAnswerIsDropped()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            Pause(machine, "client", true);
            return Error.None;
        };
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env => env.Send(gate, env.Compose(1), 1));
        Assert.AreEqual(1, Outstanding(machine));

        machine.Do("init", env => Expect.Ok(machine.Child("client").Destroy(env)));

        Assert.AreEqual(0, Outstanding(machine));
    }

    [TestMethod]
    public void AComponentThatWaitsForItselfEndsCleanly()
    {
        Machine machine = Siblings();
        machine["client"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        machine.Do("client", env =>
        {
            int gate = env.Gate(1);
            env.Send(gate, env.Compose(1), 1);
        });
        Assert.AreEqual(1, Outstanding(machine));

        machine.Do("init", env => Expect.Ok(machine.Child("client").Destroy(env)));

        Assert.AreEqual(0, Outstanding(machine));
    }

    [TestMethod]
    public void OneComponentCannotTakeTheRequestTableFromTheOthers()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("server", 1, "client");
        int own = machine.Gate("server", 1, "init");

        machine.Do("client", env =>
        {
            for (int i = 0; i < machine.Profile.MaxRequestsPerTask; i++)
            {
                Expect.Ok(env.Send(gate, env.Compose(1), 1));
            }

            Expect.Error(Error.TableFull, env.Send(gate, env.Compose(1), 1));
        });

        machine.Do("init", env => Expect.Ok(env.Send(own, env.Compose(1), 1)));
    }

    [TestMethod]
    public void AFullRequestTableIsANamedError()
    {
        var machine = new Machine();
        machine.Profile.MaxRequests = 3;
        machine.Add("server");
        machine.Add("client");
        machine.Boot();
        machine["server"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env =>
        {
            for (int i = 0; i < 3; i++)
            {
                Expect.Ok(env.Send(gate, env.Compose(1), 1));
            }

            Expect.Error(Error.TableFull, env.Send(gate, env.Compose(1), 1));
        });
        machine.Do("init", env => Expect.Ok(machine.Child("client").Destroy(env)));
        Assert.AreEqual(3, Outstanding(machine), "the server still holds what it deferred");
        machine.Do("init", env => Expect.Ok(machine.Child("server").Destroy(env)));
        Assert.AreEqual(0, Outstanding(machine));
    }

    [TestMethod]
    public void CallsNestedTooDeepAreANamedError()
    {
        var machine = new Machine();
        machine.Profile.MaxCallDepth = 3;
        machine.Add("a").Ram = 200 * 1024;
        machine.Child("a").Caps = 200;
        machine.Boot();
        TestChild b = machine.Describe("b");
        b.Ram = 100 * 1024;
        b.Caps = 100;
        machine.Spawn("a", b);
        machine.Spawn("b", Small(machine.Describe("c")));
        int ab = machine.Gate("a", 1, "b");
        int bc = machine.Gate("b", 1, "c");
        int ia = machine.Gate("init", 1, "a");
        Error deepest = Error.None;
        machine.Init.Requested = (env, label, request) => Error.None;
        machine["a"].Requested = (env, label, request) => deepest = env.Call(ia, env.Compose(1));
        machine["b"].Requested = (env, label, request) => env.Call(ab, env.Compose(1));

        machine.Do("c", env => Expect.Error(Error.TooDeep, env.Call(bc, env.Compose(1))));

        Expect.Error(Error.TooDeep, deepest);
    }

    [TestMethod]
    public void WhoeverIsOnTheCallChainIsNotEnteredAgain()
    {
        // init touches a managed dataspace; its child, who handles the fault, asks init: that has to wait.
        Machine machine = Siblings();
        Error upcall = Error.None;
        machine.Init.Requested = (env, label, request) => Error.None;
        int up = machine.Gate("init", 10, "server");
        machine["server"].Requested = (env, label, request) =>
        {
            upcall = env.Call(up, env.Compose(1));
            return Error.None;
        };
        int handler = machine.Gate("server", 1, "init");
        bool survived = false;

        machine.Do("init", env =>
        {
            int map = new RmSession(env, env.Connect("RM")).Create(4096, out Error _);
            env.SetFaultHandler(map, handler);
            int address = env.Attach(map);
            machine.Init.Entered = null;
            try
            {
                env.Memory.ReadInt32(address);
            }
            catch (Exception)
            {
                survived = true;
            }
        });

        Expect.Error(Error.MustSend, upcall);
        Assert.IsTrue(survived);
    }

    [TestMethod]
    public void APausedParentIsNotEnteredByItsChildrensCalls()
    {
        Machine machine = Siblings();
        machine.Child("client").Caps = 200;
        machine.Spawn("client", Small(machine.Describe("grandchild")));
        machine["client"].Requested = (env, label, request) =>
        {
            machine.Note("entered");
            return Error.None;
        };
        int gate = machine.Gate("client", 1, "grandchild");
        Pause(machine, "client", true);

        machine.Do("grandchild", env => Expect.Error(Error.MustSend, env.Call(gate, env.Compose(1))));

        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AFaultingServerIsStoppedAndItsClientGoesOn()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) => throw new InvalidOperationException();
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env => env.Send(gate, env.Compose(1), 1));

        Assert.AreEqual("1server faulted", machine.Notes);
        Assert.IsTrue(machine.Board.Logged("[init -> server] fault: InvalidOperationException; component stopped"));
        Expect.Error(Error.Faulted, machine.Task("server").Fault);
        machine.Do("client", env => env.Log("well"));
        Assert.IsTrue(machine.Board.Logged("[init -> client] well"));
    }

    [TestMethod]
    public void WhoeverWaitsForAFaultingServerIsTold()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) =>
        {
            if (request.Word(0) == 1)
            {
                env.Defer();
                return Error.Deferred;
            }

            throw new InvalidOperationException();
        };
        machine["client"].Replied = (env, label, error, answer) => machine.Note(label + Errors.Name(error));
        int gate = machine.Gate("server", 1, "client");

        machine.Do("client", env =>
        {
            env.Send(gate, env.Compose(1).Add(1), 1);
            env.Send(gate, env.Compose(1).Add(2), 2);
            env.Send(gate, env.Compose(1).Add(3), 3);
        });

        Assert.IsTrue(machine.Notes.Contains("1server faulted"), "deferred before");
        Assert.IsTrue(machine.Notes.Contains("2server faulted"), "under way");
        Assert.IsTrue(machine.Notes.Contains("3server faulted"), "queued behind");
        machine.Do("client", env => Expect.Error(Error.Faulted, env.Send(gate, env.Compose(1), 4)));
    }

    [TestMethod]
    public void AFaultingParentIsAnErrorToItsChild()
    {
        Machine machine = Siblings();
        machine.Child("client").Caps = 200;
        machine.Spawn("client", Small(machine.Describe("grandchild")));
        machine["client"].Requested = (env, label, request) =>
        {
            request.Add(1).AddCapability(Selectors.Log);
            env.Memory.ReadInt32(4);
            return Error.None;
        };
        int gate = machine.Gate("client", 1, "grandchild");

        machine.Do("grandchild", env =>
        {
            Message message = env.Compose(1);
            Expect.Error(Error.Faulted, env.Call(gate, message));
            Assert.AreEqual(0, message.WordCount, "half an answer is none");
            Assert.AreEqual(0, message.CapabilityCount);
            Expect.Error(Error.Faulted, env.Call(gate, env.Compose(1)));
        });
        Assert.IsTrue(machine.Board.Logged("no access to address 0x4"));
    }

    [TestMethod]
    public void AParentIsSignalledWhenItsChildFaults()
    {
        var machine = new Machine();
        machine.Add("child");
        machine.Boot();
        int signal = 0;
        machine.Init.Signalled = (env, label, count) => machine.Note("fault " + label + " " + count);
        machine.Do("init", env =>
        {
            signal = env.Signal(6);
            Expect.Ok(new NativePd(env, machine.Child("child").Native).SetFaultSignal(signal));
        });

        machine.Do("child", env => throw new InvalidOperationException());

        Assert.AreEqual("fault 6 1", machine.Notes);
        machine.Do("init", env =>
        {
            Expect.Error(Error.Faulted, new NativePd(env, machine.Child("child").Native).Fault());
            Expect.Error(Error.Busy, machine.Child("child").Start(env));
        });
    }

    [TestMethod]
    public void AComponentOnTheCallChainCannotBeEnded()
    {
        Machine machine = Siblings();
        Error closing = Error.None;
        machine.Init.Requested = (env, label, request) =>
        {
            closing = env.Close(env.Keep(request.Capability(0)));
            return Error.None;
        };
        int gate = machine.Gate("init", 10, "client");

        machine.Do("client", env => Expect.Ok(env.Call(gate, env.Compose(1).AddCapability(Selectors.Pd))));

        Expect.Error(Error.Busy, closing);
        machine.Do("client", env => env.Log("alive"));
    }

    [TestMethod]
    public void NorCanTheParentOfOneOnTheCallChain()
    {
        Machine machine = Siblings();
        machine.Child("client").Caps = 200;
        machine.Spawn("client", Small(machine.Describe("grandchild")));
        Error closing = Error.None;
        machine.Init.Requested = (env, label, request) =>
        {
            closing = env.Close(machine.Child("client").Pd);
            return Error.None;
        };
        int gate = machine.Gate("init", 10, "grandchild");

        machine.Do("grandchild", env => Expect.Ok(env.Call(gate, env.Compose(1))));

        Expect.Error(Error.Busy, closing);
        machine.Do("grandchild", env => env.Log("alive"));
        Assert.IsTrue(machine.Board.Logged("grandchild] alive"));
    }

    [TestMethod]
    public void AReplyLabelIsNotNegative()
    {
        Machine machine = Siblings();
        int gate = machine.Gate("server", 1, "client");
        machine.Do("client", env => Expect.Error(Error.BadArgument, env.Send(gate, env.Compose(1), -1)));
    }

    [TestMethod]
    public void SequenceNumbersOutliveTheirRange()
    {
        Machine machine = Siblings();
        machine["server"].Requested = (env, label, request) => env.Defer() == 0 ? Error.None : Error.Deferred;
        int gate = machine.Gate("server", 1, "client");
        machine.Kernel.Requests.StartSequenceAt(int.MaxValue - 2);

        machine.Do("client", env =>
        {
            for (int i = 0; i < 6; i++)
            {
                env.Send(gate, env.Compose(1), i);
            }
        });

        Task client = machine.Task("client");
        int expected = 0;
        for (int row = machine.Kernel.Requests.FindNext(client, 0); row != 0; row = machine.Kernel.Requests.FindNext(client, machine.Kernel.Requests.Sequence[row]))
        {
            Assert.AreEqual(expected++, machine.Kernel.Requests.ReplyLabel[row]);
        }

        Assert.AreEqual(6, expected);
    }

    private static Machine Siblings()
    {
        var machine = new Machine();
        machine.Add("server");
        machine.Add("client").Caps = 200;
        machine.Child("client").Ram = 128 * 1024;
        return machine.Boot();
    }

    private static TestChild Small(TestChild child)
    {
        child.Ram = 32 * 1024;
        child.Caps = 40;
        return child;
    }

    private static Message FullMessage(Env env)
    {
        Message message = env.Compose(1);
        for (int i = 1; i <= Message.MaxWords; i++)
        {
            message.Add(i);
        }

        var bytes = new byte[Message.MaxBytes];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        message.AddBytes(bytes, 0, bytes.Length);
        for (int i = 0; i < Message.MaxCapabilities; i++)
        {
            message.AddCapability(Selectors.Log);
        }

        return message;
    }

    private static void Pause(Machine machine, string name, bool paused)
    {
        Thread thread = machine.Task(name).FirstThread!;
        thread.PauseCount += paused ? 1 : -1;
        machine.Kernel.Ready.Add(thread);
    }

    private static int Outstanding(Machine machine)
    {
        int count = 0;
        for (int row = 1; row <= machine.Kernel.Requests.Capacity; row++)
        {
            count += machine.Kernel.Requests.State(row) != RequestState.Free ? 1 : 0;
        }

        return count;
    }

    private static void AssertInOrder(string notes, string expected)
    {
        int at = -1;
        string[] words = expected.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            int found = notes.IndexOf(words[i]);
            Assert.IsTrue(found > at, notes);
            at = found;
        }
    }
}
