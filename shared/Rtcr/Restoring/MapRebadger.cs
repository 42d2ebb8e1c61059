// A component's capability map lies in its own memory; after a restore its badges are another board's.
// Invariant: only RAM of the target's own is written, wherever the target has let its map point.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Re-badges the capability maps in a target's memory.</summary>
internal sealed class MapRebadger
{
    private const int MostCapabilities = 4096;

    private readonly Env _env;
    private Region _region;

    internal MapRebadger(Env env)
    {
        _env = env;
    }

    /// <summary>Gives the capability maps of all domains the badges that their capabilities have now.</summary>
    internal Error Rebadge(Target target)
    {
        Error error = Error.None;
        for (int domain = Domains.Own; domain != Domains.End && error == Error.None; domain = Domains.Next(target.Storage, domain))
        {
            error = Rebadge(target, domain);
        }

        return error;
    }

    private Error Rebadge(Target target, int domain)
    {
        int block = TargetMemory.Attach(_env, target, domain, MemoryLayout.InitialMemory, 64, ref _region, out int blockBase, out Error error);
        if (block == 0)
        {
            // A child that is still being made has no memory yet, and so no map.
            return error == Error.NotFound && domain != Domains.Own ? Error.None : BadIfNowhere(error);
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
            int shown = TargetMemory.Attach(_env, target, domain, at, 4, ref _region, out blockBase, out error);
            if (shown == 0)
            {
                return BadIfNowhere(error);
            }

            int end = selector + ((_region.Size - (at - _region.Start)) / 4);
            end = end < size ? end : size;
            Rebadge(new NativePd(_env, Domains.Native(target, domain)), new CapabilityMap(_env.Memory, shown - (4 * selector)), selector, end);
            selector = end;
            _env.Detach(blockBase);
        }

        return Error.None;
    }

    private static Error BadIfNowhere(Error error) => error == Error.NotFound ? Error.BadData : error;

    private static void Rebadge(NativePd native, CapabilityMap map, int from, int end)
    {
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
