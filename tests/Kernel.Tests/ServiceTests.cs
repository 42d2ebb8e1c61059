// Core's services that move data: modules, lines of the log, reports, storage, checksums.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class ServiceTests
{
    private const int Page = 4096;

    [TestMethod]
    public void AModuleIsReadByTheLastPartOfTheLabel()
    {
        var machine = new Machine();
        machine.Board.WithModule("config", new byte[] { (byte)'h', (byte)'i' });
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env =>
        {
            var rom = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0));
            int caps = machine.Task("a").Capabilities.Count;
            Assert.AreEqual("hi", rom.ReadText(100, out Error error));
            Expect.Ok(error);
            Assert.AreEqual("hi", rom.ReadText(2, out error));
            Expect.Ok(error);
            Assert.AreEqual("", rom.ReadText(1, out error));
            Expect.Error(Error.Full, error);
            new RomSession(env, Selectors.Invalid).ReadText(100, out error);
            Expect.Error(Error.InvalidCapability, error);
            Assert.AreEqual(caps, machine.Task("a").Capabilities.Count);
            Expect.Error(Error.UnknownOpcode, env.Call(rom.Selector, env.Compose(99)));
        });
    }

    [TestMethod]
    public void AModuleTellsItsVersionAndARestoredClientIsToldOfAnotherOne()
    {
        var machine = new Machine();
        machine.Board.WithModule("curve", new byte[] { 1, 2, 3 });
        machine.Add("a").Program.Signalled = (env, label, count) => machine.Note("news" + count);
        machine.Boot();
        int session = 0;
        int crc = 0;
        machine.Do("a", env =>
        {
            session = env.Connect("ROM", "curve", 0, 0, 0);
            Expect.Ok(new RomSession(env, session).Sigh(env.Signal(1)));
            Message version = env.Compose(RomOperation.Version);
            Expect.Ok(env.Call(session, version));
            Assert.AreEqual(3, version.Word(0));
            crc = version.Word(1);
            Assert.AreEqual(machine.Board.Crypto.Crc32(0, new byte[] { 1, 2, 3 }, 0, 3), crc);
            Assert.AreEqual(0, version.Word(2));
        });
        Assert.AreEqual("", machine.Notes);
        Compare(machine, session, 3, crc, 0, 1, Error.None);
        Assert.AreEqual("", machine.Notes, "the same");
        Compare(machine, session, 3, crc + 1, 0, 1, Error.Changed);
        Compare(machine, session, 4, crc, 0, 1, Error.Changed);
        Assert.AreEqual("", machine.Notes, "refused");
        Compare(machine, session, 3, crc + 1, 0, 0, Error.None);
        Assert.AreEqual("news1", machine.Notes, "updated");
        machine.Do("a", env =>
        {
            Message version = env.Compose(RomOperation.Version);
            env.Call(session, version);
            Assert.AreEqual(1, version.Word(2), "not noticed yet");
            Assert.IsTrue(new RomSession(env, session).Update());
            version = env.Compose(RomOperation.Version);
            env.Call(session, version);
            Assert.AreEqual(0, version.Word(2));
        });
    }

    private static void Compare(Machine machine, int session, int length, int crc, int changed, int refuses, Error expected)
        => machine.Do("a", env => Expect.Error(
            expected, env.Call(session, env.Compose(RomOperation.Compare).Add(length).Add(crc).Add(changed).Add(refuses))));

    [TestMethod]
    public void ALineIsHeadedByWhoWritesIt()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env =>
        {
            env.Log("hello");
            env.Log(new string('x', 300));
            env.Log(new string('\u00e4', 100));
            Expect.Error(Error.UnknownOpcode, env.Call(Selectors.Log, env.Compose(99)));
        });
        Assert.IsTrue(machine.Board.Logged("[init -> a] hello"));
        Assert.IsTrue(machine.Board.Logged(new string('x', 128)), "cut to what a message holds");
        Assert.IsFalse(machine.Board.Logged(new string('x', 129)));
        Assert.IsTrue(machine.Board.Logged(new string('\u00e4', 42)), "text that is longer in UTF-8 is cut too");
    }

    [TestMethod]
    public void AReportReachesTheBoardUnderItsLabel()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env =>
        {
            var report = new ReportSession(env, env.Connect("Report", "status", 0, 0, 0));
            Expect.Ok(report.Submit("counted sheep=3"));
            Expect.Error(Error.UnknownOpcode, env.Call(report.Selector, env.Compose(99)));
        });
        Assert.AreEqual("init -> a -> status counted sheep=3", (string)machine.Board.Submitted[0]!);
    }

    [TestMethod]
    public void BlocksGoToTheDeviceAndBack()
    {
        Machine machine = WithDisk(out TestDisk _, out int block);
        machine.Do("a", env =>
        {
            var session = new BlockSession(env, block);
            int dataspace = Allocate(env, 2 * Page);
            int address = env.Attach(dataspace);
            env.Memory.WriteInt32(address + 512, 42);
            Expect.Ok(Transfer(env, block, BlockOperation.Write, 3, 16, 0, dataspace));
            env.Memory.Clear(address, 2 * Page);
            Expect.Ok(Transfer(env, block, BlockOperation.Read, 4, 1, Page, dataspace));
            Assert.AreEqual(42, env.Memory.ReadInt32(address + Page));
            Expect.Ok(env.Call(session.Selector, env.Compose(BlockOperation.Flush)));
            Message message = env.Compose(BlockOperation.Info);
            Expect.Ok(env.Call(block, message));
            Assert.AreEqual(512, message.Word(0));
            Assert.AreEqual(32, message.Word(1));
        });
    }

    [TestMethod]
    [DataRow(-1, 1, 0, 6)]
    [DataRow(0, 0, 0, 6)]
    [DataRow(0, -1, 0, 6)]
    [DataRow(32, 1, 0, 6)]
    [DataRow(31, 2, 0, 6)]
    [DataRow(0, 2147483647, 0, 6)]
    [DataRow(2147483647, 1, 0, 6)]
    [DataRow(0, 1, -512, 6)]
    [DataRow(0, 1, 8192, 6)]
    [DataRow(0, 17, 0, 6)]
    public void ATransferLeavesNeitherDeviceNorDataspace(int first, int count, int offset, int expected)
    {
        Machine machine = WithDisk(out TestDisk _, out int block);
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, 2 * Page);
            Expect.Error((Error)expected, Transfer(env, block, BlockOperation.Read, first, count, offset, dataspace));
            Expect.Error((Error)expected, Transfer(env, block, BlockOperation.Write, first, count, offset, dataspace));
        });
    }

    [TestMethod]
    public void AFailingDeviceIsANamedError()
    {
        Machine machine = WithDisk(out TestDisk disk, out int block);
        disk.Fails = true;
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, Page);
            Expect.Error(Error.DeviceFailed, Transfer(env, block, BlockOperation.Read, 0, 1, 0, dataspace));
            Expect.Error(Error.DeviceFailed, Transfer(env, block, BlockOperation.Write, 0, 1, 0, dataspace));
            Expect.Error(Error.DeviceFailed, env.Call(block, env.Compose(BlockOperation.Flush)));
            Expect.Error(Error.BadArgument, Transfer(env, block, BlockOperation.Read, 0, 1, 0, Selectors.Log));
            Expect.Error(Error.UnknownOpcode, env.Call(block, env.Compose(99)));
        });
    }

    [TestMethod]
    public void AHoleInAManagedDataspaceEndsATransfer()
    {
        Machine machine = WithDisk(out TestDisk _, out int block);
        machine.Do("a", env =>
        {
            int map = new RmSession(env, env.Connect("RM")).Create(2 * Page, out Error _);
            env.AttachAt(map, Allocate(env, Page), 0, 0, 0, Rights.Read);
            Expect.Ok(Transfer(env, block, BlockOperation.Write, 0, 8, 0, map));
            Expect.Error(Error.BadRegion, Transfer(env, block, BlockOperation.Write, 0, 9, 0, map));
            Expect.Error(Error.NotPermitted, Transfer(env, block, BlockOperation.Read, 0, 1, 0, map));
        });
    }

    [TestMethod]
    public void ChecksumsAndCodesAreThoseOfTheBoard()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot();
        machine.Do("a", env =>
        {
            var crypto = new CryptoSession(env, env.Connect("Crypto"));
            int dataspace = Allocate(env, Page);
            int address = env.Attach(dataspace);
            env.Memory.Write(address + 100, new byte[] { 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39 }, 0, 9);
            Assert.AreEqual(unchecked((int)0xcbf43926), crypto.Crc32(dataspace, 100, 9, out Error error));
            Expect.Ok(error);
            var first = new byte[CryptoSession.MacSize];
            var second = new byte[CryptoSession.MacSize];
            Expect.Ok(crypto.Mac(dataspace, 100, 9, 1, first));
            Expect.Ok(crypto.Mac(dataspace, 100, 8, 1, second));
            Assert.AreNotEqual(first[0] | (first[1] << 8) | (first[2] << 16), second[0] | (second[1] << 8) | (second[2] << 16));
            Expect.Error(Error.NotFound, crypto.Mac(dataspace, 0, 1, 77, first));
            crypto.Crc32(dataspace, 0, Page + 1, out error);
            Expect.Error(Error.BadArgument, error);
            crypto.Crc32(dataspace, -1, 1, out error);
            Expect.Error(Error.BadArgument, error);
            crypto.Crc32(Selectors.Log, 0, 1, out error);
            Expect.Error(Error.BadArgument, error);
            Assert.AreNotEqual(crypto.Random(), crypto.Random());
            int map = new RmSession(env, env.Connect("RM")).Create(2 * Page, out Error _);
            env.AttachAt(map, dataspace, 0, 0, 0, Rights.ReadWrite);
            Assert.AreEqual(unchecked((int)0xcbf43926), crypto.Crc32(map, 100, 9, out error));
            crypto.Crc32(map, Page - 1, 2, out error);
            Expect.Error(Error.BadRegion, error);
            Expect.Error(Error.BadRegion, crypto.Mac(map, Page - 1, 2, 1, first));
            Expect.Error(Error.UnknownOpcode, env.Call(crypto.Selector, env.Compose(99)));
        });
    }

    private static Machine WithDisk(out TestDisk disk, out int block)
    {
        var machine = new Machine();
        disk = new TestDisk(32);
        machine.Board.Storage = disk;
        machine.Add("a");
        machine.Boot();
        int session = 0;
        machine.Do("a", env => session = env.Connect("Block"));
        block = session;
        return machine;
    }

    private static int Allocate(Env env, int size)
    {
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        Expect.Ok(error);
        return dataspace;
    }

    private static Error Transfer(Env env, int session, int opcode, int first, int count, int offset, int dataspace)
        => env.Call(session, env.Compose(opcode).Add(first).Add(count).Add(offset).AddCapability(dataspace));
}
