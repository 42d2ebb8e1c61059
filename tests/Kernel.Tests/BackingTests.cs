// Dataspaces behind which their domain's creator has put a managed dataspace: they stay what they are, but for where their bytes are.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class BackingTests
{
    private const int Page = 4096;

    // The managed dataspace of init, and a dataspace of "a".
    private int _session;
    private int _map;
    private int _dataspace;

    [TestMethod]
    public void ADataspacesBytesAreThoseOfTheManagedDataspaceBehindIt()
    {
        Machine machine = Boot();
        int address = Attach(machine);
        machine.Do("a", env => env.Memory.WriteInt32(address, 1));
        int frame = Back(machine, Page);
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Memory.ReadInt32(address), "what it had is lost");
            env.Memory.WriteInt32(address + Page, 42);
        });
        machine.Do("init", env =>
        {
            int at = env.Attach(frame);
            Assert.AreEqual(42, env.Memory.ReadInt32(at + (2 * Page)), "one page into the managed dataspace");
            env.Memory.WriteInt32(at + Page, 43);
        });
        machine.Do("a", env => Assert.AreEqual(43, env.Memory.ReadInt32(address)));
    }

    [TestMethod]
    public void ItsMemoryReturnsToTheBoardAndItStaysCharged()
    {
        Machine machine = Boot();
        long used = machine.Task("a").RamUsed;
        int free = Free(machine);
        Back(machine, 0);
        Assert.AreEqual(used, machine.Task("a").RamUsed);
        Assert.AreEqual(free + (2 * Page) - (4 * Page), Free(machine), "two pages came back, and four are the frames");
        machine.Do("a", env => Expect.Ok(new PdSession(env, Selectors.Pd).FreeDataspace(_dataspace)));
        Assert.AreEqual(used - (2 * Page), machine.Task("a").RamUsed);
        Expect.Sound(machine.Kernel);
    }

    [TestMethod]
    public void FaultsGoToTheManagedDataspacesHandlerAndWhatIsTakenAwayIsGoneEverywhere()
    {
        Machine machine = Boot();
        int address = Attach(machine);
        int frame = Back(machine, 0);
        machine["init"].Requested = (env, label, request) =>
        {
            machine.Note(Hex.Format(request.Word(0), 4) + " " + request.Word(1));
            if (env.RegionCount(_map) != 0)
            {
                env.DetachFrom(_map, 0);
            }

            env.AttachAt(_map, frame, 0, 4 * Page, 0, (Rights)request.Word(1) | Rights.Read);
            return env.LastError;
        };
        machine.Do("init", env =>
        {
            Expect.Ok(env.DetachFrom(_map, 0));
            Expect.Ok(env.SetFaultHandler(_map, env.Gate(9)));
        });
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.Memory.ReadInt32(address + 4));
            env.Memory.WriteInt32(address + Page, 7);
        });
        machine.Do("init", env => Expect.Ok(env.DetachFrom(_map, 0)));
        machine.Do("a", env => Assert.AreEqual(7, env.Memory.ReadInt32(address + Page)));
        Assert.AreEqual("0004 1 1000 2 1000 1", machine.Notes);
    }

    [TestMethod]
    public void WithTheManagedDataspaceEndTheBytesAndNotTheDataspace()
    {
        Machine machine = Boot();
        int address = Attach(machine);
        Back(machine, 0);
        machine.Do("a", env => env.Memory.WriteInt32(address, 1));
        machine.Do("init", env => Expect.Ok(env.Close(_session)));
        machine.Do("a", env =>
        {
            Assert.AreEqual(2 * Page, env.SizeOf(_dataspace));
            Assert.AreEqual(0, env.BackingOf(_dataspace, out int _));
            env.Memory.ReadInt32(address);
        });
        Expect.Error(Error.Faulted, machine.Task("a").Fault);
        Expect.Sound(machine.Kernel);
    }

    [TestMethod]
    public void WithTheDomainEndsWhatItHadAndTheManagedDataspaceIsWhole()
    {
        Machine machine = Boot();
        Attach(machine);
        Back(machine, 0);
        machine.Do("init", env => Expect.Ok(machine.Child("a").Destroy(env)));
        Expect.Sound(machine.Kernel);
        machine.Do("init", env => Assert.AreEqual(4 * Page, env.SizeOf(_map)));
    }

    [TestMethod]
    public void ItsCreatorReadsWhatIsBehindADataspace()
    {
        Machine machine = Boot();
        Back(machine, Page);
        machine.Do("a", env =>
        {
            Assert.AreNotEqual(0, env.BackingOf(_dataspace, out int offset));
            Assert.AreEqual(Page, offset);
            Assert.AreEqual(0, env.BackingOf(Selectors.AddressSpace, out int _));
        });
    }

    [TestMethod]
    public void WhatCannotBeBackedIsRefusedByName()
    {
        Machine machine = Boot();
        int granted = machine.Grant("a", _dataspace, "init");
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("a").Native);
            int own = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);
            Expect.Error(Error.BadArgument, native.Back(granted, _map, Page + 1));
            Expect.Error(Error.BadArgument, native.Back(granted, _map, 3 * Page));
            Expect.Error(Error.BadArgument, native.Back(granted, _map, -Page));
            Expect.Error(Error.NotPermitted, native.Back(own, _map, 0));
            Expect.Error(Error.NotPermitted, native.Back(granted, machine.Child("a").AddressSpace, 0));
            Expect.Error(Error.WrongObject, native.Back(granted, own, 0));
            Expect.Error(Error.WrongObject, native.Back(_map, _map, 0));
            Expect.Error(Error.InvalidCapability, native.Back(granted, 0, 0));
            Expect.Ok(native.Back(granted, _map, 0));
            Expect.Error(Error.WrongObject, native.Back(granted, _map, 0));
        });
    }

    [TestMethod]
    public void BehindADataspaceStandsNothingThatLeadsOn()
    {
        Machine machine = Boot();
        int granted = machine.Grant("a", _dataspace, "init");
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("a").Native);
            int other = new RmSession(env, _session).Create(4 * Page, out Error _);
            int plain = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _);

            env.AttachAt(_map, granted, 0, 0, 0, Rights.ReadWrite);
            Expect.Error(Error.BadRegion, native.Back(granted, _map, 0));
            Expect.Ok(env.DetachFrom(_map, 0));
            env.AttachAt(_map, other, 0, 0, 0, Rights.ReadWrite);
            Expect.Error(Error.BadRegion, native.Back(granted, _map, 0));
            Expect.Ok(env.DetachFrom(_map, 0));

            Expect.Ok(native.Back(granted, _map, 0));
            env.AttachAt(_map, granted, 0, 0, 0, Rights.ReadWrite);
            Expect.Error(Error.BadRegion, env.LastError);
            env.AttachAt(_map, other, 0, 0, 0, Rights.ReadWrite);
            Expect.Error(Error.BadRegion, env.LastError);
            env.AttachAt(_map, plain, 0, 0, 0, Rights.ReadWrite);
            Expect.Ok(env.LastError);
        });
    }

    [TestMethod]
    public void WhatABackingMapShowsIsNotBackedItself()
    {
        Machine machine = Boot();
        int second = 0;
        machine.Do("a", env => second = new PdSession(env, Selectors.Pd).AllocateDataspace(Page, out Error _));
        int first = machine.Grant("a", _dataspace, "init");
        int shown = machine.Grant("a", second, "init");
        machine.Do("init", env =>
        {
            var native = new NativePd(env, machine.Child("a").Native);
            int other = new RmSession(env, _session).Create(4 * Page, out Error _);
            env.AttachAt(_map, shown, 0, 0, 0, Rights.ReadWrite);
            Expect.Ok(native.Back(first, _map, 0));
            Expect.Error(Error.BadRegion, native.Back(shown, other, 0));
            Expect.Ok(env.DetachFrom(_map, 0));
            Expect.Ok(native.Back(shown, other, 0));
        });
    }

    [TestMethod]
    public void WhatIsBehindADataspaceIsNoLevelOfItsOwn()
    {
        Machine machine = Boot();
        int granted = machine.Grant("a", _dataspace, "init");
        machine.Do("init", env =>
        {
            Expect.Ok(new NativePd(env, machine.Child("a").Native).Back(granted, _map, 0));
            int shown = granted;
            for (int level = 1; level <= VirtualMemory.MaxDepth + 1; level++)
            {
                int map = new RmSession(env, _session).Create(2 * Page, out Error _);
                env.AttachAt(map, shown, 0, 0, 0, Rights.ReadWrite);
                Expect.Error(level <= VirtualMemory.MaxDepth ? Error.None : Error.BadRegion, env.LastError);
                shown = map;
            }
        });
    }

    private Machine Boot()
    {
        var machine = new Machine();
        machine.Add("a").Ram = 128 * 1024;
        machine.Boot();
        machine.Do("init", env =>
        {
            _session = env.Connect("RM");
            _map = new RmSession(env, _session).Create(4 * Page, out Error error);
            Expect.Ok(error);
        });
        machine.Do("a", env =>
        {
            _dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(2 * Page, out Error error);
            Expect.Ok(error);
        });
        return machine;
    }

    /// <summary>Attaches the dataspace of "a" there.</summary>
    private int Attach(Machine machine)
    {
        int address = 0;
        machine.Do("a", env => address = env.Attach(_dataspace));
        return address;
    }

    /// <summary>Puts the managed dataspace, which shows frames of init's, behind the dataspace of "a".</summary>
    /// <returns>The dataspace with the frames.</returns>
    private int Back(Machine machine, int offset)
    {
        int frame = 0;
        int granted = machine.Grant("a", _dataspace, "init");
        machine.Do("init", env =>
        {
            frame = new PdSession(env, Selectors.Pd).AllocateDataspace(4 * Page, out Error error);
            Expect.Ok(error);
            env.AttachAt(_map, frame, 0, 0, 0, Rights.ReadWrite);
            Expect.Ok(env.LastError);
            Expect.Ok(new NativePd(env, machine.Child("a").Native).Back(granted, _map, offset));
        });
        return frame;
    }

    private static int Free(Machine machine)
    {
        PhysicalMemory physical = machine.Kernel.Memory.Physical;
        int bytes = 0;
        for (int bank = 0; bank < physical.Banks; bank++)
        {
            for (int piece = 0; piece < physical.Pieces(bank); piece++)
            {
                bytes += physical.PieceSize(bank, piece);
            }
        }

        return bytes;
    }
}
