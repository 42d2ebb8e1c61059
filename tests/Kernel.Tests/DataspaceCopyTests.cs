// Copies where a managed dataspace has to be filled first: its fault handler is asked as an access would ask it.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class DataspaceCopyTests
{
    private const int Page = 4096;
    private const int Pages = 12;

    [TestMethod]
    public void ACopyAsksForTheHolesOfItsSource()
    {
        Machine machine = Bench(4, out int map);
        Client(machine, env =>
        {
            int target = Allocate(env, 2 * Page);
            Expect.Ok(env.CopyDataspace(map, Page + 100, target, 50, Page));
            int at = env.Attach(target);
            Assert.AreEqual(Content(Page + 100), (int)env.Memory.ReadByte(at + 50));
            Assert.AreEqual(Content((2 * Page) + 99), (int)env.Memory.ReadByte(at + 50 + Page - 1));
            Assert.AreEqual(0, (int)env.Memory.ReadByte(at + 50 + Page), "and no more than was wanted");
        });
        Assert.AreEqual("in 1 in 2", machine.Notes, "each page once, and no other");
    }

    [TestMethod]
    public void ACopyAsksForTheRightToWriteItsTarget()
    {
        Machine machine = Bench(4, out int map);
        Client(machine, env =>
        {
            int source = Allocate(env, Page);
            env.Memory.WriteInt32(env.Attach(source) + 8, 0x11223344);
            int at = env.Attach(map);
            Assert.AreEqual(Content(0), (int)env.Memory.ReadByte(at), "shown for reading");
            Expect.Ok(env.CopyDataspace(source, 8, map, 12, 4));
            Assert.AreEqual(0x11223344, env.Memory.ReadInt32(at + 12));
        });
        Assert.AreEqual("in 0 write 0", machine.Notes);
    }

    [TestMethod]
    public void ALongCopyAsksForEachOfItsPages()
    {
        Machine machine = Bench(2, out int map);
        Client(machine, env =>
        {
            int target = Allocate(env, Pages * Page);
            Expect.Ok(env.CopyDataspace(map, 0, target, 0, Pages * Page));
            int at = env.Attach(target);
            for (int i = 0; i < Pages * Page; i += 64)
            {
                Assert.AreEqual(Content(i), (int)env.Memory.ReadByte(at + i), "byte " + i);
            }
        });
    }

    [TestMethod]
    public void APieceIsCopiedBeforeTheNextTakesItsFrame()
    {
        // Two frames: with the page of the one side shown there is one left for the other.
        Machine machine = Bench(2, out int map);
        Client(machine, env =>
        {
            Expect.Ok(env.CopyDataspace(map, 7, map, (2 * Page) + 300, Page + 1000));
            int at = env.Attach(map);
            for (int i = 0; i < Page + 1000; i++)
            {
                Assert.AreEqual(Content(7 + i), (int)env.Memory.ReadByte(at + (2 * Page) + 300 + i), "byte " + i);
            }

            Assert.AreEqual(Content((2 * Page) + 299), (int)env.Memory.ReadByte(at + (2 * Page) + 299));
        });
    }

    [TestMethod]
    public void ATargetThatTakesItsSourcesFrameIsFoundOutAndNotCopiedFromAnother()
    {
        // The source's page is the oldest: the target's takes its frame, and then it has to come again.
        Machine machine = Bench(2, out int map);
        Client(machine, env =>
        {
            int at = env.Attach(map);
            env.Memory.ReadByte(at);
            env.Memory.ReadByte(at + Page);
            machine.ClearNotes();
            Expect.Ok(env.CopyDataspace(map, 0, map, 2 * Page, 16));
            Assert.AreEqual("out 0 in 2 write 2 out 1 in 0", machine.Notes);
            Assert.AreEqual(Content(0), (int)env.Memory.ReadByte(at + (2 * Page)));
        });
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(11)]
    public void AnAddressSpacesOwnCopyGoesOnThroughFewFramesToo(int frames)
    {
        for (int shift = 0; shift < 4; shift++)
        {
            Machine machine = Bench(frames, out int map);
            Client(machine, env =>
            {
                // What is shown already, and in which frames, is another each time.
                int at = env.Attach(map);
                for (int i = 0; i < 3 * shift; i++)
                {
                    env.Memory.ReadByte(at + (i * 7 % Pages * Page));
                }

                int length = (6 * Page) - 100;
                env.Memory.Copy(at + (shift * 30), at + (6 * Page) + 60, length);
                for (int i = 0; i < length; i += 17)
                {
                    Assert.AreEqual(Content((shift * 30) + i), (int)env.Memory.ReadByte(at + (6 * Page) + 60 + i), "byte " + i);
                }
            });
        }
    }

    [TestMethod]
    public void WithoutRoomForBothSidesACopyEnds()
    {
        Machine machine = Bench(1, out int map);
        Client(machine, env => Expect.Error(Error.BadRegion, env.CopyDataspace(map, 0, map, Page, 16)));
        Assert.IsTrue(machine.Notes.Length < 300, "asked too often: " + machine.Notes);
    }

    [TestMethod]
    public void WhatNobodyResolvesIsTheErrorThatItWas()
    {
        Machine machine = Bench(4, out int map);
        int asked = 0;
        machine["pager"].Requested = (env, label, request) =>
        {
            asked++;
            return asked < 100 ? Error.DeviceFailed : Error.None;
        };
        Client(machine, env =>
        {
            int ram = Allocate(env, Page);
            Expect.Error(Error.BadRegion, env.CopyDataspace(map, 0, ram, 0, 1));
            Expect.Error(Error.BadRegion, env.CopyDataspace(ram, 0, map, 0, 1));
            Assert.AreEqual(2, asked, "who refuses is not asked again");
            env.AttachAt(map, ram, 0, 0, 0, Rights.Read);
            Expect.Error(Error.NotPermitted, env.CopyDataspace(ram, 0, map, 0, 1));
            asked = 100;
            Expect.Error(Error.NotPermitted, env.CopyDataspace(ram, 0, map, 0, 1));
            Expect.Error(Error.BadRegion, env.CopyDataspace(map, Page, ram, 0, 1));
            Assert.AreEqual(100 + (2 * 8), asked, "nor is who changes nothing asked forever");
        });
    }

    [TestMethod]
    public void AHandlerThatIsOnTheCallChainIsNotAsked()
    {
        Machine machine = Bench(4, out int _);
        machine.Do("pager", env =>
        {
            int ram = Allocate(env, Page);
            Expect.Error(Error.BadRegion, env.CopyDataspace(env.Root, 0, ram, 0, 1));
        });
        Assert.AreEqual("", machine.Notes);
    }

    [TestMethod]
    public void AHandlerMayCopyItself()
    {
        Machine machine = Bench(4, out int map);
        int store = 0;
        int frames = 0;
        machine.Do("pager", env =>
        {
            store = Allocate(env, Pages * Page);
            frames = Allocate(env, Pages * Page);
            int at = env.Attach(store);
            for (int i = 0; i < Pages * Page; i++)
            {
                env.Memory.WriteByte(at + i, (byte)Content(i));
            }
        });
        machine["pager"].Requested = (env, label, request) =>
        {
            int page = request.Word(0) & ~(Page - 1);
            Expect.Ok(env.CopyDataspace(store, page, frames, ((Pages - 1) * Page) - page, Page));
            env.AttachAt(env.Root, frames, ((Pages - 1) * Page) - page, Page, page, Rights.ReadWrite);
            return env.LastError;
        };
        Client(machine, env =>
        {
            int target = Allocate(env, Pages * Page);
            Expect.Ok(env.CopyDataspace(map, 3, target, 11, (3 * Page) + 5));
            int at = env.Attach(target);
            for (int i = 0; i < (3 * Page) + 5; i++)
            {
                Assert.AreEqual(Content(3 + i), (int)env.Memory.ReadByte(at + 11 + i), "byte " + i);
            }
        });
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void AHandlerThatEndsWhatIsCopiedEndsTheCopy(int asSource)
    {
        Machine machine = Bench(4, out int map);
        int ram = 0;
        int granted = 0;
        machine.Do("pager", env =>
        {
            ram = Allocate(env, Page);
            env.Memory.WriteInt32(env.Attach(ram), 1);
        });
        granted = machine.Grant("pager", ram, "client");
        machine["pager"].Requested = (env, label, request) =>
        {
            Expect.Ok(new PdSession(env, Selectors.Pd).FreeDataspace(ram));
            env.AttachAt(env.Root, Allocate(env, Page), 0, 0, 0, Rights.ReadWrite);
            return env.LastError;
        };
        Client(machine, env => Expect.Error(
            Error.InvalidCapability,
            asSource != 0 ? env.CopyDataspace(granted, 0, map, 0, 4) : env.CopyDataspace(map, 0, granted, 0, 4)));
    }

    [TestMethod]
    public void AMessageThatIsBeingComposedSurvivesACopy()
    {
        Machine machine = Bench(4, out int map);
        Client(machine, env =>
        {
            int ram = Allocate(env, Page);
            Message message = env.Compose(PdOperation.AllocateDataspace).Add(3 * Page);
            Expect.Ok(env.CopyDataspace(map, 0, ram, 0, Page));
            Expect.Ok(env.Call(Selectors.Pd, message));
            Assert.AreEqual(3 * Page, env.SizeOf(message.Capability(0)));
        });
        Assert.AreEqual("in 0", machine.Notes);
    }

    [TestMethod]
    public void RegistersBehindAHandlerAreNoBytesStill()
    {
        Machine machine = Bench(4, out int map);
        Client(machine, env =>
        {
            int session = IoMemSession.Open(env, "uart");
            int registers = new IoMemSession(env, session).Dataspace(out int _, out Error error);
            Expect.Ok(error);
            env.AttachAt(map, registers, 0, 0, 0, Rights.ReadWrite);
            int ram = Allocate(env, Page);
            Expect.Error(Error.WrongObject, env.CopyDataspace(map, 0, ram, 0, 4));
            Expect.Error(Error.WrongObject, env.CopyDataspace(ram, 0, map, 0, 4));
        });
        Assert.AreEqual("", machine.Notes);
    }

    /// <summary>Runs a handler of the client, which must not fault.</summary>
    private static void Client(Machine machine, EnvAction action)
    {
        machine.Do("client", action);
        Expect.Ok(machine.Task("client").Fault);
        Expect.Ok(machine.Task("pager").Fault);
    }

    private static int Content(int at) => (byte)((at * 7) + (at >> 8));

    private static int Allocate(Env env, int size)
    {
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        Expect.Ok(error);
        return dataspace;
    }

    /// <summary>A pager of a managed dataspace, which shows pages in few frames, and a client that has it.</summary>
    private static Machine Bench(int frames, out int map)
    {
        var machine = new Machine();
        machine.Board.IoMemory = new TestRegisters();
        machine.Add("pager").Ram = 160 * 1024;
        machine.Add("client").Ram = 128 * 1024;
        machine.Boot();
        var pager = new FewFrames(machine, frames);
        machine["pager"].Requested = pager.Resolve;
        machine.Do("pager", pager.Begin);
        map = machine.Grant("pager", pager.Map, "client");
        return machine;
    }

    /// <summary>Shows pages in frames, the oldest of which is the next to be taken; it writes all of them back.</summary>
    private sealed class FewFrames(Machine machine, int count)
    {
        private readonly byte[] _store = new byte[Pages * Page];
        private readonly int[] _page = new int[count];
        private readonly bool[] _isWritable = new bool[count];
        private int _dataspace;
        private int _frames;
        private int _next;

        internal int Map { get; private set; }

        internal void Begin(Env env)
        {
            for (int i = 0; i < _store.Length; i++)
            {
                _store[i] = (byte)Content(i);
            }

            for (int i = 0; i < count; i++)
            {
                _page[i] = -1;
            }

            Map = new RmSession(env, env.Connect("RM")).Create(Pages * Page, out Error error);
            Expect.Ok(error);
            env.Root = Map;
            _dataspace = Allocate(env, count * Page);
            _frames = env.Attach(_dataspace);
            Expect.Ok(env.SetFaultHandler(Map, env.Gate(1)));
        }

        internal Error Resolve(Env env, int label, Message request)
        {
            int page = request.Word(0) / Page;
            int frame = 0;
            while (frame < count && _page[frame] != page)
            {
                frame++;
            }

            frame = frame < count ? frame : Take(env, page);
            var rights = (Rights)request.Word(1);
            if (rights == Rights.Write && !_isWritable[frame])
            {
                machine.Note("write " + page);
                _isWritable[frame] = true;
            }

            env.DetachFrom(Map, page * Page);
            env.AttachAt(Map, _dataspace, frame * Page, Page, page * Page, _isWritable[frame] ? Rights.ReadWrite : Rights.Read);
            return env.LastError;
        }

        private int Take(Env env, int page)
        {
            int frame = _next;
            _next = (_next + 1) % count;
            if (_page[frame] >= 0)
            {
                machine.Note("out " + _page[frame]);
                env.Memory.Read(_frames + (frame * Page), _store, _page[frame] * Page, Page);
                env.DetachFrom(Map, _page[frame] * Page);
            }

            machine.Note("in " + page);
            env.Memory.Write(_frames + (frame * Page), _store, page * Page, Page);
            _page[frame] = page;
            _isWritable[frame] = false;
            return frame;
        }
    }
}
