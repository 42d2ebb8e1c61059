// The two sides of a session's memory, without anything in between: a flow's life, and what neither side believes.
using Tern.Kernel;

namespace Tern.Tests.Network;

[TestClass]
public class FlowTableTests
{
    private const int Flows = 4;
    private const int RingSize = 64;

    private readonly FlowTable _table;
    private readonly FlowUser _user;
    private readonly FlowProvider _provider;
    private NicEvent _news;
    private int _cursor;

    public FlowTableTests()
    {
        var shared = new SharedMemory(FlowTable.SizeOf(Flows, RingSize));
        _table = new FlowTable(shared.Memory, shared.Address, Flows, RingSize);
        _user = new FlowUser(_table);
        _provider = new FlowProvider(_table);
    }

    [TestMethod]
    public void GeometryHasBounds()
    {
        Assert.IsTrue(FlowTable.IsGeometry(FlowTable.DefaultFlows, FlowTable.DefaultRingSize));
        Assert.IsTrue(FlowTable.IsGeometry(2, 64));
        Assert.IsTrue(FlowTable.IsGeometry(FlowTable.MaxFlows, FlowTable.MaxRingSize));
        Assert.IsFalse(FlowTable.IsGeometry(0, 64));
        Assert.IsFalse(FlowTable.IsGeometry(3, 64));
        Assert.IsFalse(FlowTable.IsGeometry(66, 64));
        Assert.IsFalse(FlowTable.IsGeometry(-2, 64));
        Assert.IsFalse(FlowTable.IsGeometry(2, 32));
        Assert.IsFalse(FlowTable.IsGeometry(2, 100));
        Assert.IsFalse(FlowTable.IsGeometry(2, int.MinValue));
        Assert.IsTrue(FlowTable.SizeOf(FlowTable.MaxFlows, FlowTable.MaxRingSize) > 0);
    }

    [TestMethod]
    public void ASessionOpenedAnewTellsWhatWasLostBetweenLinkDownAndLinkUp()
    {
        _provider.PublishLink(true, 1, 2, 3, 4);
        _user.Lose(0b1001);
        Assert.IsFalse(_user.IsUp);
        Assert.AreEqual(0b1001L, _user.Held());
        Assert.AreEqual(2, _user.Connect(1, 80), "flow 1 is not free before its end was told");
        Expect(NicEventKind.Link, 0);
        Assert.IsFalse(_user.IsUp);
        Expect(NicEventKind.Closed, 1);
        Assert.AreEqual((int)Error.Unreachable, (int)_news.Error);
        Expect(NicEventKind.Closed, 4);
        Expect(NicEventKind.Link, 0);
        Assert.IsTrue(_user.IsUp);
        Expect(NicEventKind.None, 0);
        Assert.AreEqual(0b10L, _user.Held());
        Assert.AreEqual(1, _user.Connect(1, 80));
    }

    [TestMethod]
    public void AStreamThatComesUnderALostNumberIsToldAfterTheEnd()
    {
        _provider.PublishLink(true, 1, 2, 3, 4);
        _user.Lose(0b0100);
        Assert.AreEqual(3, _provider.Accept(7, 8, 9));
        Expect(NicEventKind.Link, 0);
        Expect(NicEventKind.Closed, 3);
        Expect(NicEventKind.Accepted, 3);
        Assert.AreEqual(8, _news.Port);
        Expect(NicEventKind.Link, 0);
        Assert.AreEqual((int)FlowAction.Carry, (int)_provider.Judge(3), "the new stream lives");
        Assert.AreEqual(2, _user.Write(3, new byte[2], 0, 2));
    }

    [TestMethod]
    public void ALostFlowThatTheUserClosesIsNotToldAnyMore()
    {
        _provider.PublishLink(true, 1, 2, 3, 4);
        _user.Lose(0b1);
        Assert.AreEqual(0, _user.Write(1, new byte[2], 0, 2));
        _user.Close(1);
        Expect(NicEventKind.Link, 0);
        Expect(NicEventKind.Link, 0);
        Expect(NicEventKind.None, 0);
    }

