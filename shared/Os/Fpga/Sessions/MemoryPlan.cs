// Which part of the co-processor's memory belongs to which session. The sessions' records say it; there is no other list.
// Invariant: parts do not overlap, and begin at multiples of the largest granule, so that what is aligned for a client is
// aligned for the co-processor.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Finds room for sessions.</summary>
internal static class MemoryPlan
{
    /// <summary>What parts are aligned to: the largest granule of a dirty map.</summary>
    internal const int Alignment = 65536;

    /// <summary>Finds the lowest place for a part.</summary>
    /// <param name="env">The driver's environment.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="memory">Bytes that there are.</param>
    /// <returns>Its address; −1 when there is no room.</returns>
    internal static int Find(Env env, int size, int memory)
    {
        int place = 0;
        for (int at = env.NextSession(0); at != 0 && place >= 0; at = env.NextSession(at))
        {
            var other = new EngineSession(env.Memory, at);
            if (place < other.Base + other.Size && other.Base < place + size)
            {
                // Behind this one, and all others have to be looked at again.
                place = (other.Base + other.Size + Alignment - 1) & -Alignment;
                at = 0;
            }

            place = size > memory || place > memory - size ? -1 : place;
        }

        return size > memory ? -1 : place;
    }
}
