// Declared limits: a board whose tables are too small says so by name, and a full table hurts only who asks.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class LimitTests
{
    /// <summary>Each table of the profile, by number, with the size that init itself needs of it.</summary>
    [TestMethod]
    [DataRow(0, 2)]
    [DataRow(1, 1)]
    [DataRow(2, 10)]
    [DataRow(3, 4)]
    [DataRow(4, 1)]
    [DataRow(5, 2)]
    [DataRow(6, 1)]
    [DataRow(7, 3)]
    [DataRow(8, 13)]
    [DataRow(9, 7)]
    public void ABoardWithoutRoomForInitDoesNotBootAndSaysWhy(int table, int needed)
    {
        for (int size = 0; size < needed; size++)
        {
            var board = new TestBoard();
            board.With("init", new Scripted());
            Set(board.Profile, table, size);
            var kernel = new Microkernel(board);
            Error error = kernel.Boot();
            bool named = error == Error.TableFull || (table == 9 && error == Error.OutOfCaps);
            Assert.IsTrue(named, table + "/" + size + ": " + Errors.Name(error));
        }

        var enough = new TestBoard();
        enough.With("init", new Scripted());
        Set(enough.Profile, table, needed);
        Expect.Ok(new Microkernel(enough).Boot());
    }

    [TestMethod]
    public void ABoardWithoutRamForInitDoesNotBootAndSaysWhy()
    {
        var board = new TestBoard();
        board.With("init", new Scripted());
        board.Profile.BankSizes = new int[] { 8192, 8192 };
        Expect.Error(Error.OutOfRam, new Microkernel(board).Boot());
    }

    /// <summary>At every size of every table up to what is enough, a parent makes children until it cannot: what it gets is a name.</summary>
    [TestMethod]
    [DataRow(0, 2, 12)]
    [DataRow(1, 1, 12)]
    [DataRow(2, 14, 90)]
    [DataRow(3, 6, 50)]
    [DataRow(4, 1, 12)]
    [DataRow(5, 2, 20)]
    [DataRow(6, 2, 20)]
    [DataRow(7, 4, 40)]
    [DataRow(8, 15, 60)]
    [DataRow(9, 12, 200)]
    [DataRow(10, 2, 16)]
    public void WhateverIsFullIsNamedAndNothingLeaks(int table, int least, int most)
    {
        for (int size = least; size <= most; size++)
        {
            var machine = new Machine();
            Set(machine.Profile, table, size);
            for (int i = 0; i < 4; i++)
            {
                TestChild child = machine.Describe("child" + i);
                child.Ram = 16384;
                child.Caps = 20;
                child.InitialMemory = 4096;
            }

            machine.Board.With("init", new Parent(machine));
            var kernel = new Microkernel(machine.Board);
            Error boot = kernel.Boot();
            if (boot != Error.None)
            {
                Expect.Error(Error.TableFull, boot);
                continue;
            }

            Drive.Settle(kernel);
            if (!machine.Board.Logged("fault"))
            {
                Assert.AreEqual(kernel.Profile.MemorySize, kernel.Tasks[1]!.RamQuota, "table " + table + " of size " + size);
                Assert.AreEqual(kernel.Profile.Capabilities, kernel.Tasks[1]!.CapQuota, "table " + table + " of size " + size);
            }
        }
    }

    private static void Set(BoardProfile profile, int table, int size)
    {
        switch (table)
        {
            case 0:
                profile.MaxTasks = size;
                break;
            case 1:
                profile.MaxThreads = size;
                break;
            case 2:
                profile.MaxObjects = size;
                break;
            case 3:
                profile.MaxGates = size;
                break;
            case 4:
                profile.MaxDataspaces = size;
                break;
            case 5:
                profile.MaxRegionMaps = size;
                break;
            case 6:
                profile.MaxRegions = size;
                break;
            case 7:
                profile.MaxSessions = size;
                break;
            case 8:
                profile.MaxSelectors = size;
                break;
            case 9:
                profile.Capabilities = size;
                break;
            default:
                profile.MaxIrqs = size;
                break;
        }
    }

    /// <summary>Makes children until something is full, then ends them all.</summary>
    private sealed class Parent(Machine machine) : PinnedProgram
    {
        public override void Construct(Env env)
        {
            var children = new TestChild[4];
            int made = 0;
            Error error = Error.None;
            while (made < children.Length && error == Error.None)
            {
                var child = new TestChild("child" + made, machine["child" + made]);
                child.Ram = 16384;
                child.Caps = 20;
                child.InitialMemory = 4096;
                error = child.Make(env, Scripted.FirstChildLabel + made);
                children[made++] = child;
            }

            bool named = error == Error.None || error == Error.TableFull || error == Error.OutOfCaps || error == Error.InvalidCapability
                || error == Error.BadRegion;
            Invariant.That(named);
            for (int i = 0; i < made; i++)
            {
                children[i].Destroy(env);
            }
        }
    }
}
