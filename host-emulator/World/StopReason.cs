// Why a world's loop ended.
namespace Tern.HostEmulator;

/// <summary>Why <see cref="World.Run"/> returned.</summary>
public enum StopReason
{
    /// <summary>Somebody called <see cref="World.Stop"/>.</summary>
    Asked,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>Nothing will ever happen again: every board sleeps without a timer and nothing is under way.</summary>
    Quiet,
}
