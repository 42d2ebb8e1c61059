// Affinities: where on a board something may run, as it was set, as the board has it, and on a board with fewer cores.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class AffinityTests
{
    [TestMethod]
    [DataRow(0, 0, 1, 1, 0)]
    [DataRow(3, 1, 1, 1, 0)]
    [DataRow(0, 0, 4, 2, 0)]
    [DataRow(4, 0, 1, 1, 6)]
    [DataRow(0, 2, 1, 1, 6)]
    [DataRow(3, 0, 2, 1, 6)]
    [DataRow(0, 1, 1, 2, 6)]
    [DataRow(0, 0, 0, 1, 6)]
    [DataRow(0, 0, 1, 0, 6)]
    [DataRow(255, 255, 255, 255, 6)]
    public void ALocationLiesInItsSpaceOrIsRefused(int x, int y, int width, int height, int error)
        => Assert.AreEqual(error, (int)Affinity.Check(Affinity.Space(4, 2), Affinity.Location(x, y, width, height)));

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(0x100)]
    [DataRow(0x10101)]
    [DataRow(-1)]
    public void WhatIsNoSpaceIsRefused(int space)
        => Expect.Error(Error.BadArgument, Affinity.Check(space, Affinity.Location(0, 0, 1, 1)));

    [TestMethod]
    public void AMappedLocationLiesInItsTargetAndIsNeverEmpty()
    {
        int[] sizes = new int[] { 1, 2, 3, 4, 7, 255 };
        for (int i = 0; i < sizes.Length; i++)
        {
            int space = Affinity.Space(sizes[i], 1);
            for (int k = 0; k < sizes.Length; k++)
            {
                int into = Affinity.Location(2, 1, sizes[k] < 200 ? sizes[k] : 200, 3);
                for (int x = 0; x < sizes[i]; x++)
                {
                    int mapped = Affinity.Map(space, Affinity.Location(x, 0, sizes[i] - x, 1), into);
                    int size = Affinity.SizeOf(mapped);
                    Assert.IsTrue(Affinity.Width(size) > 0 && Affinity.Column(mapped) >= 2);
                    Assert.IsTrue(Affinity.Column(mapped) + Affinity.Width(size) <= 2 + Affinity.Width(Affinity.SizeOf(into)));
                    Assert.AreEqual(1, Affinity.Row(mapped));
                    Assert.AreEqual(3, Affinity.Height(size));
                }
            }
        }
    }

    [TestMethod]
    [DataRow(4, 2)]
    [DataRow(2, 1)]
    [DataRow(1, 0)]
    public void AThreadKeepsItsPlaceAndHasOneOnABoardWithFewerCores(int cores, int column)
    {
        Machine machine = Cores(cores);
        machine.Do("init", env =>
        {
            // The third of four, wherever that is here: what a restore does with what it read elsewhere.
            var cpu = new CpuSession(env, machine.Child("a").Cpu);
            int thread = machine.Child("a").Thread;
            int place = Affinity.Location(2, 0, 1, 1);
            Expect.Ok(cpu.SetAffinity(thread, Affinity.Space(4, 1), place));
            int there = cpu.ReadAffinity(thread, out int space, out int location);
            Assert.AreEqual(Affinity.Space(4, 1), space);
            Assert.AreEqual(place, location);
            Assert.AreEqual(Affinity.Location(column, 0, 1, 1), there);
        });
    }

    [TestMethod]
    public void AThreadWithoutAPlaceIsWhereItsSessionIs()
    {
        Machine machine = Cores(3);
        machine.Do("a", env =>
        {
            var cpu = new CpuSession(env, Selectors.Cpu);
            Assert.AreEqual(Affinity.Space(3, 1), cpu.AffinitySpace());
            Assert.AreEqual(Affinity.Location(0, 0, 3, 1), cpu.ReadAffinity(Selectors.Thread, out int space, out int location));
            Assert.AreEqual(0, space | location);
            Expect.Error(Error.BadArgument, cpu.SetAffinity(Selectors.Thread, Affinity.Space(3, 1), Affinity.Location(3, 0, 1, 1)));
            Expect.Error(Error.BadArgument, cpu.SetAffinity(Selectors.Thread, 0, 0));
            Expect.Error(Error.WrongObject, cpu.SetAffinity(Selectors.Log, Affinity.Space(3, 1), Affinity.Location(0, 0, 1, 1)));
        });
    }

    [TestMethod]
    public void AChildsPlaceIsWithinItsParentsAndItsOwnSessionsToo()
    {
        Machine machine = Cores(8);
        machine.Do("init", env =>
        {
            int half = env.ConnectCpu("half", Affinity.Space(2, 1), Affinity.Location(1, 0, 1, 1), 0, 0);
            Assert.AreEqual(Affinity.Space(4, 1), new CpuSession(env, half).AffinitySpace());
            int pd = env.ConnectPd("c", 16384, 40, out int native);
            Expect.Ok(new NativePd(env, native).Load("a"));
            int thread = new CpuSession(env, half).CreateThread(pd, "c", 4, out Error error);
            Expect.Ok(error);
            Assert.AreEqual(Affinity.Location(4, 0, 4, 1), new CpuSession(env, half).ReadAffinity(thread, out int _, out int _));

            // What is opened at the child's cost is within what the child has.
            int inner = Open(env, pd, Affinity.Space(2, 1), Affinity.Location(1, 0, 1, 1), 0);
            int second = new CpuSession(env, inner).CreateThread(pd, "d", 4, out error);
            Expect.Ok(error);
            Assert.AreEqual(Affinity.Location(6, 0, 2, 1), new CpuSession(env, inner).ReadAffinity(second, out int _, out int _));
        });
    }

    [TestMethod]
    public void ASessionThatAsksForMoreThanThereIsIsRefused()
    {
        Machine machine = Cores(2);
        machine.Do("a", env =>
        {
            Assert.AreEqual(0, env.ConnectCpu("x", Affinity.Space(2, 1), Affinity.Location(1, 0, 2, 1), 0, 0));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("x", 0, Affinity.Location(0, 0, 1, 1), 0, 0));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("x", 0, 0, 10001, 0));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("x", 0, 0, -1, 0));
            Expect.Error(Error.BadArgument, env.LastError);
            Assert.AreEqual(0, env.ConnectCpu("x", 0, 0, 0x10001, 0));
            Expect.Error(Error.BadArgument, env.LastError);
        });
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(256)]
    public void ABoardHasOneToManyCores(int cores)
    {
        var board = new TestBoard();
        board.With("init", new Scripted());
        board.Profile.Cores = cores;
        Expect.Error(Error.BadArgument, new Microkernel(board).Boot());
    }

    internal static int Open(Env env, int payer, int space, int location, int share)
    {
        Message message = env.Compose(ParentOperation.Session).Add(3).Add(0).Add(0).Add(space).Add(location).Add(share)
            .AddText("CPU").AddCapability(payer);
        Expect.Ok(env.Call(Selectors.Parent, message));
        return message.Capability(0);
    }

    private static Machine Cores(int cores)
    {
        var machine = new Machine();
        machine.Profile.Cores = cores;
        machine.Add("a");
        return machine.Boot();
    }
}
