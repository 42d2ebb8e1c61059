// The scenarios of the sweep: every state of the table that needs nothing from outside at a certain time, and the components.
using System.Text;
using Tern.Components;

namespace Tern.Tests;

/// <summary>The table of scenarios.</summary>
public static class Scenarios
{
    public static Scenario[] All() => new[]
    {
        Of("sheep counter", new SheepCounter(), "<config period_ms=\"70\"/>"),
        Of("pattern memory", new PatternMemory(), "<config size=\"20000\" period_ms=\"60\"/>"),
        Of("one-shot timer", new Sleeper(), "<config/>"),
        Of("periodic timer", new Ticker(), "<config/>"),
        Of("several timers", new ManyTimers(), "<config/>"),
        Of("signals to itself", new Submitter(), "<config/>"),
        Of("signal contexts freed", new FreedContext(), "<config/>"),
        Of("heap in use", new HeapUser(), "<config/>"),
        Of("dataspaces attached in every manner", new Attacher(), "<config/>"),
        Of("managed dataspaces", new Manager(), "<config/>"),
        Of("managed dataspaces, deep", new DeepManager(), "<config/>"),
        Of("configuration attached", new ConfigReader(), ConfigReader.Text),
        Of("module attached", new ModuleReader(), "<config/>"),
        Of("requests to itself", new GateOwner(), "<config/>"),
        Of("requests to itself kept", new SelfServer(), "<config/>"),
        Of("capabilities delegated to itself", new SelfDelegator(), "<config/>"),
        Of("sessions opened and closed", new Reopener(), "<config/>"),
        Of("budgets exceeded", new Glutton(), "<config/>"),
        Of("everything given back", new Ascetic(), "<config/>"),
        Of("it exits", new Leaver(), "<config/>"),
        Of("it faults", new ReadOnlyWriter(), "<config/>"),
        Of("it pauses itself", new SelfPauser(), "<config/>"),
        Of("two threads", new TwoThreads(), "<config/>"),
    };

    private static Scenario Of(string name, Tern.Kernel.Program program, string config)
        => new Scenario(name, program, Encoding.UTF8.GetBytes(config));
}
