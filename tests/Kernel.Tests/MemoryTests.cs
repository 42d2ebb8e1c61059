// Dataspaces, region maps and the soft MMU: what an address means, and who is asked when it means nothing yet.
using System;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class MemoryTests
{
    private const int Page = 4096;

    [TestMethod]
    public void FreshMemoryIsZeroEvenWhereSomebodyWroteBefore()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int first = Allocate(env, Page);
            int address = env.Attach(first);
            env.Memory.WriteInt32(address, 0x12345678);
            env.Memory.WriteByte(address + Page - 1, 9);
            new PdSession(env, Selectors.Pd).FreeDataspace(first);

            address = env.Attach(Allocate(env, Page));
            for (int i = 0; i < Page; i += 4)
            {
                Assert.AreEqual(0, env.Memory.ReadInt32(address + i));
            }
        });
    }

    [TestMethod]
    public void ABankIsFilledFromTheFirstPlaceThatFits()
    {
        var physical = new PhysicalMemory(new int[] { 8 * Page, 4 * Page }, 20);
        Assert.AreEqual(0, physical.Allocate(3 * Page, out int a));
        Assert.AreEqual(0, physical.Allocate(2 * Page, out int b));
        Assert.AreEqual(0, physical.Allocate(Page, out int c));
        Assert.AreEqual(0, a);
        Assert.AreEqual(3 * Page, b);
        Assert.AreEqual(5 * Page, c);
        Assert.AreEqual(1, physical.Allocate(4 * Page, out int d), "the next bank");
        Assert.AreEqual(0, d);
        Assert.AreEqual(-1, physical.Allocate(3 * Page, out int _), "2 pages are left here and none there");

        physical.Free(0, b, 2 * Page);
        Assert.AreEqual(0, physical.Allocate(Page, out int e));
        Assert.AreEqual(b, e, "the hole is used first");
        physical.Free(0, a, 3 * Page);
        physical.Free(0, e, Page);
        physical.Free(0, c, Page);
        Assert.AreEqual(1, physical.Pieces(0), "neighbours are joined");
        Assert.AreEqual(8 * Page, physical.PieceSize(0, 0));
    }

    [TestMethod]
    public void RamIsChargedInWholePagesAndReturned()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            var pd = new PdSession(env, Selectors.Pd);
            var before = default(Quota);
            var after = default(Quota);
            pd.ReadQuota(ref before);
            int dataspace = pd.AllocateDataspace(Page + 1, out Error error);
            Expect.Ok(error);
            Assert.AreEqual(2 * Page, env.SizeOf(dataspace));
            pd.ReadQuota(ref after);
            Assert.AreEqual(before.RamUsed + (2 * Page), after.RamUsed);
            Expect.Ok(pd.FreeDataspace(dataspace));
            pd.ReadQuota(ref after);
            Assert.AreEqual(before.RamUsed, after.RamUsed);
            Assert.AreEqual(before.CapUsed, after.CapUsed);
        });
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(-2147483648)]
    [DataRow(2147483647)]
    public void ASizeIsASize(int size)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error));
            Expect.Error(Error.BadArgument, error);
        });
    }

    [TestMethod]
    public void OutOfQuotaAndOutOfBanksAreNamedErrors()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            new PdSession(env, Selectors.Pd).AllocateDataspace(1024 * 1024, out Error error);
            Expect.Error(Error.OutOfRam, error);
        });
        machine.Do("init", env =>
        {
            long used = machine.Task("init").RamUsed;
            new PdSession(env, Selectors.Pd).AllocateDataspace(600 * 1024, out Error error);
            Expect.Error(Error.OutOfRam, error);
            Assert.AreEqual(used, machine.Task("init").RamUsed);
        });
    }

    [TestMethod]
    public void AnObjectMayBeAttachedWholeInPartAtAnOffsetAndAtAPlace()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, 4 * Page);
            int whole = env.Attach(dataspace);
            int second = env.AttachAt(Selectors.AddressSpace, dataspace, Page, Page, 0x200000, Rights.ReadWrite);
            Assert.AreEqual(0x200000, second);
            int rest = env.AttachAt(Selectors.AddressSpace, dataspace, 2 * Page, 0, -1, Rights.ReadWrite);
            env.Memory.WriteInt32(whole + Page + 8, 77);
            Assert.AreEqual(77, env.Memory.ReadInt32(second + 8));
            env.Memory.WriteInt32(rest + 4, 88);
            Assert.AreEqual(88, env.Memory.ReadInt32(whole + (2 * Page) + 4));
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(second + Page)), "the part ends with its size");
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(second - 1)));

            Assert.AreEqual(4, env.RegionCount(Selectors.AddressSpace));
            var region = default(Region);
            Assert.IsTrue(env.ReadRegion(Selectors.AddressSpace, 3, ref region));
            Assert.AreEqual(0x200000, region.Start);
            Assert.AreEqual(Page, region.Size);
            Assert.AreEqual(Page, region.Offset);
            Assert.AreEqual((int)Rights.ReadWrite, (int)region.Rights);
            Assert.AreEqual(env.Badge(dataspace), region.Badge);
            Assert.IsFalse(env.ReadRegion(Selectors.AddressSpace, 4, ref region));
            Assert.IsFalse(env.ReadRegion(Selectors.AddressSpace, -1, ref region));
            Assert.IsFalse(env.ReadRegion(Selectors.Log, 0, ref region));
        });
    }

    [TestMethod]
    [DataRow(1, 4096, 0x200000)]
    [DataRow(-4096, 4096, 0x200000)]
    [DataRow(0, 20480, 0x200000)]
    [DataRow(16384, 0, 0x200000)]
    [DataRow(4096, -1, 0x200000)]
    [DataRow(0, 2147483647, 0x200000)]
    public void APartLiesWithinItsObject(int offset, int size, int at)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, 4 * Page);
            Assert.AreEqual(0, env.AttachAt(Selectors.AddressSpace, dataspace, offset, size, at, Rights.ReadWrite));
            Expect.Error(Error.BadArgument, env.LastError);
        });
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4096)]
    [DataRow(0x10000)]
    [DataRow(0x200004)]
    [DataRow(0x7ffff000)]
    [DataRow(0x7ffef000)]
    public void APlaceIsFreeAlignedAndWithinTheAddressSpace(int at)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, 4 * Page);
            Assert.AreEqual(0, env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, at, Rights.ReadWrite));
            Expect.Error(Error.BadRegion, env.LastError);
        });
    }

    [TestMethod]
    public void TheAddressSpaceEndsWhereItsBoardSays()
    {
        Machine machine = One();
        int end = MemoryLayout.InitialMemory + machine.Profile.AddressSpaceSize;
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, Page);
            Assert.AreEqual(end - Page, env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, end - Page, Rights.ReadWrite));
            env.Memory.WriteInt32(end - 4, 5);
            Assert.AreEqual(5, env.Memory.ReadInt32(end - 4));
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(end)));
            Assert.AreEqual(0, env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, end, Rights.ReadWrite));
            Expect.Error(Error.BadRegion, env.LastError);
        });
    }

    [TestMethod]
    public void TheSameDataspaceAttachedTwiceIsTheSameMemory()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, Page);
            int first = env.Attach(dataspace);
            int second = env.Attach(dataspace);
            Assert.AreNotEqual(first, second);
            env.Memory.WriteInt64(first + 16, 0x1122334455667788);
            Assert.AreEqual(0x1122334455667788, env.Memory.ReadInt64(second + 16));
            Expect.Ok(env.Detach(first));
            Assert.AreEqual(0x1122334455667788, env.Memory.ReadInt64(second + 16));
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(first + 16)));
        });
    }

    [TestMethod]
    public void ADelegatedDataspaceIsSharedMemory()
    {
        Machine machine = Two();
        int own = 0;
        int there = 0;
        machine.Do("a", env =>
        {
            own = Allocate(env, Page);
            there = env.Attach(own);
            env.Memory.WriteInt32(there, 41);
        });
        int shared = machine.Grant("a", own, "b");
        machine.Do("b", env =>
        {
            int address = env.Attach(shared);
            Assert.AreEqual(41, env.Memory.ReadInt32(address));
            env.Memory.WriteInt32(address, 42);
        });
        machine.Do("a", env => Assert.AreEqual(42, env.Memory.ReadInt32(there)));
    }

    [TestMethod]
    public void FreedMemoryDisappearsFromEveryAddressSpace()
    {
        Machine machine = Two();
        int own = 0;
        machine.Do("a", env =>
        {
            own = Allocate(env, Page);
            env.Attach(own);
        });
        int shared = machine.Grant("a", own, "b");
        int address = 0;
        machine.Do("b", env =>
        {
            address = env.Attach(shared);
            env.Memory.WriteInt32(address, 1);
        });

        machine.Do("a", env => Expect.Ok(new PdSession(env, Selectors.Pd).FreeDataspace(own)));

        machine.Do("b", env =>
        {
            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(address)));
            Assert.AreEqual(1, env.RegionCount(Selectors.AddressSpace));
        });
    }

    [TestMethod]
    public void OnlyItsOwnerFreesADataspace()
    {
        Machine machine = Two();
        int own = 0;
        machine.Do("a", env => own = Allocate(env, Page));
        int shared = machine.Grant("a", own, "b");
        machine.Do("b", env => Expect.Error(Error.NotPermitted, new PdSession(env, Selectors.Pd).FreeDataspace(shared)));
        machine.Do("a", env => Assert.AreEqual(Page, env.SizeOf(own)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ARegionPermitsWhatItSays(int rights)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int address = env.AttachAt(Selectors.AddressSpace, Allocate(env, Page), 0, 0, -1, (Rights)rights);
            Assert.AreEqual((rights & 1) == 0, Faults(() => env.Memory.ReadByte(address)), "read");
            Assert.AreEqual((rights & 2) == 0, Faults(() => env.Memory.WriteByte(address, 1)), "write");
            Assert.AreEqual((rights & 1) == 0, Faults(() => env.Memory.ReadInt32(address + 5)), "read again");
            Assert.AreEqual((rights & 2) == 0, Faults(() => env.Memory.WriteInt64(address + 9, 1)), "write again");
        });
    }

    [TestMethod]
    public void AModuleOfTheBootImageIsReadOnlyAndCostsNothing()
    {
        var machine = new Machine();
        machine.Board.WithModule("text", new byte[] { 1, 2, 3 });
        machine.Add("a");
        machine.Boot();
        machine.Do("init", env =>
        {
            long used = machine.Task("init").RamUsed;
            var rom = new RomSession(env, env.Connect("ROM", "text", 0, 0, 0));
            int dataspace = rom.Dataspace(out int length, out Error error);
            Expect.Ok(error);
            Assert.AreEqual(3, length);
            int address = env.Attach(dataspace);
            Assert.AreEqual(3, (int)env.Memory.ReadByte(address + 2));
            Assert.AreEqual(0, (int)env.Memory.ReadByte(address + 3), "filled up to the page");
            Assert.IsTrue(Faults(() => env.Memory.WriteByte(address, 1)));
            Expect.Error(Error.NotPermitted, env.CopyDataspace(Allocate(env, Page), 0, dataspace, 0, 1));
            Expect.Error(Error.NotPermitted, new PdSession(env, Selectors.Pd).FreeDataspace(dataspace));
            Assert.AreEqual(used + Page, machine.Task("init").RamUsed);
        });
    }

    [TestMethod]
    public void ManagedDataspacesMayBeNested()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int inner = Map(env, 4 * Page);
            int outer = Map(env, 8 * Page);
            int dataspace = Allocate(env, 2 * Page);
            Assert.AreEqual(Page, env.AttachAt(inner, dataspace, 0, 0, Page, Rights.ReadWrite));
            Assert.AreEqual(4 * Page, env.AttachAt(outer, inner, 0, 0, 4 * Page, Rights.ReadWrite));
            int address = env.Attach(outer);
            int direct = env.Attach(dataspace);

            env.Memory.WriteInt32(address + (5 * Page) + 12, 1234);
            Assert.AreEqual(1234, env.Memory.ReadInt32(direct + 12));
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(address + (4 * Page))), "a hole before");
            Assert.IsTrue(Faults(() => env.Memory.ReadByte(address + (7 * Page))), "a hole behind");
        });
    }

    [TestMethod]
    public void RightsNarrowOnTheWayDown()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int inner = Map(env, Page);
            env.AttachAt(inner, Allocate(env, Page), 0, 0, 0, Rights.Read);
            int address = env.Attach(inner);
            Assert.AreEqual(0, env.Memory.ReadInt32(address));
            Assert.IsTrue(Faults(() => env.Memory.WriteInt32(address, 1)));
        });
    }

    [TestMethod]
    public void ADetachIsSeenThroughTwoLevels()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int inner = Map(env, 2 * Page);
            int outer = Map(env, 2 * Page);
            int dataspace = Allocate(env, 2 * Page);
            env.AttachAt(inner, dataspace, 0, 0, 0, Rights.ReadWrite);
            env.AttachAt(outer, inner, 0, 0, 0, Rights.ReadWrite);
            int first = env.Attach(outer);
            int second = env.AttachAt(Selectors.AddressSpace, outer, Page, Page, 0x300000, Rights.ReadWrite);
            env.Memory.WriteInt32(first, 1);
            env.Memory.WriteInt32(first + Page, 2);
            Assert.AreEqual(2, env.Memory.ReadInt32(second));

            Expect.Ok(env.DetachFrom(inner, 0));

            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(first)));
            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(first + Page)));
            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(second)));
            env.AttachAt(inner, dataspace, Page, Page, 0, Rights.ReadWrite);
            Assert.AreEqual(2, env.Memory.ReadInt32(first), "and what comes in its place too");
        });
    }

    [TestMethod]
    public void AnEndedManagedDataspaceDisappearsWithAllItShowed()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            var rm = new RmSession(env, env.Connect("RM"));
            int map = rm.Create(2 * Page, out Error _);
            int dataspace = Allocate(env, Page);
            env.AttachAt(map, dataspace, 0, 0, 0, Rights.ReadWrite);
            int address = env.Attach(map);
            env.Memory.WriteInt32(address, 3);

            Expect.Ok(rm.Destroy(map));

            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(address)));
            Assert.AreEqual(3, env.Memory.ReadInt32(env.Attach(dataspace)));
        });
    }

    [TestMethod]
    public void ARegionMapCannotContainItself()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int a = Map(env, 4 * Page);
            int b = Map(env, 4 * Page);
            int c = Map(env, 4 * Page);
            Assert.AreEqual(-1, Attach(env, a, a));
            Assert.AreEqual(0, Attach(env, a, b));
            Assert.AreEqual(0, Attach(env, b, c));
            Assert.AreEqual(-1, Attach(env, c, a));
            Expect.Error(Error.BadRegion, env.LastError);
            Assert.AreEqual(-1, Attach(env, b, a));
        });
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void MapsAreNestedNoDeeperThanTheLimitWhicheverEndGrows(int downwards)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            var maps = new int[VirtualMemory.MaxDepth + 1];
            for (int i = 0; i < maps.Length; i++)
            {
                maps[i] = Map(env, Page);
            }

            for (int i = 0; i + 1 < maps.Length; i++)
            {
                int outer = downwards != 0 ? i : maps.Length - 2 - i;
                bool fits = i + 2 <= VirtualMemory.MaxDepth;
                Assert.AreEqual(fits ? 0 : -1, Attach(env, maps[outer], maps[outer + 1]), "step " + i);
            }
        });
    }

    [TestMethod]
    public void ManyWaysDownAreNoTrapForTheKernel()
    {
        // Each map shows the next one many times: the ways multiply, the work must not.
        Machine machine = One();
        machine.Do("a", env =>
        {
            int a = Map(env, 32 * Page);
            int b = Map(env, 32 * Page);
            int c = Map(env, 32 * Page);
            for (int i = 0; i < 32; i++)
            {
                env.AttachAt(b, c, 0, Page, i * Page, Rights.ReadWrite);
                Expect.Ok(env.LastError);
                env.AttachAt(a, b, 0, Page, i * Page, Rights.ReadWrite);
                Expect.Ok(env.LastError);
            }
        });
    }

    [TestMethod]
    public void AFaultHandlerResolvesWhatIsMissing()
    {
        Machine machine = Two();
        int map = 0;
        int mapAtB = 0;
        machine.Do("b", env => mapAtB = Map(env, 4 * Page));
        map = machine.Grant("b", mapAtB, "a");
        machine["b"].Requested = (env, label, request) =>
        {
            Assert.AreEqual(FaultOperation.Resolve, request.Opcode);
            machine.Note("fault " + Hex.Format(request.Word(0), 4) + " " + request.Word(1));
            env.AttachAt(mapAtB, Allocate(env, Page), 0, 0, request.Word(0) & ~(Page - 1), Rights.ReadWrite);
            return env.LastError;
        };
        machine.Do("b", env => Expect.Ok(env.SetFaultHandler(mapAtB, env.Gate(1))));

        machine.Do("a", env =>
        {
            int address = env.Attach(map);
            env.Memory.WriteInt32(address + Page + 16, 7);
            Assert.AreEqual(7, env.Memory.ReadInt32(address + Page + 16));
            Assert.AreEqual(0, env.Memory.ReadInt32(address));
            env.Memory.WriteInt32(address + (2 * Page) - 2, 0x01020304);
            Assert.AreEqual(0x01020304, env.Memory.ReadInt32(address + (2 * Page) - 2));
        });

        Assert.AreEqual("fault 1010 2 fault 0000 1 fault 2001 2", machine.Notes);
    }

    [TestMethod]
    public void AHandlerLearnsOfForbiddenAccessesToo()
    {
        // This is how a page is copied on write.
        Machine machine = Two();
        int map = 0;
        int source = 0;
        machine.Do("b", env =>
        {
            map = Map(env, Page);
            source = Allocate(env, Page);
            env.Memory.WriteInt32(env.Attach(source), 99);
            env.AttachAt(map, source, 0, 0, 0, Rights.Read);
            env.SetFaultHandler(map, env.Gate(1));
        });
        machine["b"].Requested = (env, label, request) =>
        {
            machine.Note("copy");
            int copy = Allocate(env, Page);
            Expect.Ok(env.CopyDataspace(source, 0, copy, 0, Page));
            Expect.Ok(env.DetachFrom(map, 0));
            env.AttachAt(map, copy, 0, 0, 0, Rights.ReadWrite);
            return env.LastError;
        };
        int shared = machine.Grant("b", map, "a");

        machine.Do("a", env =>
        {
            int address = env.Attach(shared);
            Assert.AreEqual(99, env.Memory.ReadInt32(address));
            env.Memory.WriteInt32(address + 4, 5);
            Assert.AreEqual(99, env.Memory.ReadInt32(address));
            Assert.AreEqual(5, env.Memory.ReadInt32(address + 4));
        });

        Assert.AreEqual("copy", machine.Notes);
    }

    [TestMethod]
    public void AHandlerThatChangesNothingIsNotAskedForever()
    {
        Machine machine = Two();
        int asked = 0;
        int map = 0;
        machine["b"].Requested = (env, label, request) =>
        {
            asked++;
            return Error.None;
        };
        machine.Do("b", env =>
        {
            map = Map(env, Page);
            env.SetFaultHandler(map, env.Gate(1));
        });
        int shared = machine.Grant("b", map, "a");
        machine.Do("a", env => env.Memory.ReadInt32(env.Attach(shared)));
        Assert.IsTrue(asked > 0 && asked < 10);
        Expect.Error(Error.Faulted, machine.Task("a").Fault);
    }

    [TestMethod]
    public void AFaultOnAMapWhoseHandlerIsOnTheCallChainIsAnError()
    {
        Machine machine = One();
        machine["a"].Requested = (env, label, request) => Error.None;
        machine.Do("a", env =>
        {
            int map = Map(env, Page);
            env.SetFaultHandler(map, env.Gate(1));
            Assert.IsTrue(Faults(() => env.Memory.ReadInt32(env.Attach(map))));
        });
    }

    [TestMethod]
    public void AnEndedFaultHandlerIsNone()
    {
        Machine machine = Two();
        int map = 0;
        int gate = 0;
        machine.Do("b", env =>
        {
            map = Map(env, Page);
            gate = env.Gate(1);
            env.SetFaultHandler(map, gate);
            new PdSession(env, Selectors.Pd).FreeGate(gate);
        });
        int shared = machine.Grant("b", map, "a");
        machine.Do("a", env => Assert.IsTrue(Faults(() => env.Memory.ReadInt32(env.Attach(shared)))));
        machine.Do("b", env =>
        {
            Expect.Error(Error.WrongObject, env.SetFaultHandler(map, Selectors.Task));
            Expect.Error(Error.WrongObject, env.SetFaultHandler(Selectors.Log, Selectors.Invalid));
            Expect.Ok(env.SetFaultHandler(map, Selectors.Invalid));
        });
    }

    [TestMethod]
    public void AFaultNobodyResolvesStopsOnlyItsComponentAndSignalsItsParent()
    {
        Machine machine = Two();
        machine.Init.Signalled = (env, label, count) => machine.Note("fault of " + label);
        machine.Do("init", env => new NativePd(env, machine.Child("a").Native).SetFaultSignal(env.Signal(5)));

        machine.Do("a", env => env.Memory.ReadInt32(0x123450));

        Assert.AreEqual("fault of 5", machine.Notes);
        Assert.IsTrue(machine.Board.Logged("[init -> a] fault: no access to address 0x123450; component stopped"));
        machine.Do("b", env => env.Memory.ReadInt32(MemoryLayout.InitialMemory));
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(8)]
    [DataRow(2)]
    public void ANumberIsWrittenWholeOrNotAtAll(int size)
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int address = env.AttachAt(Selectors.AddressSpace, Allocate(env, Page), 0, 0, 0x200000, Rights.ReadWrite);
            for (int at = address + Page - size + 1; at < address + Page; at++)
            {
                int last = at;
                Assert.IsTrue(Faults(() => Write(env, size, last)));
                for (int i = address + Page - size; i < address + Page; i++)
                {
                    Assert.AreEqual(0, (int)env.Memory.ReadByte(i));
                }
            }
        });
    }

    [TestMethod]
    public void NumbersAreLittleEndian()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int at = env.Attach(Allocate(env, Page)) + 3;
            env.Memory.WriteInt64(at, 0x0807060504030201);
            for (int i = 0; i < 8; i++)
            {
                Assert.AreEqual(i + 1, (int)env.Memory.ReadByte(at + i));
            }

            Assert.AreEqual(0x04030201, env.Memory.ReadInt32(at));
            Assert.AreEqual(0x0605, env.Memory.ReadUInt16(at + 4));
            env.Memory.WriteUInt16(at, 0xabcdef);
            Assert.AreEqual(0xcdef, env.Memory.ReadUInt16(at));
            env.Memory.WriteInt32(at, -2);
            Assert.AreEqual(-2, env.Memory.ReadInt32(at));
        });
    }

    [TestMethod]
    public void AHandlerThatTakesTheFirstPageAwayDoesNotMisleadACopy()
    {
        // One frame for a managed dataspace of two pages: showing one page hides the other.
        Machine machine = Two();
        int map = 0;
        int frame = 0;
        machine.Do("b", env =>
        {
            map = Map(env, 2 * Page);
            frame = Allocate(env, Page);
            env.SetFaultHandler(map, env.Gate(1));
        });
        machine["b"].Requested = (env, label, request) =>
        {
            int page = request.Word(0) & ~(Page - 1);
            env.DetachFrom(map, Page - page);
            env.AttachAt(map, frame, 0, 0, page, Rights.ReadWrite);
            machine.Note("" + page);
            return env.LastError;
        };
        int shared = machine.Grant("b", map, "a");

        machine.Do("a", env =>
        {
            int address = env.Attach(shared);
            env.Memory.Clear(address, 2 * Page);
            env.Memory.Write(address + Page - 2, new byte[] { 1, 2, 3, 4 }, 0, 4);
            Assert.AreEqual(4, (int)env.Memory.ReadByte(address + Page + 1));
            var read = new byte[4];
            env.Memory.Read(address + Page - 2, read, 0, 4);
            Assert.AreEqual(1, (int)read[0]);
            Assert.AreEqual(4, (int)read[3]);
            Assert.IsTrue(Faults(() => env.Memory.Copy(address, address + Page, 8)), "there is no frame for both at once");
        });
    }

    [TestMethod]
    public void CopiesBetweenDataspacesNameTheirErrors()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            int from = Allocate(env, 2 * Page);
            int to = Allocate(env, Page);
            int holed = Map(env, 2 * Page);
            env.AttachAt(holed, to, 0, 0, Page, Rights.ReadWrite);
            Expect.Ok(env.CopyDataspace(from, Page, to, 0, Page));
            Expect.Ok(env.CopyDataspace(from, 0, to, 0, 0));
            Expect.Error(Error.BadArgument, env.CopyDataspace(from, 0, to, 0, Page + 1));
            Expect.Error(Error.BadArgument, env.CopyDataspace(from, -1, to, 0, 1));
            Expect.Error(Error.BadArgument, env.CopyDataspace(from, 0, to, 0, -1));
            Expect.Error(Error.BadArgument, env.CopyDataspace(from, 2147483647, to, 0, 2));
            Expect.Error(Error.BadRegion, env.CopyDataspace(from, 0, holed, 0, 4));
            Expect.Error(Error.BadRegion, env.CopyDataspace(holed, Page - 1, from, 0, 4));
            Expect.Error(Error.InvalidCapability, env.CopyDataspace(3000, 0, to, 0, 1));
            Expect.Error(Error.WrongObject, env.CopyDataspace(from, 0, Selectors.Log, 0, 1));
        });
    }

    [TestMethod]
    public void AFullTableOfRegionsIsANamedErrorAndOthersKeepTheirs()
    {
        Machine machine = Two();
        machine.Do("a", env =>
        {
            int dataspace = Allocate(env, Page);
            int count = 0;
            while (env.Attach(dataspace) != 0)
            {
                count++;
            }

            Expect.Error(Error.TableFull, env.LastError);
            Assert.IsTrue(count > 50);
        });
        machine.Do("b", env => env.Memory.WriteInt32(MemoryLayout.InitialMemory + 60, 1));
    }

    [TestMethod]
    public void AnAddressSpaceIsNotEndedAsAManagedDataspace()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            var rm = new RmSession(env, env.Connect("RM"));
            Expect.Error(Error.NotPermitted, env.Call(rm.Selector, env.Compose(RmOperation.Destroy).AddCapability(Selectors.AddressSpace)));
            Expect.Error(Error.WrongObject, env.Call(rm.Selector, env.Compose(RmOperation.Destroy).AddCapability(Selectors.Log)));
            rm.Create(0, out Error error);
            Expect.Error(Error.BadArgument, error);
        });
    }

    [TestMethod]
    public void WhatTheRuntimeCannotGiveIsAnswered0()
    {
        Machine machine = One();
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Allocate(-1));
            Assert.AreEqual(0, env.Allocate(int.MaxValue));
            Assert.AreEqual(0, env.Allocate(int.MaxValue - 7));
            Assert.AreEqual(0, env.Allocate(512 * 1024));
            int block = env.Allocate(20000);
            Assert.IsTrue(block != 0, "the heap grows");
            env.Memory.WriteInt32(block + 19996, 1);
        });
    }

    private static Machine One()
    {
        var machine = new Machine();
        machine.Add("a").Ram = 256 * 1024;
        return machine.Boot();
    }

    private static Machine Two()
    {
        var machine = new Machine();
        machine.Add("a").Ram = 128 * 1024;
        machine.Add("b").Ram = 128 * 1024;
        return machine.Boot();
    }

    private static int Allocate(Env env, int size)
    {
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        Expect.Ok(error);
        return dataspace;
    }

    private static int Map(Env env, int size)
    {
        int session = env.Connect("RM");
        int map = new RmSession(env, session).Create(size, out Error error);
        Expect.Ok(error);
        return map;
    }

    /// <summary>Attaches one map at the beginning of another; −1 on an error.</summary>
    private static int Attach(Env env, int map, int target)
    {
        int at = env.AttachAt(map, target, 0, Page, 0, Rights.ReadWrite);
        return env.LastError == Error.None ? at : -1;
    }

    private static void Write(Env env, int size, int at)
    {
        switch (size)
        {
            case 2:
                env.Memory.WriteUInt16(at, -1);
                break;
            case 4:
                env.Memory.WriteInt32(at, -1);
                break;
            default:
                env.Memory.WriteInt64(at, -1);
                break;
        }
    }

    /// <summary>Whether something ends its handler. A program has no business catching that; a test has.</summary>
    private static bool Faults(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (ProgramFault)
        {
            return true;
        }
    }
}
