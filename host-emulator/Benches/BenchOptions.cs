// What a run of a bench adds to its file.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>How to run a bench.</summary>
public sealed class BenchOptions
{
    /// <summary>What decides everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether time passes (figures are measured) instead of being modelled.</summary>
    public bool RealTime { get; init; }

    /// <summary>Whether the boards meet over real sockets on loopback addresses; real time only, and without faults of the network.</summary>
    public bool RealSockets { get; init; }

    /// <summary>Where log lines go; nowhere when not set.</summary>
    public ILogSink? Log { get; init; }

    /// <summary>Takes the traces of all boards; they make none when not set.</summary>
    public TraceLog? Trace { get; init; }

    /// <summary>Keeps each board's storage device in a file there, so that it outlives the run.</summary>
    public string? StorageDirectory { get; init; }

    /// <summary>Keeps every committed checkpoint as a file there; nowhere when not set.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Writes the capability space of every restored target there, before its checkpoint and after its restore; nowhere when not set.</summary>
    public string? CapabilityDirectory { get; init; }

    /// <summary>How long one event, such as a handler, may take in real time before the run is ended; zero for ever.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the watchdog interrupts the thread, so that the error has its stack. The runtime does that without harm only in a process that
    /// ends soon, so it is for the command line. Otherwise the thread is left behind; it stops when the event ends after all.</summary>
    public bool WatchdogInterrupts { get; init; }

    /// <summary>What the watchdog counts by; this machine's timers when not given.</summary>
    public TimeProvider WatchdogTime { get; init; } = TimeProvider.System;

    /// <summary>Overrides how long the run may take, in nanoseconds of world time; 0 for the bench's own.</summary>
    public long WithinNanoseconds { get; init; }

    /// <summary>Who plays every co-processor; what the bench says when not set.</summary>
    public FpgaCoreKind? FpgaCore { get; init; }

    /// <summary>Makes the core of a kind with so many bytes of memory; the emulator's own cores when not given.</summary>
    public Func<FpgaCoreKind, int, IFpgaCore>? FpgaCores { get; init; }

    /// <summary>Makes the program of a name; the emulator's own programs when not given.</summary>
    public Func<string, Program?>? Programs { get; init; }

    /// <summary>What runs on each board; Tern's kernel when not given.</summary>
    public Func<IBoard, IMachine>? MachineOf { get; init; }
}
