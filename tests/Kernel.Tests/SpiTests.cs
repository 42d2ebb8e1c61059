// The SPI bus: which bytes go out and come in, who gets which device, and what never reaches the bus.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SpiTests
{
    private const int Page = 4096;
    private const int OfNobody = 99;

    [TestMethod]
    public void ASelectionIsFullDuplexAndTouchesNothingElse()
    {
        Machine machine = Driver(out int session, out int dataspace, out int at);
        machine.Do("a", env =>
        {
            Fill(env, at, 64);
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 5, 40, 7));
            for (int i = 0; i < 64; i++)
            {
                int expected = i < 40 || i >= 47 ? i : 255 - (i - 40 + 5);
                Assert.AreEqual(expected, (int)env.Memory.ReadByte(at + i));
            }
        });
        Assert.AreEqual("0/7 ", Bus(machine).Transfers, "one selection");
    }

    [TestMethod]
    public void OutAndInMayBeTheSameBytes()
    {
        Machine machine = Driver(out int session, out int dataspace, out int at);
        machine.Do("a", env =>
        {
            Fill(env, at, 8);
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 2, 2, 3));
            Assert.AreEqual(1, (int)env.Memory.ReadByte(at + 1));
            Assert.AreEqual(253, (int)env.Memory.ReadByte(at + 2));
            Assert.AreEqual(251, (int)env.Memory.ReadByte(at + 4));
            Assert.AreEqual(5, (int)env.Memory.ReadByte(at + 5));
        });
    }

    [TestMethod]
    public void TheLongestTransferAndTheLastByteAreReached()
    {
        Machine machine = Driver(out int session, out int dataspace, out int at);
        machine.Do("a", env =>
        {
            env.Memory.WriteByte(at + (2 * Page) - 1, 1);
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 0, TestSpi.Longest, TestSpi.Longest));
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, (2 * Page) - 1, 0, 1));
            Assert.AreEqual(254, (int)env.Memory.ReadByte(at));
        });
        Assert.AreEqual("0/1024 0/1 ", Bus(machine).Transfers);
    }

    [TestMethod]
    [DataRow(0, 100, 0)]
    [DataRow(0, 100, -1)]
    [DataRow(0, 2048, 1025)]
    [DataRow(0, 2048, 2147483647)]
    [DataRow(-1, 100, 4)]
    [DataRow(0, -1, 4)]
    [DataRow(8189, 0, 4)]
    [DataRow(0, 8189, 4)]
    [DataRow(8192, 0, 1)]
    [DataRow(2147483647, 0, 1)]
    [DataRow(0, 2147483647, 1)]
    [DataRow(10, 13, 4)]
    [DataRow(13, 10, 4)]
    [DataRow(10, 11, 4)]
    public void LimitsAndOverlapsAreRefusedBeforeTheBus(int outAt, int inAt, int length)
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Do("a", env => Expect.Error(Error.BadArgument, new SpiSession(env, session).Transfer(dataspace, outAt, inAt, length)));
        Assert.AreEqual("", Bus(machine).Transfers);
    }

    [TestMethod]
    public void RangesThatTouchAreApart()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Do("a", env =>
        {
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 10, 14, 4));
            Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 14, 10, 4));
        });
    }

    [TestMethod]
    public void WhatIsNoDataspaceIsABadArgument()
    {
        Machine machine = Driver(out int session, out int _, out int _);
        machine.Do("a", env =>
        {
            Expect.Error(Error.BadArgument, new SpiSession(env, session).Transfer(Selectors.Log, 0, 100, 4));
            Expect.Error(Error.BadArgument, env.Call(session, env.Compose(SpiOperation.Transfer).Add(0).Add(100).Add(4)));
            Expect.Error(Error.UnknownOpcode, env.Call(session, env.Compose(OfNobody)));
        });
        Assert.AreEqual("", Bus(machine).Transfers);
    }

    [TestMethod]
    public void ReadOnlyMemoryMayGoOutButNotComeIn()
    {
        Machine machine = Driver(out int session, out int dataspace, out int at);
        machine.Board.WithModule("rom", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        machine.Do("a", env =>
        {
            Fill(env, at, 8);
            int map = Map(env);
            env.AttachAt(map, dataspace, 0, Page, 0, Rights.Read);
            env.AttachAt(map, dataspace, Page, Page, Page, Rights.ReadWrite);
            var spi = new SpiSession(env, session);
            Expect.Error(Error.NotPermitted, spi.Transfer(map, Page, 0, 4));
            Expect.Error(Error.NotPermitted, spi.Transfer(map, 0, 0, 4));
            Expect.Ok(spi.Transfer(map, 0, Page, 4));
            Assert.AreEqual(255, (int)env.Memory.ReadByte(at + Page));

            int module = new RomSession(env, env.Connect("ROM", "rom", 0, 0, 0)).Dataspace(out int _, out Error _);
            Expect.Error(Error.NotPermitted, spi.Transfer(module, 0, 4, 4));
        });
        Assert.AreEqual("0/4 ", Bus(machine).Transfers);
    }

    [TestMethod]
    public void ARangeThatIsNotInOnePieceIsABadRegion()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Do("a", env =>
        {
            int map = Map(env);
            env.AttachAt(map, dataspace, 0, Page, 0, Rights.ReadWrite);
            env.AttachAt(map, Allocate(env, Page), 0, Page, Page, Rights.ReadWrite);
            var spi = new SpiSession(env, session);
            Expect.Error(Error.BadRegion, spi.Transfer(map, Page - 2, 0, 4));
            Expect.Error(Error.BadRegion, spi.Transfer(map, 0, Page - 2, 4));
            Expect.Error(Error.BadRegion, spi.Transfer(map, 0, 2 * Page, 4));
            Expect.Error(Error.BadRegion, spi.Transfer(map, (2 * Page) - 2, 0, 4));
            Expect.Ok(spi.Transfer(map, Page - 4, Page, 4));
        });
        Assert.AreEqual("0/4 ", Bus(machine).Transfers);
    }

    [TestMethod]
    public void MemoryShownTwiceOverlapsToo()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Do("a", env =>
        {
            int map = Map(env);
            env.AttachAt(map, dataspace, 0, Page, 0, Rights.ReadWrite);
            env.AttachAt(map, dataspace, 0, Page, Page, Rights.ReadWrite);
            var spi = new SpiSession(env, session);
            Expect.Error(Error.BadArgument, spi.Transfer(map, 10, Page + 13, 4));
            Expect.Error(Error.BadArgument, spi.Transfer(map, 13, Page + 10, 4));
            Expect.Ok(spi.Transfer(map, 10, Page + 10, 4));
            Expect.Ok(spi.Transfer(map, 10, Page + 14, 4));
        });
    }

    [TestMethod]
    public void TheSamePlacesOfTwoBanksAreApart()
    {
        const int pages = 80;
        var machine = new Machine();
        machine.Board.Spi = new TestSpi();
        machine.Add("a").Ram = (2 * pages * Page) + (64 * 1024);
        machine.Boot().Do("a", env =>
        {
            // Either takes more than half of a bank.
            int map = new RmSession(env, env.Connect("RM")).Create(2 * pages * Page, out Error _);
            env.AttachAt(map, Allocate(env, pages * Page), 0, 0, 0, Rights.ReadWrite);
            env.AttachAt(map, Allocate(env, pages * Page), 0, 0, pages * Page, Rights.ReadWrite);
            var spi = new SpiSession(env, SpiSession.Open(env, "fpga"));
            for (int page = 0; page < pages; page++)
            {
                Expect.Ok(spi.Transfer(map, pages / 2 * Page, ((pages + page) * Page) + 100, 1000));
            }
        });
    }

    [TestMethod]
    public void RegistersDoNotGoOverTheBus()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Board.IoMemory = new TestRegisters();
        machine.Do("a", env =>
        {
            int registers = new IoMemSession(env, IoMemSession.Open(env, "wide")).Dataspace(out int _, out Error _);
            Expect.Error(Error.WrongObject, new SpiSession(env, session).Transfer(registers, 0, 8, 4));
        });
        Assert.AreEqual("", ((TestRegisters)machine.Board.IoMemory).Accesses);
    }

    [TestMethod]
    public void AFailingBusIsANamedError()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        Bus(machine).Fails = true;
        machine.Do("a", env => Expect.Error(Error.DeviceFailed, new SpiSession(env, session).Transfer(dataspace, 0, 100, 4)));
        Bus(machine).Fails = false;
        machine.Do("a", env => Expect.Ok(new SpiSession(env, session).Transfer(dataspace, 0, 100, 4)));
    }

    [TestMethod]
    public void EachDeviceHasItsClockAndLimit()
    {
        Machine machine = Driver(out int session, out int dataspace, out int _);
        machine.Do("a", env =>
        {
            Expect.Ok(new SpiSession(env, session).Info(out int clock, out int longest));
            Assert.AreEqual(26000000, clock);
            Assert.AreEqual(TestSpi.Longest, longest);

            var other = new SpiSession(env, SpiSession.Open(env, "adc"));
            Expect.Ok(other.Info(out clock, out longest));
            Assert.AreEqual(1000000, clock);
            Assert.AreEqual(4, longest);
            Expect.Error(Error.BadArgument, other.Transfer(dataspace, 0, 100, 5));
            Expect.Ok(other.Transfer(dataspace, 0, 100, 4));
        });
        Assert.AreEqual("1/4 ", Bus(machine).Transfers);
    }

    [TestMethod]
    public void ADeviceHasOneClientUntilItsSessionEnds()
    {
        Machine machine = Driver(out int session, out int _, out int _);
        machine.Do("b", env =>
        {
            Assert.AreEqual(0, SpiSession.Open(env, "fpga"));
            Expect.Error(Error.Exists, env.LastError);
            Assert.IsTrue(SpiSession.Open(env, "adc") != 0);
        });
        machine.Do("a", env => Expect.Ok(env.Close(session)));
        machine.Do("b", env => Assert.IsTrue(SpiSession.Open(env, "fpga") != 0));
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, SpiSession.Open(env, "fpga"));
            Expect.Error(Error.Exists, env.LastError);
        });
    }

    [TestMethod]
    public void WithItsClientADevicesSessionEnds()
    {
        Machine machine = Driver(out int _, out int _, out int _);
        machine.Do("init", env => Expect.Ok(machine.Child("a").Destroy(env)));
        machine.Do("b", env => Assert.IsTrue(SpiSession.Open(env, "fpga") != 0));
    }

    [TestMethod]
    public void WhatIsNotWiredIsNoDevice()
    {
        Machine machine = Driver(out int _, out int _, out int _);
        machine.Do("b", env =>
        {
            Assert.AreEqual(0, SpiSession.Open(env, "dac"));
            Expect.Error(Error.NoDevice, env.LastError);
            Assert.AreEqual(0, env.Connect("SPI"));
            Expect.Error(Error.NoDevice, env.LastError);
        });
        machine.Board.Spi = null;
        machine.Do("b", env =>
        {
            Assert.AreEqual(0, SpiSession.Open(env, "adc"));
            Expect.Error(Error.NoDevice, env.LastError);
        });
    }

    private static void Fill(Env env, int at, int length)
    {
        for (int i = 0; i < length; i++)
        {
            env.Memory.WriteByte(at + i, (byte)i);
        }
    }

    private static int Map(Env env)
    {
        int map = new RmSession(env, env.Connect("RM")).Create(3 * Page, out Error error);
        Expect.Ok(error);
        return map;
    }

    private static int Allocate(Env env, int size)
    {
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        Expect.Ok(error);
        return dataspace;
    }

    private static TestSpi Bus(Machine machine) => (TestSpi)machine.Board.Spi!;

    /// <summary>A component with a session of "fpga" and two pages attached.</summary>
    private static Machine Driver(out int session, out int dataspace, out int at)
    {
        var machine = new Machine();
        machine.Board.Spi = new TestSpi();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        int opened = 0;
        int memory = 0;
        int address = 0;
        machine.Do("a", env =>
        {
            opened = SpiSession.Open(env, "fpga");
            Expect.Ok(env.LastError);
            memory = Allocate(env, 2 * Page);
            address = env.Attach(memory);
        });
        session = opened;
        dataspace = memory;
        at = address;
        return machine;
    }
}
