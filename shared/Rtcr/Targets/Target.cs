// One target: the child that RTCR watches as its parent, and everything RTCR knows of it.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>What a target's place is doing.</summary>
internal enum TargetState
{
    /// <summary>Nothing: the place is free.</summary>
    Free,

    /// <summary>The target runs.</summary>
    Running,

    /// <summary>The target is held: its migration is under way.</summary>
    Held,

    /// <summary>The target is being made again from an image.</summary>
    Restoring,
}

/// <summary>How a target goes.</summary>
public enum TargetEnd
{
    /// <summary>For good: what it served ends for its clients, what it was served is closed.</summary>
    Stops,

    /// <summary>To be restored, here or elsewhere: what it served is kept for its clients, who wait, and what it was served for it.</summary>
    Returns,
}

/// <summary>A place for one target.</summary>
internal sealed class Target
{
    internal Target(int slot, int objects, int calls)
    {
        Slot = slot;
        Storage = new OnlineStorage(objects, calls);
    }

    /// <summary>The number among RTCR's places, part of the labels of its gates.</summary>
    internal int Slot { get; }

    internal OnlineStorage Storage { get; }

    internal TargetState State;

    /// <summary>How often the place was filled; what was sent for an earlier target is told by it.</summary>
    internal int Generation;

    internal string Name = "";
    internal string Binary = "";
    internal int Ram;
    internal int Caps;
    internal int Priority = Priorities.Default;

    /// <summary>The target's configuration: a dataspace of RTCR's and its length in bytes.</summary>
    internal int ConfigDataspace;
    internal int ConfigLength;

    /// <summary>Bytes of the target's initial memory.</summary>
    internal int InitialMemorySize;

    internal Child? Child;

    /// <summary>What is to be done with targets, by their names; <c>null</c> for whatever is usual.</summary>
    internal ITargetPolicy? Policy;

    /// <summary>The number of the last checkpoint that was captured.</summary>
    internal int Commit;

    /// <summary>The epoch under which this board holds the target.</summary>
    internal int Epoch;

    /// <summary>The target has said that its work is done, and with which value.</summary>
    internal bool HasExited;
    internal int ExitValue;

    /// <summary>Calls of the target that wait for somebody else's answer.</summary>
    internal int Waiting;

    /// <summary>The number that what the target exports or is given next gets.</summary>
    internal int NextNumber = 1;

    /// <summary>Whether sessions whose clients are not there are closed at a restore, rather than kept for them.</summary>
    internal bool ClosesOrphans;

    /// <summary>Which other targets' services it may have.</summary>
    internal TargetRoute Route = new TargetRoute();

    /// <summary>The place's memory beside a co-processor; <c>null</c> where targets live in the board's memory.</summary>
    internal LiveBank? Bank;

    /// <summary>Whether any of the target's memory was put there, and so whether it goes with that.</summary>
    internal bool IsBeside;

    /// <summary>Whether the target runs or is held.</summary>
    internal bool IsAlive => State == TargetState.Running || State == TargetState.Held;

    /// <summary>The label of the gate that stands for one of the target's entries.</summary>
    internal int LabelOf(int entry) => Supervisor.FirstGateLabel | (Slot << 16) | entry;

    /// <summary>The place that a gate's label belongs to.</summary>
    internal static int SlotOf(int label) => (label - Supervisor.FirstGateLabel) >> 16;

    /// <summary>The entry that a gate's label stands for.</summary>
    internal static int EntryOf(int label) => label & 0xffff;
}
