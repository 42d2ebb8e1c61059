// The DSM against a writer that speaks by hand: what is not committed is not read, whatever comes when.
using System;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class DsmTests
{
    private const string ManagerIp = "10.0.0.2";
    private const int Size = 8192;
    private const int Offset = 64;
    private const int Length = 3000;

    /// <summary>The race of the thesis's chapter 7: the notification comes first, and nothing goes wrong.</summary>
    [TestMethod]
    public void ANotificationMayComeBeforeItsCommit()
    {
        int wait = 0;
        Run(
            peer => Notify(peer, 1, 1),
            peer => ++wait == 50 && Send(peer, 1, 1),
            peer => Commit(peer, 1, 1),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.NewCheckpoint, Kernel.Error.None));
    }

    [TestMethod]
    public void WithoutItsCommitANotificationIsRefused()
    {
        RawPeer peer = Run(
            peer => Send(peer, 1, 1),
            peer => Notify(peer, 1, 1),
            peer => peer.Last(ServiceId.Manager, ManagerOperation.NewCheckpoint) != null);
        Assert.AreEqual(Kernel.Error.NotFound, peer.Last(ServiceId.Manager, ManagerOperation.NewCheckpoint)!.Status);
    }

    [TestMethod]
    public void AWrongChecksumIsRefusedAndTheLastCommitStays()
        => Run(
            peer => Send(peer, 1, 1),
            peer => Commit(peer, 1, 1),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.None),
            peer => Send(peer, 2, 2),
            peer => Commit(peer, 2, 99),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.BadData),
            peer => Notify(peer, 1, 1),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.NewCheckpoint, Kernel.Error.None));

    /// <summary>Half of a commit comes, then the flow ends. The next writer's commit is judged against what was committed.</summary>
    [TestMethod]
    public void AHalfCommitIsForgotten()
        => Run(
            peer => Send(peer, 1, 1),
            peer => Commit(peer, 1, 1),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.None),
            peer => Send(peer, 2, 2),
            peer =>
            {
                peer.Channels[ServiceId.Broker].Close();
                peer.Answers.RemoveAll(answer => answer.Service == ServiceId.Broker);
                return peer.Open(ServiceId.Broker, ManagerIp, Ports.FirstBroker);
            },
            peer => peer.Ask(ServiceId.Broker, BrokerOperation.Open, Self()),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Open, Kernel.Error.None),
            peer => Commit(peer, 3, 1),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.None),
            peer => Notify(peer, 3, 1),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.NewCheckpoint, Kernel.Error.None));

    /// <summary>A second commit, while the first is on its way to the NAS: each is stored as it was.</summary>
    [TestMethod]
    public void ACommitThatIsBeingReadStaysAsItIs()
        => Run(
            peer => Send(peer, 1, 1),
            peer => Commit(peer, 1, 1),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.None),
            peer => Notify(peer, 1, 1) && Send(peer, 2, 2) && peer.Answers.RemoveAll(answer => answer.Service == ServiceId.Broker) > 0,
            peer => Commit(peer, 2, 2),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.NewCheckpoint, Kernel.Error.None),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.None),
            peer => peer.Answers.RemoveAll(answer => answer.Service == ServiceId.Manager) > 0,
            peer => Notify(peer, 2, 2),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.NewCheckpoint, Kernel.Error.None));

    [TestMethod]
    public void BytesOutsideOfTheDsmOrOfTheCommitEndTheFlow()
    {
        RawPeer peer = Run(
            peer => peer.Ask(ServiceId.Broker, BrokerOperation.Range, At(Size - 10, 11), 0, 11),
            peer => peer.Ends.Count == 1);
        Assert.HasCount(1, peer.Ends);
        Run(
            peer => peer.Ask(ServiceId.Broker, BrokerOperation.Range, At(0, 64), 0, 64),
            peer => Send(peer, 1, 1),
            peer => Commit(peer, 1, 1),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Commit, Kernel.Error.BadData));
        Run(
            peer => peer.Ask(ServiceId.Broker, BrokerOperation.Range, At(0, 64), 0, 64, 65),
            peer => peer.Ends.Count == 1);
    }

    [TestMethod]
    public void PortsOfBrokersBeginAfterTheNasAndStay()
    {
        RawPeer peer = Run(
            peer => Is(peer, ServiceId.Manager, ManagerOperation.Establish, Kernel.Error.None),
            peer => peer.Answers.RemoveAll(answer => answer.Service == ServiceId.Manager) > 0,
            peer => peer.Ask(ServiceId.Manager, ManagerOperation.Establish, Self()),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.Establish, Kernel.Error.None));
        Assert.AreEqual(Ports.FirstBroker, peer.Last(ServiceId.Manager, ManagerOperation.Establish)!.Word);
    }

    /// <summary>A manager, a NAS and a peer that has a DSM established and then takes steps.</summary>
    private static RawPeer Run(params Func<RawPeer, bool>[] steps)
    {
        var world = new CmsWorld(1);
        RawPeer peer = world.AddPeer(new RawPeer(
        [
            peer => peer.Open(ServiceId.Manager, ManagerIp, Ports.Manager),
            peer => peer.Ask(ServiceId.Manager, ManagerOperation.Establish, Self()),
            peer => Is(peer, ServiceId.Manager, ManagerOperation.Establish, Kernel.Error.None),
            peer => peer.Open(ServiceId.Broker, ManagerIp, peer.Last(ServiceId.Manager, ManagerOperation.Establish)!.Word),
            peer => peer.Ask(ServiceId.Broker, BrokerOperation.Open, Self()),
            peer => Is(peer, ServiceId.Broker, BrokerOperation.Open, Kernel.Error.None),
            .. steps,
        ]));
        world["manager"].PowerOn(0);
        world["nas"].PowerOn(0);
        world.World.At(100_000_000, () => world["peer1"].PowerOn(world.World.Now));
        world.RunUntil(() => peer.IsDone, 20, "the end of the steps");
        return peer;
    }

    private static bool Is(RawPeer peer, int service, int opcode, Kernel.Error status)
    {
        Answer? answer = peer.Last(service, opcode);
        Assert.IsTrue(answer == null || answer.Status == status, answer?.ToString());
        return answer != null;
    }

    private static Checkpoint Self() => At(0, Size);

    private static Checkpoint At(int offset, int size) => new() { Mac = 0x77, Ip = 0x0A000102, Offset = offset, Size = size };

    private static bool Send(RawPeer peer, int commit, int content)
    {
        peer.Fill(0, Length, content);
        return peer.Channels[ServiceId.Broker].SendLeft == 0
            && peer.Ask(ServiceId.Broker, BrokerOperation.Range, At(Offset, Length), 0, Length);
    }

    private static bool Commit(RawPeer peer, int commit, int content)
    {
        if (peer.Channels[ServiceId.Broker].SendLeft > 0)
        {
            return false;
        }

        peer.Answers.RemoveAll(answer => answer.Service == ServiceId.Broker && answer.Opcode == BrokerOperation.Commit);
        return peer.Ask(ServiceId.Broker, BrokerOperation.Commit, Checkpointed(peer, commit, content));
    }

    private static bool Notify(RawPeer peer, int commit, int content)
        => peer.Ask(ServiceId.Manager, ManagerOperation.NewCheckpoint, Checkpointed(peer, commit, content));

    private static Checkpoint Checkpointed(RawPeer peer, int commit, int content)
    {
        Checkpoint checkpoint = At(Offset, Length);
        checkpoint.Commit = commit;
        checkpoint.Crc = peer.Fill(16384, Length, content);
        return checkpoint;
    }
}
