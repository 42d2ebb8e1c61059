// The words of reports that the emulator understands; others are kept and may be expected, but mean nothing to it.
namespace Tern.HostEmulator;

/// <summary>What RTCR, targets and the emulator itself report.</summary>
public static class ReportWords
{
    /// <summary>RTCR holds a target: <c>reason=checkpoint</c> or <c>reason=migration</c>.</summary>
    public const string Paused = "paused";

    /// <summary>RTCR has a target's state: <c>bytes=</c>, <c>stop_ns=</c>.</summary>
    public const string Captured = "captured";

    /// <summary>RTCR has sealed a checkpoint: <c>ns=</c>.</summary>
    public const string Sealed = "sealed";

    /// <summary>A checkpoint is stored: <c>commit=</c>.</summary>
    public const string Committed = "committed";

    /// <summary>RTCR has ended its copy of a target.</summary>
    public const string Stopped = "stopped";

    /// <summary>RTCR has rebuilt a target: <c>bytes=</c>, <c>from=</c>, <c>epoch=</c>.</summary>
    public const string Restored = "restored";

    /// <summary>A target runs under this RTCR from now on.</summary>
    public const string Started = "started";

    /// <summary>A component has checked its own state, and it is whole.</summary>
    public const string Verified = "verified";

    /// <summary>A component has checked its own state, and it is not.</summary>
    public const string Broken = "broken";

    /// <summary>A board has announced that it will sleep: <c>grace_ms=</c>.</summary>
    public const string WillSleep = "will-sleep";

    /// <summary>A board sleeps, and all that it waited for were ready.</summary>
    public const string Asleep = "asleep";

    /// <summary>A board sleeps because its time was over: somebody was not ready.</summary>
    public const string PutToSleep = "put-to-sleep";

    /// <summary>A board is awake again.</summary>
    public const string Awake = "awake";

    /// <summary>The emulator has cut a board's power.</summary>
    public const string PowerOff = "power-off";
}
