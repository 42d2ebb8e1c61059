// The memory beside the co-processor that a place for targets has: a managed dataspace of the driver's, behind those of the
// target's dataspaces that fit.
// Invariants: what lives here is told by the kernel, dataspace for dataspace, so nothing has to be kept in step; two dataspaces
// never share a byte; a fresh dataspace is zero; a bank that does not answer gets nothing more; what
// moves here from the board does so when all of it has been copied, or not at all.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Places a target's dataspaces in FPGA-side memory.</summary>
internal sealed class LiveBank
{
    private readonly Env _env;

    // A page of zeros, and a page to read to.
    private readonly int _blank;
    private readonly int _scratch;

    // Below this something has been written since the bank's memory was empty.
    private int _clean;

    /// <param name="env">RTCR's environment.</param>
    /// <param name="blank">A dataspace of one page that stays zero.</param>
    /// <param name="scratch">A dataspace of one page, for anything.</param>
    internal LiveBank(Env env, int blank, int scratch)
    {
        _env = env;
        _blank = blank;
        _scratch = scratch;
    }

    /// <summary>RTCR's selector for the managed dataspace; invalid while there is none.</summary>
    internal int Selector { get; private set; }

    /// <summary>Whether dataspaces may be placed here.</summary>
    internal bool IsUsable { get; private set; }

    /// <summary>A bank of empty memory has come.</summary>
    internal void Begin(int selector)
    {
        Selector = selector;
        IsUsable = true;
        _clean = 0;
    }

    /// <summary>What is in the bank is lost.</summary>
    internal void Break() => IsUsable = false;

    /// <summary>The bank is given up.</summary>
    internal void End()
    {
        IsUsable = false;
        Selector = Selectors.Invalid;
    }

    /// <summary>Touches the bank, before a target relies on it: the co-processor may have gone unnoticed.</summary>
    internal void Check()
    {
        if (IsUsable)
        {
            IsUsable = _env.CopyDataspace(Selector, 0, _scratch, 0, _env.Memory.PageSize) == Error.None;
        }
    }

    /// <summary>Puts a dataspace that a target has just got here, empty, if there is room; otherwise it stays in the board's memory.</summary>
    internal void Place(Target target, int entry)
    {
        // What is being restored moves when it is whole.
        int size = target.State == TargetState.Restoring ? 0 : SizeOf(target, entry);
        int at = size > 0 && IsUsable ? Find(target, size) : -1;
        for (int page = at; at >= 0 && page < at + size && page < _clean && IsUsable; page += _env.Memory.PageSize)
        {
            IsUsable = _env.CopyDataspace(_blank, 0, Selector, page, _env.Memory.PageSize) == Error.None;
        }

        if (at >= 0 && IsUsable)
        {
            Back(target, entry, at, size);
        }
    }

    /// <summary>Moves what a target has in the board's memory here, where nothing of it is yet: all that there is room for; nothing, if the co-processor fails.</summary>
    internal void Adopt(Target target)
    {
        Adopt(target, false);
        Adopt(target, true);
    }

    /// <summary>Copies a target's dataspaces here, one behind the other, or puts what was copied behind them.</summary>
    private void Adopt(Target target, bool isCopied)
    {
        int at = 0;
        for (int entry = 0; entry < target.Storage.Count && IsUsable; entry++)
        {
            int size = SizeOf(target, entry);
            if (size == 0 || size > _env.SizeOf(Selector) - at)
            {
                continue;
            }

            if (isCopied)
            {
                Back(target, entry, at, size);
            }
            else
            {
                IsUsable = _env.CopyDataspace(target.Storage.Selector(entry), 0, Selector, at, size) == Error.None;
                _clean = at + size > _clean ? at + size : _clean;
            }

            at += size;
        }
    }

    private void Back(Target target, int entry, int at, int size)
    {
        target.IsBeside |= new NativePd(_env, Domains.Native(target, Domains.Of(target.Storage, entry))).Back(target.Storage.Selector(entry), Selector, at)
            == Error.None;
        _clean = at + size > _clean ? at + size : _clean;
    }

    /// <summary>The size of an entry that is memory of the target's own; 0 for any other.</summary>
    private int SizeOf(Target target, int entry)
    {
        int selector = target.Storage.Has(entry) ? target.Storage.Selector(entry) : Selectors.Invalid;
        return selector != Selectors.Invalid && target.Storage.IsRam(entry, _env.TypeOf(selector)) ? _env.SizeOf(selector) : 0;
    }

    /// <summary>Where in the bank an entry of the target's lives; −1 when it does not.</summary>
    internal int PlaceOf(Target target, int entry, out int size)
    {
        OnlineStorage storage = target.Storage;
        size = 0;
        if (Selector == Selectors.Invalid || !storage.Has(entry))
        {
            return -1;
        }

        int dataspace = storage.Selector(entry);
        int badge = _env.BackingOf(dataspace, out int at);
        if (badge == 0 || badge != _env.Badge(Selector))
        {
            return -1;
        }

        size = _env.SizeOf(dataspace);
        return at;
    }

    /// <summary>Whether anything of the target lives here.</summary>
    internal bool HasAny(Target target)
    {
        for (int entry = 0; entry < target.Storage.Count; entry++)
        {
            if (PlaceOf(target, entry, out int _) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lowest place that is free; −1 for none.</summary>
    private int Find(Target target, int size)
    {
        int at = 0;
        int end = _env.SizeOf(Selector);
        bool isFree = false;
        while (!isFree && at <= end - size)
        {
            isFree = true;
            for (int entry = 0; entry < target.Storage.Count && isFree; entry++)
            {
                int other = PlaceOf(target, entry, out int length);
                isFree = other < 0 || other >= at + size || other + length <= at;
                at = isFree ? at : other + length;
            }
        }

        return isFree ? at : -1;
    }
}
