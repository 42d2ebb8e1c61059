// What runs out is told of: by whom, how many there are, what to do; once when it happens and once when it is over. And how many
// sockets are needed is counted.
using System;
using System.Collections.Generic;
using System.Linq;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class ExhaustionTests
{
    [TestMethod]
    public void A_manager_with_too_few_sockets_says_so_and_once()
    {
        CmsWorld world = World(1, 2, board => board == "manager" ? 5 : 0);
        world.RunFor(20);
        string[] said = [.. world.Log.Where(line => line.Contains("manager [sockets] Warning: all 5 sockets of the board are in use (")).Take(3)];
        Assert.IsGreaterThan(0, said.Length, string.Join('\n', world.Log.Take(40)));
        Assert.IsLessThan(2_000_000, int.Parse(said[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), "when it happens, in microseconds");
        Assert.AreEqual(1, world.Logged("manager [sockets] Warning"), "once, however often it is refused");
    }

    /// <summary>The formulas of docs/protocol.md: no more than they say are ever in use, and with so many everything works.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(5)]
    [DataRow(8)]
    public void As_many_sockets_as_are_said_to_be_needed_suffice_and_hardly_fewer(int ecus)
    {
        int manager = 0;
        int nas = 0;
        int ecu = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            CmsWorld world = World(seed, ecus, board => board == "manager" ? SocketNeeds.OfManager(ecus)
                : board == "nas" ? SocketNeeds.OfNas(ecus) : SocketNeeds.OfRtcr(ecus));
            IEnumerable<int> all = Enumerable.Range(1, ecus);
            world.RunUntil(() => all.All(component => world.Ledger.MovesOf(component) >= 2 && world.Ledger.HolderOf(component) != null), 60, $"{ecus} ECUs, seed {seed}");
            world.RunFor(1);
            Assert.AreEqual(0, world.Logged("[sockets] Warning: "), string.Join('\n', world.Log.Where(line => line.Contains("Warning: "))));
            manager = Math.Max(manager, world.SocketsOf("manager").SocketPeak);
            nas = Math.Max(nas, world.SocketsOf("nas").SocketPeak);
            ecu = Math.Max(ecu, all.Max(number => world.SocketsOf("ecu" + number).SocketPeak));
        }

        Console.WriteLine($"{ecus} ECUs: manager {manager} of {SocketNeeds.OfManager(ecus)}, NAS {nas} of {SocketNeeds.OfNas(ecus)}, ECU {ecu} of {SocketNeeds.OfRtcr(ecus)}");
        Assert.IsGreaterThanOrEqualTo(1 + (3 * ecus) + 1, manager);
    }

    [TestMethod]
    public void A_manager_says_that_it_takes_no_ninth_ECU()
    {
        CmsWorld world = World(1, 9, _ => 64);
        world.RunFor(10);
        Assert.AreEqual(1, world.Logged("Error: the ECU "), "once");
        Assert.AreEqual(1, world.Logged("this manager knows 8 already, and no more fit"));
    }

    [TestMethod]
    public void A_NAS_says_that_its_storage_is_full_and_that_it_has_room_again()
    {
        var world = new CmsWorld(1);
        world.Nas.Storage = new MemoryDisk(512, 16 + 8);
        RawPeer peer = world.AddPeer(new RawPeer(
            peer => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas),
            peer => Offer(peer, 9 * 512),
            peer => Got(peer, Error.Full),
            peer => Offer(peer, 9 * 512),
            peer => Got(peer, Error.Full),
            peer => Offer(peer, 512),
            peer => Got(peer, Error.None)));
        world.Start();
        world.RunUntil(() => peer.IsDone, 20, "the offers");
        Assert.AreEqual(1, world.Logged("Error: storage is full: it has no gap for an image of 4608 bytes."));
        Assert.AreEqual(1, world.Logged("storage has room again"));
    }

    [TestMethod]
    public void A_NAS_says_that_its_flows_are_used_up_and_that_they_suffice_again()
    {
        var world = new CmsWorld(1, new NetworkModel { MaxSockets = 64 });
        var peers = new RawPeer[2];
        for (int i = 0; i < peers.Length; i++)
        {
            peers[i] = world.AddPeer(new RawPeer([.. Enumerable.Repeat((RawPeer peer) => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas), 6)]));
        }

        world.Start();
        world.RunUntil(() => peers.All(peer => peer.IsDone), 20, "twelve flows");
        world.RunFor(1);
        Assert.AreEqual(1, world.Logged("Warning: all 8 flows of this component are in use: a stream to port 1027 was closed"));
        world.RunFor(60);
        RawPeer late = world.AddPeer(new RawPeer(peer => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas)));
        world["peer3"].PowerOn(world.World.Now);
        world.RunUntil(() => late.IsDone, 20, "one more");
        world.RunFor(1);
        Assert.AreEqual(1, world.Logged("flows suffice again"));
    }

    private static bool Offer(RawPeer peer, int size)
    {
        peer.Answers.Clear();
        return peer.Ask(ServiceId.Nas, NasOperation.Store, new Checkpoint { Mac = 0x77, Size = size, Commit = 1 });
    }

    private static bool Got(RawPeer peer, Error status)
    {
        Answer? answer = peer.Last(ServiceId.Nas, NasOperation.Store);
        Assert.IsTrue(answer == null || answer.Status == status, answer?.ToString());
        return answer != null;
    }

    /// <summary>A world in which every ECU has a component, and all call for migration.</summary>
    private static CmsWorld World(ulong seed, int ecus, Func<string, int> socketsOn)
    {
        var world = new CmsWorld(seed, null, socketsOn);
        for (int i = 1; i <= ecus; i++)
        {
            int component = i;
            world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = component, MigrateAfter = 3, ImageSize = 500 });
        }

        return world.Start();
    }
}