    [TestMethod]
    public void WhatHasNeverBeenTheUsersIsNotHeld()
    {
        Assert.AreEqual(0L, _user.Held());
        int flow = _user.Listen(80);
        Assert.AreEqual(1L << (flow - 1), _user.Held());
        _user.Close(flow);
        Assert.AreEqual(0L, _user.Held());
        _user.Lose(-1L);
        Assert.AreEqual(0b1111L, _user.Held(), "numbers beyond the session's are left out");
    }

    [TestMethod]
    public void AStreamLivesFromConnectToClosed()
    {
        int flow = _user.Connect(0x0A000001, 80);
        Assert.AreEqual((int)FlowAction.Start, (int)_provider.Judge(flow));
        Assert.AreEqual(80, _provider.Port(flow));
        _provider.Begin(flow);
        Assert.AreEqual(3, _user.Write(flow, new byte[3], 0, 3));
        Expect(NicEventKind.None, 0);

        _provider.Open(flow);
        Expect(NicEventKind.Connected, flow);
        _provider.In(flow).Write(new byte[5], 0, 5);
        _provider.End(flow, Error.None);
        Expect(NicEventKind.Data, flow);
        Assert.AreEqual(5, _news.Length);
        Assert.AreEqual(5, _user.Read(flow, new byte[9], 0, 9));
        Expect(NicEventKind.Closed, flow);
        Expect(NicEventKind.None, 0);

        Assert.AreEqual((int)FlowAction.Release, (int)_provider.Judge(flow));
        _provider.Free(flow);
        Assert.AreEqual(flow, _user.Listen(81));
        Assert.AreEqual(0, _provider.Out(flow).Used);
    }

    [TestMethod]
    public void TheEndWaitsForTheLastByte()
    {
        int flow = Opened();
        _provider.In(flow).Write(new byte[5], 0, 5);
        _provider.End(flow, Error.None);

        Expect(NicEventKind.Data, flow);
        Expect(NicEventKind.None, 0);
        Expect(NicEventKind.Data, flow);
        _user.Read(flow, new byte[4], 0, 4);
        Expect(NicEventKind.None, 0);
        Assert.IsFalse(_user.IsFinished(flow));
        _user.Read(flow, new byte[4], 0, 4);
        Assert.IsTrue(_user.IsFinished(flow));
        Expect(NicEventKind.Closed, flow);
    }

    [TestMethod]
    public void ARefusedFlowIsFreeAgainAndSaysWhy()
    {
        int flow = _user.Connect(1, 1);
        _provider.Begin(flow);
        _provider.End(flow, Error.Unreachable);

        Expect(NicEventKind.Refused, flow);
        Assert.AreEqual((int)Error.Unreachable, (int)_news.Error);
        Assert.AreEqual((int)FlowAction.Release, (int)_provider.Judge(flow));
    }

    [TestMethod]
    public void AClosedFlowIsFinishedFirstAndItsUserHearsNoMore()
    {
        int flow = Opened();
        _user.Write(flow, new byte[9], 0, 9);
        _user.Close(flow);

        Assert.AreEqual((int)FlowAction.Finish, (int)_provider.Judge(flow));
        Assert.AreEqual(9, _provider.Out(flow).Used);
        Assert.AreEqual(0, _user.Write(flow, new byte[9], 0, 9));
        _provider.In(flow).Write(new byte[5], 0, 5);
        _provider.End(flow, Error.None);
        Expect(NicEventKind.None, 0);
        Assert.AreEqual((int)FlowAction.Release, (int)_provider.Judge(flow));
    }

