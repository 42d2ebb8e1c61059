// A share of the processor's time: so much of each period for all threads of a CPU session together.
// Invariant: whoever uses a share counts as one of its users, and it lasts as long as one is left.
namespace Tern.Kernel;

/// <summary>A share, a part of another share or of the whole processor.</summary>
internal sealed class CpuShare
{
    internal CpuShare(CpuShare? parent, long limit)
    {
        Parent = parent;
        Limit = limit;
    }

    /// <summary>The share that this one is a part of; <c>null</c> for a part of the whole.</summary>
    internal CpuShare? Parent { get; }

    /// <summary>Nanoseconds of each period.</summary>
    internal long Limit { get; }

    /// <summary>Nanoseconds used in this period, and those by which the last handler exceeded earlier ones.</summary>
    internal long Used;

    /// <summary>Nothing is left of it until the period ends.</summary>
    internal bool IsSpent;

    /// <summary>Sessions, threads and parts that use it.</summary>
    internal int Users;

    /// <summary>The next of all shares.</summary>
    internal CpuShare? Next;

    /// <summary>Whether this share or one that it is a part of is spent.</summary>
    internal bool MustYield
    {
        get
        {
            CpuShare? share = this;
            while (share != null && !share.IsSpent)
            {
                share = share.Parent;
            }

            return share != null;
        }
    }
}
