// What messages between clients and targets carry, whoever's it is: from RTCR's selectors to what lasts beyond a target's
// life, and from there to what the receiver is to get.
// Invariants: a target's own gate leaves it only wrapped and comes back to it as itself; whatever a target is given has an
// entry in its online storage.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Translates capabilities. A reference is 0 for none, positive for an export, negative for a foreign object.</summary>
internal sealed class References
{
    private readonly Env _env;
    private readonly Target[] _targets;
    private readonly ExportTable _exports;
    private readonly ForeignTable _foreign;

    internal References(Env env, Target[] targets, ExportTable exports, ForeignTable foreign)
    {
        _env = env;
        _targets = targets;
        _exports = exports;
        _foreign = foreign;
    }

    internal static int ToExport(int row) => row + 1;

    /// <summary>What a capability in a request to a target refers to. A foreign one is used until <see cref="Release"/>.</summary>
    /// <param name="owner">The target's name.</param>
    /// <param name="selector">RTCR's selector, as it came with the request.</param>
    /// <param name="reference">The reference.</param>
    /// <returns>TableFull when there is no room to remember it; OutOfCaps when it cannot be wrapped.</returns>
    internal Error Take(string owner, int selector, out int reference)
    {
        reference = 0;
        if (selector == Selectors.Invalid)
        {
            return Error.None;
        }

        int row = _exports.RowOf(_env.LabelOf(selector));
        if (row < 0 && FindOwner(_env.Badge(selector), out Target? target, out int entry))
        {
            row = Export(target!, entry, out Error error);
            if (row < 0)
            {
                return error;
            }
        }

        if (row >= 0)
        {
            reference = ToExport(row);
            return Error.None;
        }

        int foreign = _foreign.Take(owner, selector);
        reference = foreign < 0 ? 0 : -1 - foreign;
        return foreign < 0 ? Error.TableFull : Error.None;
    }

    /// <summary>A request that carried a reference is over.</summary>
    internal void Release(int reference)
    {
        if (reference < 0)
        {
            _foreign.Unuse(-1 - reference);
        }
    }

    /// <summary>The entry under which a living target knows what a reference means; it is made if there is none.</summary>
    /// <returns>TableFull when the target's online storage is full.</returns>
    internal Error Resolve(Target target, int reference, out int entry)
    {
        entry = -1;
        if (reference == 0)
        {
            return Error.None;
        }

        if (reference < 0)
        {
            int foreign = -1 - reference;
            int known = target.Storage.Find(_env.Badge(_foreign.Selector(foreign)));
            if (known < 0)
            {
                _foreign.Give(foreign, target);
            }

            entry = known;
            return known >= 0 ? Error.None
                : AddForeign(target, "", _foreign.Number(foreign), _foreign.Selector(foreign), out entry);
        }

        return ResolveExport(target, reference - 1, out entry);
    }

    /// <summary>The entry for an export of another target's; that target's own is its own entry.</summary>
    internal Error ResolveExport(Target target, int row, out int entry)
    {
        if (_exports.TargetOf(row) == target)
        {
            entry = _exports.Entry[row];
            return Error.None;
        }

        int selector = SelectorOf(row);
        entry = selector == Selectors.Invalid ? -1 : target.Storage.Find(_env.Badge(selector));
        return selector == Selectors.Invalid || entry >= 0
            ? Error.None
            : AddForeign(target, _exports.Owner[row], NumberOf(row), selector, out entry);
    }

    /// <summary>What others get for an export: the wrapper, or the object itself when it is not wrapped.</summary>
    internal int SelectorOf(int row)
    {
        if (_exports.Kind(row) != ExportKind.Shared)
        {
            return _exports.Wrapper(row);
        }

        return _exports.TargetOf(row) == null ? Selectors.Invalid : _exports.TargetOf(row)!.Storage.Selector(_exports.Entry[row]);
    }

    /// <summary>What leaves when a target gives one of its objects away.</summary>
    /// <param name="target">The target.</param>
    /// <param name="entry">The object's entry.</param>
    /// <param name="error">Why it cannot leave; None otherwise.</param>
    internal int Leaving(Target target, int entry, out Error error)
    {
        error = Error.None;
        OnlineStorage storage = target.Storage;
        if (!storage.IsOwnGate(entry, _env.TypeOf(storage.Selector(entry))))
        {
            return storage.RealOf(entry);
        }

        int row = Export(target, entry, out error);
        return row < 0 ? Selectors.Invalid : _exports.Wrapper(row);
    }

    /// <summary>Enters a capability that an answer brought if it is another target's of this RTCR.</summary>
    /// <returns>Whether it is; its entry is −1 when the online storage is full.</returns>
    internal bool Recognize(Target target, int selector, out int entry)
    {
        entry = -1;
        int row = _exports.RowOf(_env.LabelOf(selector));
        if (row < 0 && FindOwner(_env.Badge(selector), out Target? owner, out int known) && owner != target
            && owner!.Storage.Kind(known) != ObjectKind.Foreign)
        {
            row = Export(owner, known, out Error _);
            if (row < 0)
            {
                return true;
            }
        }

        return row >= 0 && (ResolveExport(target, row, out entry) != Error.None || entry >= 0);
    }

    /// <summary>The row for an object of a living target's, made if there is none.</summary>
    private int Export(Target target, int entry, out Error error)
    {
        int row = _exports.Find(target, entry);
        error = Error.None;
        if (row >= 0)
        {
            return row;
        }

        bool isGate = target.Storage.IsOwnGate(entry, _env.TypeOf(target.Storage.Selector(entry)));
        row = _exports.Add(isGate ? ExportKind.RpcObject : ExportKind.Shared, target.Name, target.NextNumber, out error);
        if (row >= 0)
        {
            target.NextNumber++;
            _exports.Bind(row, target, entry);
        }

        return row;
    }

    /// <summary>The living target that has an object and did not get it from somebody else.</summary>
    private bool FindOwner(int badge, out Target? target, out int entry)
    {
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            target = _targets[slot];
            entry = target.IsAlive ? target.Storage.Find(badge) : -1;
            if (entry >= 0 && target.Storage.Kind(entry) != ObjectKind.Foreign)
            {
                return true;
            }
        }

        target = null;
        entry = -1;
        return false;
    }

    /// <summary>An export's number, negative when it is not wrapped.</summary>
    private int NumberOf(int row) => _exports.Kind(row) == ExportKind.Shared ? -_exports.Number[row] : _exports.Number[row];

    private Error AddForeign(Target target, string owner, int number, int selector, out int entry)
    {
        entry = target.Storage.Add(ObjectKind.Foreign, owner, null, -1);
        if (entry < 0)
        {
            return Error.TableFull;
        }

        target.Storage.SetNumber(entry, number);
        target.Storage.Bind(_env, entry, selector, selector);
        return Error.None;
    }
}
