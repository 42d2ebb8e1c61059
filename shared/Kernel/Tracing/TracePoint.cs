// Points in programs that tools know. A component's own points are numbers below these.
namespace Tern.Kernel;

/// <summary>Well-known points (see <see cref="Env.Trace"/>). Those of checkpoints come from RTCR; their b is the subject of the
/// target's first thread.</summary>
public static class TracePoint
{
    /// <summary>The first number that is not a component's own.</summary>
    public const int FirstKnown = 0x10000;

    /// <summary>A checkpoint begins: the target is paused. c: its number.</summary>
    public const int CheckpointBegin = 0x10001;

    /// <summary>The target's state is captured, or could not be: the target goes on. c: the error.</summary>
    public const int CheckpointCaptured = 0x10002;

    /// <summary>The image is sealed, or could not be. c: the error.</summary>
    public const int CheckpointSealed = 0x10003;

    /// <summary>A checkpoint is stored off the board. c: its number.</summary>
    public const int CheckpointCommitted = 0x10004;

    /// <summary>A restore begins. b: 0; c: the epoch.</summary>
    public const int RestoreBegin = 0x10005;

    /// <summary>A target was restored and runs, or not. b: 0 if not; c: the error.</summary>
    public const int RestoreEnd = 0x10006;

    /// <summary>A target is held until it is released or ends: it is to migrate.</summary>
    public const int TargetHeld = 0x10007;

    /// <summary>A held target goes on here.</summary>
    public const int TargetReleased = 0x10008;

    /// <summary>This board's copy of a target is ended.</summary>
    public const int TargetStopped = 0x10009;
}
