// All states in which a target is checkpointed, one a row. A new state is a class in Targets and a row here.
using Tern.Components;

namespace Tern.Tests;

/// <summary>The table of states.</summary>
public static class StateTable
{
    public static State[] All() => new[]
    {
        new State("not constructed yet", new Sleeper()) { Unborn = true },
        new State("sleeping in a one-shot timer", new Sleeper()),
        new State("waiting for a periodic timer", new Ticker()),
        new State("waiting for several timers", new ManyTimers()),
        new State("timer due at the checkpoint", new Ticker()) { At = 185, Dispatches = 0 },
        new State("timer due for several periods", new FastTicker()) { Late = 35 },
        new State("one-shot timer overdue", new Sleeper()) { At = 340, Late = 15 },
        new State("signals pending", new Submitter()) { Dispatches = 1 },
        new State("signals pending, one delivered", new Submitter()) { Dispatches = 2 },
        new State("signals coalesced while held", new FastTicker()) { Held = 95 },
        new State("timer's signal context freed", new FreedContext()),
        new State("timer's signal context freed, its place empty", new FreedContextUnreplaced()),
        new State("heap grown", new HeapUser()),
        new State("capability map grown", new Hoarder()) { Dispatches = 10 },
        new State("capability map grown, much memory", new Hoarder()) { Ram = 700 * 1024, Caps = 200 },
        new State("dataspaces attached in every manner", new Attacher()),
        new State("dataspace attached read-only", new ReadOnlyWriter()) { Faults = true },
        new State("managed dataspaces nested", new Manager()),
        new State("managed dataspaces nested deeply", new DeepManager()),
        new State("managed dataspace of a closed session", new ClosedManager()),
        new State("configuration open and attached", new ConfigReader())
        {
            Config = ConfigReader.Text,
            NeedsSamePages = "the configuration's memory has the page size of its board",
        },
        new State("module open and attached", new ModuleReader()) { NeedsSamePages = "a module has the page size of its board" },
        new State("gates, requests to itself pending", new GateOwner()) { Dispatches = 4 },
        new State("capabilities delegated to itself, one dead", new SelfDelegator()),
        new State("capability space as in the report of 2018", new Report2018()) { Config = ConfigReader.Text, Ram = 512 * 1024, Caps = 700 },
        new State("sessions opened and closed again", new Reopener()),
        new State("more LOG and Report sessions", new Speaker()),
        new State("interrupt pending", new LateAcknowledger())
        {
            Before = bench => bench.Board.Raise(LateAcknowledger.Line),
        },
        new State("interrupt unacknowledged, another one comes", new LateAcknowledger())
        {
            At = 250,
            Before = bench => bench.RaiseAndSettle(LateAcknowledger.Line),
            Later = bench => bench.Board.Raise(LateAcknowledger.Line),
        },
        new State("interrupt unacknowledged, more are pending at the line", new LateAcknowledger())
        {
            At = 250,
            Before = bench =>
            {
                bench.RaiseAndSettle(LateAcknowledger.Line);
                bench.RaiseAndSettle(LateAcknowledger.Line);
                bench.Board.Raise(LateAcknowledger.Line);
            },
            Later = bench => bench.Board.Raise(LateAcknowledger.Line),
        },
        new State("line open, an interrupt comes later", new LateAcknowledger())
        {
            Later = bench => bench.Board.Raise(LateAcknowledger.Line),
        },
        new State("request to itself kept", new SelfServer()) { At = 150 },
        new State("request to itself queued", new SelfServer()) { At = 0, Dispatches = 1 },
        new State("over its budgets", new Glutton()),
        new State("almost everything given back", new Ascetic()),
        new State("about to exit", new Leaver()) { Exits = true },
        new State("paused by itself", new SelfPauser()),
        new State("two threads", new TwoThreads()),
        new State("two threads, a signal pending at the second", new TwoThreads()) { Dispatches = 1 },
        new State("a little of everything", new Collector())
        {
            Config = ConfigReader.Text,
            Dispatches = 1,
            NeedsSamePages = "a module has the page size of its board",
        },
        new State("child", new Brooder()),
        new State("child not constructed yet", new Brooder()) { At = 0, Dispatches = 1 },
        new State("child in the middle of its construction", new Brooder()) { At = 0, Dispatches = 2 },
        new State("signals pending at a child", new Prodder()) { Dispatches = 1 },
        new State("child asks its parent, request queued", new Answerer()) { Dispatches = 2 },
        new State("child asks its parent, answer not delivered", new Answerer()) { Dispatches = 3 },
        new State("child asks its parent, request kept", new Ponderer()) { At = 250 },
        new State("child asks its parent, requests kept and queued", new Ponderer()) { At = 300, Dispatches = 2 },
        new State("request kept whose gate has ended", new Sulker()) { At = 250 },
        new State("parent asks its child, requests queued", new Inquirer()) { Dispatches = 1 },
        new State("parent asks its child, one request kept", new Inquirer()) { At = 250 },
        new State("parent asks its child, answers not delivered", new Inquirer()) { At = 250, Held = 30 },
        new State("child ended, its requests with it", new Killer()) { At = 250 },
        new State("child ended, and another one made", new Killer()) { At = 450 },
        new State("children that come and go", new Restarter()) { Caps = 160, At = 550 },
        new State("grandchild", new Grandparent()) { Caps = 180 },
        new State("grandchild asks, signals pending", new Grandparent()) { Caps = 180, Dispatches = 3 },
        new State("child has faulted", new Mourner()) { ChildFaults = true, At = 450 },
        new State("child has faulted, its parent does not know yet", new Mourner()) { ChildFaults = true, At = 300, Dispatches = 2 },
        new State("quotas given to and fro", new Donor()) { At = 350 },
        new State("donations to sessions", new Upgrader()) { At = 450 },
        new State("donations to sessions, one of them closed", new Upgrader()) { At = 750 },
        new State("child paused by its parent", new Pauser()) { At = 350 },
        new State("managed dataspaces nested and shown to a child", new Sharer()) { NeedsSamePages = "it counts in pages" },
        new State("pager of a child", new Pager()) { NeedsSamePages = "it counts in pages" },
        new State("several entrypoints, also of a child", new Choir()) { Dispatches = 2 },
        new State("several entrypoints, one paused", new Choir()) { At = 450 },
        new State("child's session of a sibling, request queued", new FarParent()) { NeedsServers = true, Dispatches = 2 },
        new State("child's session of a sibling", new FarParent()) { NeedsServers = true },
        new State("requests unanswered", new Waiter())
        {
            NeedsServers = true,
            Later = bench => bench.Board.Raise(SlowServer.Line),
        },
        new State("answers not delivered", new Waiter())
        {
            NeedsServers = true,
            Held = 10,
            Before = bench => bench.Board.Raise(SlowServer.Line),
            Later = bench => bench.Board.Raise(SlowServer.Line),
        },
        new State("session request unanswered", new LateOpener())
        {
            NeedsServers = true,
            Later = bench => bench.Board.Raise(SlowServer.Line),
        },
        new State("sessions of a sibling", new SiblingUser()) { NeedsServers = true },
        new State("requests on their way", new SiblingUser()) { NeedsServers = true, Dispatches = 1 },
        new State("services announced, nobody asks", new Announcer()),
        new State("sheep counter", new SheepCounter()) { Config = "<config period_ms=\"70\"/>" },
        new State("pattern memory", new PatternMemory()) { Config = "<config size=\"20000\" period_ms=\"30\"/>" },
    };
}