    [TestMethod]
    public void AcceptedStreamsHaveTheUpperNumbersUntilBothLetGo()
    {
        Assert.AreEqual(3, _provider.Accept(7, 8, 80));
        Assert.AreEqual(4, _provider.Accept(7, 9, 80));
        Assert.AreEqual(0, _provider.Accept(7, 10, 80));
        Expect(NicEventKind.Accepted, 3);
        Assert.AreEqual(7, _news.Address);
        Assert.AreEqual(8, _news.Port);
        Assert.AreEqual(80, _news.LocalPort);
        Expect(NicEventKind.Accepted, 4);

        _provider.End(3, Error.None);
        Assert.AreEqual((int)FlowAction.None, (int)_provider.Judge(3));
        Expect(NicEventKind.None, 0);
        Expect(NicEventKind.Closed, 3);
        Assert.AreEqual(0, _provider.Accept(7, 10, 80));
        Assert.AreEqual((int)FlowAction.Release, (int)_provider.Judge(3));
        _provider.Free(3);
        Assert.AreEqual(3, _provider.Accept(7, 11, 80));
        _cursor = 0;
        Expect(NicEventKind.Accepted, 3);
        Assert.AreEqual(11, _news.Port);
    }

    [TestMethod]
    public void AStreamThatEndsBeforeItWasNoticedIsStillAcceptedFirst()
    {
        int flow = _provider.Accept(7, 8, 80);
        _provider.In(flow).Write(new byte[1], 0, 1);
        _provider.End(flow, Error.None);

        Expect(NicEventKind.Accepted, flow);
        Expect(NicEventKind.Data, flow);
        _user.Read(flow, new byte[1], 0, 1);
        Expect(NicEventKind.Closed, flow);
    }

    [TestMethod]
    public void AWriterThatGotTooLittleIsToldOfRoom()
    {
        int flow = Opened();
        Assert.AreEqual(RingSize, _user.Write(flow, new byte[100], 0, 100));
        Assert.IsTrue(_provider.UserWantsRoom(flow));
        Expect(NicEventKind.None, 0);
        _provider.Out(flow).Skip(RingSize / 2);

        Expect(NicEventKind.Writable, flow);
        Assert.IsFalse(_provider.UserWantsRoom(flow));
        Expect(NicEventKind.None, 0);
    }

    [TestMethod]
    public void OnlyFlowsThatOneHasCanBeUsed()
    {
        var bytes = new byte[8];
        int[] none = new int[] { -1, 0, 1, 3, 4, 5, int.MaxValue };
        for (int i = 0; i < none.Length; i++)
        {
            Assert.AreEqual(0, _user.Write(none[i], bytes, 0, 8));
            Assert.AreEqual(0, _user.Read(none[i], bytes, 0, 8));
            Assert.AreEqual(0, _user.Available(none[i]));
            Assert.IsFalse(_user.SendTo(none[i], 1, 1, bytes, 0, 8));
            Assert.AreEqual(-1, _user.ReceiveFrom(none[i], bytes, 0, 8, out int _, out int _));
            _user.Close(none[i]);
        }

        Assert.AreEqual(1, _user.Connect(1, 1));
        Assert.AreEqual(2, _user.Connect(1, 1));
        Assert.AreEqual(0, _user.Connect(1, 1));
    }

    [TestMethod]
    public void TheLinkIsToldOnceAChange()
    {
        _provider.PublishLink(true, 0x0A000002, unchecked((int)0xffffff00), 0x0A000001, 0x525400123456);
        Expect(NicEventKind.Link, 0);
        Expect(NicEventKind.None, 0);
        Assert.IsTrue(_user.IsUp);
        Assert.AreEqual(0x0A000002, _user.Address);
        Assert.IsTrue(_user.Mac == 0x525400123456);
        _provider.PublishLink(false, 0, 0, 0, 0x525400123456);
        Expect(NicEventKind.Link, 0);
        Assert.IsFalse(_user.IsUp);
    }

