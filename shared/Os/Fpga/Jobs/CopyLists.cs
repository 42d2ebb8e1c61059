// Lists of copies: each entry is checked, and translated to the co-processor's own addresses where it stands, in the driver's memory, where
// no client can change it between the two.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Checks lists of copies.</summary>
internal static class CopyLists
{
    // The sum of the lengths is only an estimate of how long the list takes.
    private const int MostBytes = 1 << 30;

    /// <summary>Checks and translates a list.</summary>
    /// <param name="memory">The driver's memory.</param>
    /// <param name="list">Its address there.</param>
    /// <param name="entries">How many.</param>
    /// <param name="session">Whose addresses they are.</param>
    /// <param name="bytes">Gets how much it moves.</param>
    internal static Error Translate(Memory memory, int list, int entries, EngineSession session, out int bytes)
    {
        bytes = 0;
        int offset = session.Base;
        for (int at = list; at < list + (entries * CopyEngineList.EntrySize); at += CopyEngineList.EntrySize)
        {
            int source = memory.ReadInt32(at + CopyEngineList.Source);
            int destination = memory.ReadInt32(at + CopyEngineList.Destination);
            int length = memory.ReadInt32(at + CopyEngineList.Length);
            if (!IsCopy(session, source, destination, length) || memory.ReadInt32(at + CopyEngineList.Length + 4) != 0)
            {
                return Error.BadArgument;
            }

            memory.WriteInt32(at + CopyEngineList.Source, source + offset);
            memory.WriteInt32(at + CopyEngineList.Destination, destination + offset);
            bytes = length < MostBytes - bytes ? bytes + length : MostBytes;
        }

        return Error.None;
    }

    /// <summary>Whether a copy stays in a session's memory, and is one that goes upwards rightly.</summary>
    internal static bool IsCopy(EngineSession session, int source, int destination, int length)
        => session.Has(source, length) && session.Has(destination, length) && (destination <= source || destination - source >= length);
}
