// Reads a capability space for a checkpoint, as many selectors as one message holds: a call for each would be most of the
// time for which a small target is held.
namespace Tern.Kernel;

/// <summary>Packs selectors and badges into a message.</summary>
internal static class SelectorReader
{
    private const int RecordSize = 8;

    /// <summary>Adds the selectors in use to a message, from one on.</summary>
    /// <returns>Where to go on; 0 at the end.</returns>
    internal static int Read(ObjectTable objects, CapabilitySpace space, int first, MessageBuffer to)
    {
        int size = space.Size;
        for (int selector = first < 0 ? 0 : first; selector < size; selector++)
        {
            if (!space.IsUsed(selector))
            {
                continue;
            }

            if (to.Length + RecordSize > Message.MaxBytes)
            {
                return selector;
            }

            LittleEndian.Write(to.Bytes, to.Length, selector);
            LittleEndian.Write(to.Bytes, to.Length + 4, objects.Badge(space.Lookup(selector)));
            to.Length += RecordSize;
        }

        return 0;
    }
}