    [TestMethod]
    public void AnImpossibleStateOrRingEndsTheSession()
    {
        int flow = Opened();
        _table.Set(flow, SlotWord.InHead, RingSize + 1);
        Expect(NicEventKind.Fault, 0);
        Assert.AreEqual((int)Error.BadData, (int)_user.Fault);
        Expect(NicEventKind.None, 0);
        Expect(NicEventKind.Fault, 0);
        Assert.AreEqual(0, _user.Connect(1, 1));
        Assert.AreEqual(0, _user.Write(flow, new byte[1], 0, 1));
    }

    [TestMethod]
    public void AWalkMeetsTheFlowsThatEitherSideUsesAndNoOther()
    {
        Assert.AreEqual(0, _table.NextUsed(0));
        int flow = _user.Connect(1, 1);
        Assert.AreEqual(flow, _table.NextUsed(0));
        Assert.AreEqual(0, _table.NextUsed(flow));

        // The provider takes it up; an accepted one stands in the upper half.
        _provider.Open(flow);
        int accepted = _provider.Accept(2, 2, 3);
        Assert.AreEqual(flow, _table.NextUsed(0));
        Assert.AreEqual(accepted, _table.NextUsed(flow));
        Assert.AreEqual(0, _table.NextUsed(accepted));
        Assert.AreEqual(0, _table.NextUsed(_table.Flows));

        // Each lets go of it; only then it is passed over.
        _provider.End(flow, Error.None);
        _user.Close(flow);
        Assert.AreEqual(flow, _table.NextUsed(0));
        _provider.Free(flow);
        Assert.AreEqual(accepted, _table.NextUsed(0));
    }

    [TestMethod]
    public void AWalkMeetsAllFlowsOfTheLargestSession()
    {
        var shared = new SharedMemory(FlowTable.SizeOf(FlowTable.MaxFlows, RingSize));
        var table = new FlowTable(shared.Memory, shared.Address, FlowTable.MaxFlows, RingSize);
        var user = new FlowUser(table);
        int last = 0;
        for (int i = 1; i <= FlowTable.MaxFlows / 2; i++)
        {
            Assert.AreEqual(i, user.Listen(i));
            Assert.AreEqual(i, table.NextUsed(last));
            last = i;
        }

        var provider = new FlowProvider(table);
        for (int i = (FlowTable.MaxFlows / 2) + 1; i <= FlowTable.MaxFlows; i++)
        {
            Assert.AreEqual(i, provider.Accept(1, 1, 1));
            Assert.AreEqual(i, table.NextUsed(last));
            last = i;
        }

        Assert.AreEqual(0, table.NextUsed(last));
    }

    [TestMethod]
    public void CommandsAndStatesThatDoNotExistAreViolations()
    {
        _table.Set(1, SlotWord.Command, 99);
        Assert.AreEqual((int)FlowAction.Violation, (int)_provider.Judge(1));
        _table.Set(1, SlotWord.Command, -1);
        Assert.AreEqual((int)FlowAction.Violation, (int)_provider.Judge(1));
        _table.Set(1, SlotWord.Command, (int)FlowCommand.Listen);
        _table.Set(1, SlotWord.State, 77);
        Assert.AreEqual((int)FlowAction.Violation, (int)_provider.Judge(1));
    }

    private int Opened()
    {
        int flow = _user.Connect(1, 1);
        _provider.Open(flow);
        Expect(NicEventKind.Connected, flow);
        return flow;
    }

    /// <summary>The walk's next event; None is its end, after which it begins anew.</summary>
    private void Expect(NicEventKind kind, int flow)
    {
        bool more = _user.Next(ref _cursor, ref _news);
        Assert.AreEqual((int)kind, (int)_news.Kind);
        Assert.AreEqual(flow, _news.Flow);
        Assert.AreEqual(kind != NicEventKind.None, more);
        _cursor = more ? _cursor : 0;
    }
}
