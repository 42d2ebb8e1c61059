// 0 matches nothing: two components change places, and a cable comes out at every dispatch of that, briefly and for longer than all
// deadlines. A stop that is repeated for the component that left must not end the one that has come in its place.
// With the environment variable TERN_SWEEP=long, at every dispatch; otherwise at every so-many-th, with other seeds on the way.
using System;
using System.Collections.Generic;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class ExchangeCableTests
{
    private const int Points = 36;
    private const long Step = 50_000;

    [TestMethod]
    [DataRow("manager", 40)]
    [DataRow("manager", 7_000)]
    [DataRow("nas", 40)]
    [DataRow("nas", 7_000)]
    [DataRow("ecu1", 40)]
    [DataRow("ecu1", 7_000)]
    [DataRow("ecu2", 40)]
    [DataRow("ecu2", 7_000)]
    public void A_cable_out_at_any_dispatch_of_an_exchange_loses_no_component(string board, int milliseconds)
    {
        bool isLong = Environment.GetEnvironmentVariable("TERN_SWEEP") == "long";
        for (ulong seed = 1; seed <= (isLong ? 3ul : 1ul); seed++)
        {
            List<long> dispatches = Dispatches(seed);
            int stride = isLong ? 1 : Math.Max(1, dispatches.Count / Points);
            for (int i = (int)(seed % (ulong)stride); i < dispatches.Count; i += stride)
            {
                // Every fourth with another seed: then it is not a dispatch, but another order.
                ulong other = i / stride % 4 == 3 ? seed + (ulong)i : seed;
                Exchange(other, board, dispatches[i], milliseconds, $"{board} out for {milliseconds} ms at {dispatches[i]} ns, seed {other}");
            }
        }
    }

    private static void Exchange(ulong seed, string board, long at, int milliseconds, string what)
    {
        CmsWorld world = World(seed);
        world.World.At(at, () => world.SocketsOf(board).SetCable(false));
        world.World.At(at + (milliseconds * 1_000_000L), () => world.SocketsOf(board).SetCable(true));
        world.World.Run(at + (milliseconds * 1_000_000L));
        world.RunUntil(() => Moved(world, 1) && Moved(world, 2), 60, what + ": the exchange");
        world.RunFor(1);
        Assert.IsNotNull(world.Ledger.HolderOf(1), what);
        Assert.IsNotNull(world.Ledger.HolderOf(2), what);
    }

    private static bool Moved(CmsWorld world, int component) => world.Ledger.MovesOf(component) >= 2 && world.Ledger.HolderOf(component) != null;

    /// <summary>The moments at which something happens, from the first call for migration until both have arrived and been stored there.</summary>
    private static List<long> Dispatches(ulong seed)
    {
        CmsWorld world = World(seed);
        List<long> moments = [];
        long events = 0;
        int rest = 400;
        while (rest > 0)
        {
            world.World.Run(world.World.Now + Step);
            if (world.Logged("Calling for migration") > 0 && world.World.EventCount != events)
            {
                moments.Add(world.World.Now - Step + 1);
            }

            events = world.World.EventCount;
            rest -= Moved(world, 1) && Moved(world, 2) ? 1 : 0;
        }

        return moments;
    }

    private static CmsWorld World(ulong seed)
    {
        var world = new CmsWorld(seed);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 3 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 2, MigrateAfter = 3 });
        return world.Start();
    }
}
