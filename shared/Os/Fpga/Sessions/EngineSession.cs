// What the driver remembers of a client: the record of its session.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>A view on a session's record.</summary>
/// <param name="memory">The driver's memory.</param>
/// <param name="at">The address of the session's record.</param>
internal readonly struct EngineSession(Memory memory, int at)
{
    /// <summary>Bytes of a record.</summary>
    internal const int RecordSize = 48;

    /// <summary>The address of its part of the co-processor's memory.</summary>
    internal int Base { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>Bytes of its part.</summary>
    internal int Size { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>Whether its part is empty or its own: see <see cref="CopyEngineState"/>.</summary>
    internal int State { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>How often it has become ready.</summary>
    internal int Generation { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    /// <summary>The client's signal context; 0 for none.</summary>
    internal int Signal { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }

    /// <summary>The client's buffer; 0 for none.</summary>
    internal int Buffer { get => memory.ReadInt32(at + 20); set => memory.WriteInt32(at + 20, value); }

    /// <summary>The oldest job that was not collected; 0 for none.</summary>
    internal int FirstJob { get => memory.ReadInt32(at + 24); set => memory.WriteInt32(at + 24, value); }

    /// <summary>The youngest job; 0 for none.</summary>
    internal int LastJob { get => memory.ReadInt32(at + 28); set => memory.WriteInt32(at + 28, value); }

    /// <summary>The first job of which something is still to be given to the co-processor; 0 for none.</summary>
    internal int NextJob { get => memory.ReadInt32(at + 32); set => memory.WriteInt32(at + 32, value); }

    /// <summary>How many jobs there are.</summary>
    internal int Jobs { get => memory.ReadInt32(at + 36); set => memory.WriteInt32(at + 36, value); }

    /// <summary>The number of the last job that was submitted.</summary>
    internal int Number { get => memory.ReadInt32(at + 40); set => memory.WriteInt32(at + 40, value); }

    /// <summary>Whether the client is to be signalled.</summary>
    internal bool HasNews { get => memory.ReadInt32(at + 44) != 0; set => memory.WriteInt32(at + 44, value ? 1 : 0); }

    /// <summary>Whether a range of the session's own addresses is within its part.</summary>
    internal bool Has(int address, int length)
        => length > 0 && address >= 0 && length <= Size && address <= Size - length;
}
