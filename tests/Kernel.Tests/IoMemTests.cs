// Register windows: what reaches the device, how wide, and who gets which range.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class IoMemTests
{
    private const int Page = 4096;

    [TestMethod]
    public void EachTypedAccessReachesTheDeviceOnceAndWhole()
    {
        Machine machine = Driver("uart", out int at, out int size);
        Assert.AreEqual(20, size);
        TestRegisters device = Device(machine);
        machine.Do("a", env =>
        {
            device.Value = unchecked((int)0x87654321);
            Assert.AreEqual(unchecked((int)0x87654321), env.Memory.ReadInt32(at));
            Assert.AreEqual(0x4321, env.Memory.ReadUInt16(at + 2) & 0xffff);
            Assert.AreEqual(0x21, (int)env.Memory.ReadByte(at + 3));
            env.Memory.WriteInt32(at + 4, 77);
            Assert.AreEqual(77, device.Value);
            env.Memory.WriteUInt16(at + 6, 78);
            env.Memory.WriteByte(at + 19, 79);
            env.Memory.ReadInt32(at);
            env.Memory.ReadInt32(at);
        });
        Assert.AreEqual("0r0/4 0r2/2 0r3/1 0w4/4 0w6/2 0w19/1 0r0/4 0r0/4 ", device.Accesses, "nothing is cached, nothing is read ahead");
    }

    [TestMethod]
    public void A64BitAccessIsTwoOf32Bits()
    {
        Machine machine = Driver("uart", out int at, out int _);
        machine.Do("a", env =>
        {
            env.Memory.WriteInt64(at + 8, 5);
            env.Memory.ReadInt64(at + 8);
        });
        Assert.AreEqual("0w8/4 0w12/4 0r8/4 0r12/4 ", Device(machine).Accesses);
    }

    [TestMethod]
    [DataRow(0, 20, 1)]
    [DataRow(1, 18, 4)]
    [DataRow(2, 2, 4)]
    [DataRow(3, 1, 2)]
    [DataRow(4, 4095, 1)]
    [DataRow(5, 0, 16)]
    [DataRow(6, 0, 16)]
    [DataRow(7, 0, 16)]
    public void WhatNoDeviceCanDoIsAFaultThatNamesTheAddress(int what, int offset, int width)
    {
        Machine machine = Driver("uart", out int at, out int _);
        machine.Post("a", env =>
        {
            if (what == 5)
            {
                env.Memory.Read(at, new byte[width], 0, width);
            }
            else if (what == 6)
            {
                env.Memory.Clear(at, width);
            }
            else if (what == 7)
            {
                env.Memory.Copy(at, env.Root, width);
            }
            else if (width == 1)
            {
                env.Memory.WriteByte(at + offset, 1);
            }
            else if (width == 2)
            {
                env.Memory.ReadUInt16(at + offset);
            }
            else
            {
                env.Memory.WriteInt32(at + offset, 1);
            }
        });
        machine.Settle();
        Assert.AreEqual("", Device(machine).Accesses);
        Assert.IsTrue(machine.Board.Logged("fault:") && machine.Board.Logged("0x" + Hex.Format(at + offset, 1)), "the address is told");
    }

    [TestMethod]
    public void RegistersAreNeitherCopiedNorTracedInto()
    {
        Machine machine = Driver("uart", out int _, out int _);
        machine.Do("a", env =>
        {
            int session = IoMemSession.Open(env, "wide");
            int registers = new IoMemSession(env, session).Dataspace(out int _, out Error _);
            int ram = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            Expect.Error(Error.WrongObject, env.CopyDataspace(registers, 0, ram, 0, 16));
            Expect.Error(Error.WrongObject, env.CopyDataspace(ram, 0, registers, 0, 16));
            Expect.Error(Error.NotPermitted, new TraceSession(env, env.Connect("TRACE")).Attach(0, registers));
            Expect.Error(Error.NotPermitted, new PdSession(env, Selectors.Pd).FreeDataspace(registers));
        });
        Assert.AreEqual("", Device(machine).Accesses);
    }

    [TestMethod]
    public void RegionsGiveRightsAndParts()
    {
        Machine machine = Driver("uart", out int _, out int _);
        machine.Do("a", env =>
        {
            int registers = new IoMemSession(env, IoMemSession.Open(env, "wide")).Dataspace(out int size, out Error _);
            Assert.AreEqual(2 * Page, size);
            int at = env.AttachAt(Selectors.AddressSpace, registers, Page, 0, -1, Rights.Read);
            Expect.Ok(env.LastError);
            env.Memory.ReadInt32(at + 12);
            env.Root = at;
        });
        Assert.AreEqual("1r" + (Page + 12) + "/4 ", Device(machine).Accesses);
        machine.Post("a", env => env.Memory.WriteInt32(env.Root, 1));
        machine.Settle();
        Assert.AreEqual("1r" + (Page + 12) + "/4 ", Device(machine).Accesses, "read-only");
        Assert.IsTrue(machine.Board.Logged("fault:"));
    }

    [TestMethod]
    public void NoRegisterBelongsToTwoSessions()
    {
        Machine machine = Driver("uart", out int _, out int _);
        machine.Do("b", env =>
        {
            Assert.AreEqual(0, IoMemSession.Open(env, "uart"));
            Expect.Error(Error.Exists, env.LastError);
            Assert.AreEqual(0, IoMemSession.Open(env, "lcd"));
            Expect.Error(Error.NoDevice, env.LastError);
            int low = OpenRange(env, 0, Page, Error.None);
            OpenRange(env, 0, 0, Error.Exists);
            OpenRange(env, Page, 4, Error.None);
            OpenRange(env, Page, Page, Error.Exists);
            OpenRange(env, 100, 4, Error.BadArgument);
            OpenRange(env, -Page, 4, Error.BadArgument);
            OpenRange(env, Page, Page + 1, Error.BadArgument);
            OpenRange(env, 2 * Page, 0, Error.BadArgument);
            OpenRange(env, 0, -1, Error.BadArgument);
            Expect.Ok(env.Close(low));
            OpenRange(env, 0, 4, Error.None);
        });
    }

    [TestMethod]
    public void AClosedWindowIsGoneFromTheAddressSpace()
    {
        Machine machine = Driver("uart", out int at, out int _);
        machine.Do("a", env => Expect.Ok(env.Close(env.Root)));
        machine.Post("a", env => env.Memory.ReadInt32(at));
        machine.Settle();
        Assert.AreEqual("", Device(machine).Accesses);
        Assert.IsTrue(machine.Board.Logged("fault:"));
    }

    [TestMethod]
    public void ABoardWithoutWindowsHasNone()
    {
        var machine = new Machine();
        machine.Add("a");
        machine.Boot().Do("a", env =>
        {
            Assert.AreEqual(0, IoMemSession.Open(env, "uart"));
            Expect.Error(Error.NoDevice, env.LastError);
        });
    }

    private static int OpenRange(Env env, int offset, int size, Error expected)
    {
        Message message = env.Compose(ParentOperation.Session).Add(6).Add(0).Add(0).Add(offset).Add(size)
            .AddText("IO_MEMwide").AddCapability(Selectors.Pd);
        Expect.Error(expected, env.Call(Selectors.Parent, message));
        return message.Capability(0);
    }

    private static TestRegisters Device(Machine machine) => (TestRegisters)machine.Board.IoMemory!;

    private static Machine Driver(string window, out int at, out int size)
    {
        var machine = new Machine();
        machine.Board.IoMemory = new TestRegisters();
        machine.Add("a");
        machine.Add("b");
        machine.Boot();
        int address = 0;
        int bytes = 0;
        machine.Do("a", env =>
        {
            int session = IoMemSession.Open(env, window);
            int dataspace = new IoMemSession(env, session).Dataspace(out bytes, out Error error);
            Expect.Ok(error);
            address = env.Attach(dataspace);
            env.Root = session;
        });
        at = address;
        size = bytes;
        return machine;
    }
}
