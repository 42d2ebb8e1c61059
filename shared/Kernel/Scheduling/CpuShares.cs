// Shares of the processor's time (Genode's CPU quota): a thread whose share is spent yields to all that have some left, until the
// period ends; what nobody else wants it still gets, for nothing.
// Invariants: periods begin at multiples of their length on the board's clock; only time within a share is charged, and a handler
// that ran on beyond its share is charged for all of it, so that over many periods nobody gets more than its share from the others.
namespace Tern.Kernel;

/// <summary>All shares of a board.</summary>
internal sealed class CpuShares
{
    /// <summary>The whole, in hundredths of a percent.</summary>
    internal const int Whole = 10000;

    private readonly Microkernel _kernel;
    private readonly long _period;
    private CpuShare? _first;
    private long _current;

    internal CpuShares(Microkernel kernel)
    {
        _kernel = kernel;
        _period = kernel.Profile.CpuPeriodNanoseconds;
    }

    /// <summary>Whether there is any share to count.</summary>
    internal bool IsUsed => _first != null;

    /// <summary>The first of all shares, for the audit.</summary>
    internal CpuShare? First => _first;

    /// <summary>Makes a share, used once.</summary>
    /// <param name="parent">What it is a part of; <c>null</c> for the whole.</param>
    /// <param name="hundredths">1 to <see cref="Whole"/>: hundredths of a percent.</param>
    internal CpuShare Create(CpuShare? parent, int hundredths)
    {
        long limit = (parent == null ? _period : parent.Limit) * hundredths / Whole;
        var share = new CpuShare(parent, limit > 0 ? limit : 1);
        if (_first == null)
        {
            _current = _kernel.Core.Board.Clock.Nanoseconds / _period;
        }

        Use(parent);
        Use(share);
        share.Next = _first;
        _first = share;
        return share;
    }

    /// <summary>Counts one user more.</summary>
    internal static CpuShare? Use(CpuShare? share)
    {
        if (share != null)
        {
            share.Users++;
        }

        return share;
    }

    /// <summary>Counts one user less; the last one ends the share.</summary>
    internal void Release(CpuShare? share)
    {
        if (share == null || --share.Users > 0)
        {
            return;
        }

        CpuShare? previous = null;
        for (CpuShare? other = _first; other != share; other = other!.Next)
        {
            previous = other;
        }

        if (previous == null)
        {
            _first = share.Next;
        }
        else
        {
            previous.Next = share.Next;
        }

        Release(share.Parent);
    }

    /// <summary>The time has come to a period: if it is a new one, what was spent is there again.</summary>
    internal void Begin(long now)
    {
        long period = now / _period;
        long passed = period - _current;
        if (passed <= 0)
        {
            return;
        }

        _current = period;
        for (CpuShare? share = _first; share != null; share = share.Next)
        {
            bool isPaid = !share.IsSpent || share.Used / share.Limit < passed;
            share.Used = isPaid ? 0 : share.Used - (passed * share.Limit);
            share.IsSpent = share.Used >= share.Limit;
        }

        Requeue();
    }

    /// <summary>A thread of a share has run.</summary>
    internal void Charge(CpuShare? share, long nanoseconds)
    {
        bool isSpent = false;
        for (; share != null; share = share.Parent)
        {
            if (!share.IsSpent)
            {
                share.Used += nanoseconds;
                share.IsSpent = share.Used >= share.Limit;
                isSpent |= share.IsSpent;
            }
        }

        if (isSpent)
        {
            Requeue();
        }
    }

    private void Requeue()
    {
        for (int i = 0; i < _kernel.Threads.Length; i++)
        {
            Thread? thread = _kernel.Threads[i];
            if (thread?.Cpu?.Share != null)
            {
                _kernel.Ready.Requeue(thread);
            }
        }
    }
}
