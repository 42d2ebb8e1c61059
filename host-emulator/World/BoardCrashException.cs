// A kernel on a virtual board threw, or the core of a co-processor: a defect of Tern, never of what the board was given.
using System.Globalization;

namespace Tern.HostEmulator;

/// <summary>Tells which board crashed and when, so that the seed replays it.</summary>
public sealed class BoardCrashException : Exception
{
    /// <summary>Makes the exception.</summary>
    public BoardCrashException(string board, long time, Exception cause)
        : base(string.Create(CultureInfo.InvariantCulture, $"board {board} crashed at {time / 1e9:F6} s: {cause?.Message}"), cause)
    {
        Board = board;
        Time = time;
    }

    /// <summary>The board's name.</summary>
    public string Board { get; }

    /// <summary>World time in nanoseconds.</summary>
    public long Time { get; }
}
