// What may end a component: exactly its own epoch. Against a manager that asks by hand.
using System;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class StopTests
{
    private const int Length = 600;
    private const int Place = 64;
    private const long Mac = 57406533673528;
    private const string Rtcr = "10.0.1.2";

    [TestMethod]
    public void A_component_whose_epoch_is_not_known_yet_is_not_stopped_by_anything()
    {
        CmsWorld world = Run(
            peer => Stop(peer, Mac, Place, 1, 2),
            peer => Got(peer, MigrationOperation.Stop, Error.Busy),
            peer => Stop(peer, Mac, Place, int.MaxValue, int.MaxValue),
            peer => Got(peer, MigrationOperation.Stop, Error.Busy));
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(7));
    }

    [TestMethod]
    public void A_stop_of_no_epoch_or_of_no_claim_is_no_stop_of_all()
    {
        CmsWorld world = Run(
            peer => Stop(peer, Mac, Place, 0, 2),
            peer => Got(peer, MigrationOperation.Stop, Error.BadArgument),
            peer => Stop(peer, Mac, Place, 1, 0),
            peer => Got(peer, MigrationOperation.Stop, Error.BadArgument),
            peer => Stop(peer, 0, Place, 1, 2),
            peer => Got(peer, MigrationOperation.Stop, Error.NotFound),
            peer => Stop(peer, Mac, 0, 1, 2),
            peer => Got(peer, MigrationOperation.Stop, Error.NotFound));
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(7));
    }

    /// <summary>A word that is cut off would read as 0: the attempt, the place, the new key. Such a frame ends its flow.</summary>
    [TestMethod]
    public void A_frame_without_its_last_words_says_nothing()
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1 });
        RawPeer peer = world.AddPeer(new RawPeer(
            peer => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas),
            peer => peer.Ask(ServiceId.Nas, NasOperation.Confirm, new Checkpoint { Mac = Mac, Offset = Place, Claim = 2 }),
            peer => peer.Ends.Count == 1,
            peer => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas),
            peer => peer.Ask(ServiceId.Nas, NasOperation.List, default),
            peer => peer.Ends.Count == 2,
            peer => peer.Open(ServiceId.Manager, "10.0.0.2", Ports.Manager),
            peer => peer.Ask(ServiceId.Manager, ManagerOperation.Migrate, new Checkpoint { Mac = Mac, Offset = Place, Epoch = 1 }),
            peer => peer.Ends.Count == 3,
            peer => peer.Open(ServiceId.Migration, Rtcr, Ports.Migration),
            peer => peer.Ask(ServiceId.Migration, MigrationOperation.Settle, new Checkpoint { Mac = Mac, Offset = Place, Claim = 1 }),
            peer => peer.Ends.Count == 4));
        world.Start();
        world.RunUntil(() => peer.IsDone, 20, "four flows ended");
        world.RunFor(1);
    }

    /// <summary>Without a MAC address an ECU's checkpoints would be those of every other one that has none.</summary>
    [TestMethod]
    public void An_ECU_without_a_MAC_address_is_nobodys_member()
    {
        var world = new CmsWorld(1);
        RawPeer peer = world.AddPeer(new RawPeer(
            peer => peer.Open(ServiceId.Manager, "10.0.0.2", Ports.Manager),
            peer => peer.Ask(ServiceId.Manager, ManagerOperation.Establish, new Checkpoint { Ip = 0x0a000102, Size = 4096 }),
            peer => Got(peer, ServiceId.Manager, ManagerOperation.Establish, Error.BadArgument),
            peer => peer.Open(ServiceId.Nas, "10.0.2.2", Ports.Nas),
            peer => peer.Ask(ServiceId.Nas, NasOperation.Store, new Checkpoint { Size = 100, Commit = 1 }),
            peer => Got(peer, ServiceId.Nas, NasOperation.Store, Error.BadArgument)));
        world.Start();
        world.RunUntil(() => peer.IsDone, 20, "both refusals");
    }

    private static CmsWorld Run(params Func<RawPeer, bool>[] steps)
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        int crc = 0;
        RawPeer peer = world.AddPeer(new RawPeer(
        [
            peer => peer.Open(ServiceId.Migration, Rtcr, Ports.Migration),
            peer => Ask(peer, MigrationOperation.Restore, Claimed(crc = Write(peer)), 0),
            peer => Got(peer, MigrationOperation.Restore, Error.None),
            peer => Ask(peer, MigrationOperation.Image, Claimed(crc), Length),
            peer => Got(peer, MigrationOperation.Image, Error.None),
            .. steps,
        ]));
        world["ecu1"].PowerOn(0);
        world.World.At(100_000_000, () => world["peer2"].PowerOn(world.World.Now));
        world.RunUntil(() => peer.IsDone, 20, "the end of the steps");
        return world;
    }

    private static bool Stop(RawPeer peer, long mac, int offset, int epoch, int claim)
        => Ask(peer, MigrationOperation.Stop, new Checkpoint { Mac = mac, Offset = offset, Size = Length, Epoch = epoch, Claim = claim, Ticket = 9 }, 0);

    private static Checkpoint Claimed(int crc)
        => new() { Mac = 0x55, Offset = 8, Size = Length, Commit = 4, Epoch = 1, Claim = 2, Ticket = 3, Crc = crc };

    private static bool Ask(RawPeer peer, int opcode, Checkpoint checkpoint, int bulk)
    {
        peer.Answers.Clear();
        Channel channel = peer.Channels[ServiceId.Migration];
        var frame = new Frame();
        checkpoint.Write(frame.Ask(ServiceId.Migration, opcode, channel.NextSequence())).Put(1).WithBulk(bulk);
        bool sent = channel.Send(frame);
        if (bulk > 0)
        {
            channel.SendPiece(peer.Memory, bulk);
        }

        return sent;
    }

    private static bool Got(RawPeer peer, int opcode, Error status) => Got(peer, ServiceId.Migration, opcode, status);

    private static bool Got(RawPeer peer, int service, int opcode, Error status)
    {
        Answer? answer = peer.Last(service, opcode);
        Assert.IsTrue(answer == null || answer.Status == status, answer?.ToString());
        return answer != null;
    }

    /// <summary>An image of component 7 that the test's RTCR accepts.</summary>
    private static int Write(RawPeer peer)
    {
        var bytes = new byte[Length];
        bytes[0] = 7;
        bytes[4] = 1;
        for (int i = 8; i < Length; i++)
        {
            bytes[i] = (byte)(7 + i);
        }

        peer.Env.Memory.Write(peer.Memory, bytes, 0, Length);
        return Crc32.Compute(0, bytes, 0, Length);
    }
}
