// A state that a target can be in when it is checkpointed: which program brings itself into it, and what happens outside.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A row of the table of states.</summary>
public sealed class State
{
    public State(string name, Program program)
    {
        Name = name;
        Program = program;
    }

    /// <summary>Something that happens to the board.</summary>
    public delegate void Happening(RtcrBench bench);

    public string Name { get; }

    public Program Program { get; }

    /// <summary>The target's configuration.</summary>
    public string Config { get; init; } = "<config/>";

    public int Ram { get; init; } = 256 * 1024;

    public int Caps { get; init; } = 100;

    /// <summary>When the checkpoint is taken, in milliseconds after the start.</summary>
    public int At { get; init; } = 200;

    /// <summary>How many dispatches of what is due then come before the checkpoint; −1 for all.</summary>
    public int Dispatches { get; init; } = -1;

    /// <summary>The checkpoint is taken in the handler that starts the target, which has not run at all.</summary>
    public bool Unborn { get; init; }

    /// <summary>How many milliseconds the target is held before its checkpoint.</summary>
    public int Held { get; init; }

    /// <summary>What happens right before the checkpoint, or when the target is held.</summary>
    public Happening? Before { get; init; }

    /// <summary>What happens 330 ms after the checkpoint or restore.</summary>
    public Happening? Later { get; init; }

    /// <summary>Whether it needs servers as RTCR's siblings.</summary>
    public bool NeedsServers { get; init; }

    /// <summary>How many milliseconds pass in the handler that takes the checkpoint, before it does.</summary>
    public int Late { get; init; }

    /// <summary>Whether the target is expected to be stopped by the kernel in the end.</summary>
    public bool Faults { get; init; }

    /// <summary>Whether one of its children is expected to be stopped by the kernel.</summary>
    public bool ChildFaults { get; init; }

    /// <summary>Whether the target ends itself.</summary>
    public bool Exits { get; init; }

    /// <summary>Why it cannot be restored on a board with smaller pages; empty when it can.</summary>
    public string NeedsSamePages { get; init; } = "";
}
