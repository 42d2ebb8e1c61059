// An RTCR's migrate-and-restore port against a manager that asks by hand: whatever is repeated changes nothing, and what was
// settled as not restored is never restored.
using System;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class SettleTests
{
    private const int Length = 600;
    private const string Rtcr = "10.0.1.2";

    /// <summary>The image is on its way on one flow when another asks what became of it: it comes too late, and only a new attempt succeeds.</summary>
    [TestMethod]
    public void AnImageThatComesAfterItWasSettledIsRefused()
    {
        Channel? first = null;
        CmsWorld world = Run(
            peer => Offer(peer, 1),
            peer => Got(peer, MigrationOperation.Restore, Error.None),
            peer => (first = peer.Channels[ServiceId.Migration]) != null && peer.Open(ServiceId.Migration, Rtcr, Ports.Migration),
            peer => Ask(peer, MigrationOperation.Settle, 1),
            peer => Got(peer, MigrationOperation.Settle, Error.NotFound),
            peer => Send(peer, first!, 1),
            peer => Got(peer, MigrationOperation.Image, Error.Stale),
            peer => Offer(peer, 1),
            peer => Got(peer, MigrationOperation.Restore, Error.Stale),
            peer => Offer(peer, 2),
            peer => Got(peer, MigrationOperation.Restore, Error.None),
            peer => Send(peer, peer.Channels[ServiceId.Migration], 2),
            peer => Got(peer, MigrationOperation.Image, Error.None),
            peer => Ask(peer, MigrationOperation.Settle, 2),
            peer => Got(peer, MigrationOperation.Settle, Error.None),
            peer => Offer(peer, 3),
            peer => Got(peer, MigrationOperation.Restore, Error.Exists));
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(7));
        Assert.AreEqual(1, world.Ledger.MovesOf(7));
    }

    [TestMethod]
    public void ADamagedImageIsNotRestored()
    {
        CmsWorld world = Run(
            peer => Offer(peer, 1),
            peer => Got(peer, MigrationOperation.Restore, Error.None),
            peer =>
            {
                Write(peer);
                peer.Env.Memory.WriteByte(peer.Memory + 100, 0);
                return Ask(peer, peer.Channels[ServiceId.Migration], MigrationOperation.Image, 1, Length);
            },
            peer => Got(peer, MigrationOperation.Image, Error.BadData),
            peer => Ask(peer, MigrationOperation.Settle, 1),
            peer => Got(peer, MigrationOperation.Settle, Error.NotFound));
        Assert.IsNull(world.Ledger.HolderOf(7));
    }

    [TestMethod]
    public void WhatDoesNotRunHereIsStoppedAlready()
        => Run(
            peer => Ask(peer, MigrationOperation.Stop, 1),
            peer => Got(peer, MigrationOperation.Stop, Error.NotFound));

    [TestMethod]
    public void AnImageThatWasNotAcceptedEndsTheFlow()
        => Run(
            peer => Send(peer, peer.Channels[ServiceId.Migration], 1),
            peer => peer.Ends.Count == 1);

    private static CmsWorld Run(params Func<RawPeer, bool>[] steps)
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        RawPeer peer = world.AddPeer(new RawPeer([peer => peer.Open(ServiceId.Migration, Rtcr, Ports.Migration), .. steps]));
        world["ecu1"].PowerOn(0);
        world.World.At(100_000_000, () => world["peer2"].PowerOn(world.World.Now));
        world.RunUntil(() => peer.IsDone, 20, "the end of the steps");
        return world;
    }

    private static bool Offer(RawPeer peer, int attempt) => Ask(peer, MigrationOperation.Restore, attempt);

    private static bool Send(RawPeer peer, Channel channel, int attempt)
    {
        Write(peer);
        return Ask(peer, channel, MigrationOperation.Image, attempt, Length);
    }

    private static bool Ask(RawPeer peer, int opcode, int attempt) => Ask(peer, peer.Channels[ServiceId.Migration], opcode, attempt, 0);

    private static bool Ask(RawPeer peer, Channel channel, int opcode, int attempt, int bulk)
    {
        peer.Answers.Clear();
        var frame = new Frame();
        Claimed(peer).Write(frame.Ask(ServiceId.Migration, opcode, channel.NextSequence())).Put(attempt).WithBulk(bulk);
        bool sent = channel.Send(frame);
        if (bulk > 0)
        {
            channel.SendPiece(peer.Memory, bulk);
        }

        return sent;
    }

    private static bool Got(RawPeer peer, int opcode, Error status)
    {
        Answer? answer = peer.Last(ServiceId.Migration, opcode);
        Assert.IsTrue(answer == null || answer.Status == status, answer?.ToString());
        return answer != null;
    }

    private static Checkpoint Claimed(RawPeer peer)
        => new() { Mac = 0x55, Offset = 8, Size = Length, Commit = 4, Epoch = 1, Claim = 2, Ticket = 3, Crc = Write(peer) };

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

        // Once, so that a damaged one stays damaged.
        if (peer.Env.Memory.ReadByte(peer.Memory) == 0)
        {
            peer.Env.Memory.Write(peer.Memory, bytes, 0, Length);
        }

        return Crc32.Compute(0, bytes, 0, Length);
    }
}
