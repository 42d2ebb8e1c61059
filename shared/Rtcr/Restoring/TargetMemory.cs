// A look into a target's memory at one of its own addresses, through the dataspace that is attached there.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Finds and attaches pieces of a target's memory.</summary>
internal static class TargetMemory
{
    /// <summary>Attaches the dataspace that a target has at a range of addresses.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="target">The target.</param>
    /// <param name="domain">Which of its domains.</param>
    /// <param name="address">The first address, as the target sees it.</param>
    /// <param name="length">How many bytes; they must lie in one region.</param>
    /// <param name="region">Room for reading regions.</param>
    /// <param name="attached">Where the dataspace was attached, to be detached again.</param>
    /// <param name="error">NotFound when nothing is there, BadData when it is not the target's own; otherwise why it cannot be attached.</param>
    /// <returns>The first address as RTCR sees it; 0 on an error.</returns>
    internal static int Attach(Env env, Target target, int domain, int address, int length, ref Region region, out int attached, out Error error)
    {
        attached = 0;
        int map = Domains.AddressSpace(target, domain);
        error = Error.NotFound;
        for (int i = 0; env.ReadRegion(map, i, ref region); i++)
        {
            bool contains = address >= region.Start && length <= region.Size && address - region.Start <= region.Size - length;
            int entry = contains ? target.Storage.Find(region.Badge) : -1;
            error = contains ? Error.BadData : error;

            // Only RAM of the target's own: where it has let its runtime's block point is its own affair, not RTCR's fault.
            if (entry >= 0 && target.Storage.HasContent(entry, env.TypeOf(target.Storage.Selector(entry))))
            {
                attached = env.Attach(target.Storage.Selector(entry));
                error = attached == 0 ? env.LastError : Error.None;
                return attached == 0 ? 0 : attached + region.Offset + address - region.Start;
            }
        }

        return 0;
    }
}
