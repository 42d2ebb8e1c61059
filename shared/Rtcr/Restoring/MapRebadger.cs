// The capability map lies in the target's own memory; after a restore its badges are another board's.
// Invariant: only RAM of the target's own is written, wherever the target has let its map point.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Re-badges the capability map in a target's memory.</summary>
internal sealed class MapRebadger
{
    private const int MostCapabilities = 4096;

    private readonly Env _env;
    private Region _region;

    internal MapRebadger(Env env)
    {
        _env = env;
    }

    /// <summary>Gives the capability map in the target's memory the badges that its capabilities have now.</summary>
    internal Error Rebadge(Target target)
    {
        int block = TargetMemory.Attach(_env, target, MemoryLayout.InitialMemory, 64, ref _region, out int blockBase, out Error error);
        if (block == 0)
        {
            return error;
        }

        int address = CapabilityMap.Locate(_env.Memory, block, out int size);
        _env.Detach(blockBase);
        if (size == 0)
        {
            return Error.None;
        }

        if ((uint)size > MostCapabilities)
        {
            return Error.BadData;
        }

        // A heap that grew is one to its component, but it consists of several dataspaces, and the map may lie across two.
        int selector = 0;
        while (selector < size)
        {
            int at = address + (4 * selector);
            int shown = TargetMemory.Attach(_env, target, at, 4, ref _region, out blockBase, out error);
            if (shown == 0)
            {
                return error;
            }

            int end = selector + ((_region.Size - (at - _region.Start)) / 4);
            end = end < size ? end : size;
            Rebadge(target, new CapabilityMap(_env.Memory, shown - (4 * selector)), selector, end);
            selector = end;
            _env.Detach(blockBase);
        }

        return Error.None;
    }

    private void Rebadge(Target target, CapabilityMap map, int from, int end)
    {
        var native = new NativePd(_env, target.Child!.Native);
        for (int selector = from; selector < end; selector++)
        {
            if (map.Read(selector) != 0)
            {
                native.ReadSelector(selector, out int badge);
                map.Write(selector, badge);
            }
        }
    }
}
