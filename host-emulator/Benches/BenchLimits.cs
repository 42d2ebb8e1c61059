// How large a bench file may be. What is beyond is refused by name before it costs anything, so every reader behind is bounded.
namespace Tern.HostEmulator;

/// <summary>The bounds that every bench file keeps.</summary>
internal static class BenchLimits
{
    /// <summary>Bytes of one file.</summary>
    internal const int Bytes = 4 * 1024 * 1024;

    /// <summary>Elements within one another, the root included. A board's own reader takes 16 in a configuration.</summary>
    internal const int Depth = 64;

    /// <summary>Elements of one file.</summary>
    internal const int Elements = 100_000;

    /// <summary>Attributes of one element.</summary>
    internal const int Attributes = 64;

    /// <summary>Boards of one bench.</summary>
    internal const int Boards = 250;

    /// <summary>Problems of one file that are told.</summary>
    internal const int Problems = 100;
}
