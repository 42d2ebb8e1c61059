// What a sheep server remembers of each client: the record of the client's session.
using Tern.Kernel;

namespace Tern.Components;

/// <summary>One client's flock.</summary>
/// <param name="memory">The server's memory.</param>
/// <param name="at">The address of the session's record.</param>
internal readonly struct FlockRecord(Memory memory, int at)
{
    internal const int Size = 8;

    /// <summary>The sheep in the flock.</summary>
    internal int Sheep { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>How many times the client asked.</summary>
    internal int Requests { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }
}

/// <summary>Operations of a Sheep session.</summary>
public static class SheepOperation
{
    /// <summary>Adds sheep to the client's flock. Word 0: how many. Answer: word 0, the sheep now; word 1, requests so far.</summary>
    public const int Add = 1;
}
