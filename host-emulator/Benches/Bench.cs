// A bench as its file describes it: boards, wiring, faults and what is expected. Plain data, checked by BenchReader.
namespace Tern.HostEmulator;

/// <summary>A bench.</summary>
public sealed class Bench
{
    /// <summary>Its name; the file's, without extension, unless the file says otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Description { get; init; }

    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>The network between the boards.</summary>
    public required NetworkModel Network { get; init; }

    /// <summary>The boards in the file's order.</summary>
    public required IReadOnlyList<BenchBoard> Boards { get; init; }

    /// <summary>What happens to boards and cables, and when.</summary>
    public required IReadOnlyList<BenchFault> Faults { get; init; }

    /// <summary>Sensors outside of the boards that pulse interrupts.</summary>
    public required IReadOnlyList<PulseModel> Pulses { get; init; }

    /// <summary>When boards sleep and wake, in the order of time.</summary>
    public required IReadOnlyList<BenchSleep> Sleeps { get; init; }

    /// <summary>Makes fresh expectations for one run.</summary>
    public required Func<IReadOnlyList<Expectation>> NewExpectations { get; init; }

    /// <summary>Whether a run fails when a board logs an error: <c>[init] Error: …</c>.</summary>
    public required bool LogErrorsFail { get; init; }

    /// <summary>A component that waits for an answer for so many nanoseconds is told of; 0 for never.</summary>
    public long WaitWarningNanoseconds { get; init; }

    /// <summary>The run ends at the latest after so many nanoseconds of world time.</summary>
    public required long WithinNanoseconds { get; init; }
}
