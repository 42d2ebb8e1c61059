// Objects of one target that another one has, when the first goes and when it comes back: dead selectors in between.
// Invariant: what is put back is what was taken away: the same selectors, the same regions, of the object with the same number.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes other targets' objects away and puts them back.</summary>
internal sealed class LateBinder
{
    private readonly Env _env;
    private readonly Target[] _targets;
    private readonly ExportTable _exports;
    private readonly References _references;
    private readonly LateTable _late;
    private readonly MapRebadger _map;
    private Region _region;

    internal LateBinder(Env env, Target[] targets, ExportTable exports, References references, LateTable late)
    {
        _env = env;
        _targets = targets;
        _exports = exports;
        _references = references;
        _late = late;
        _map = new MapRebadger(env);
    }

    /// <summary>Finds the object of an entry, when its target is restored.</summary>
    /// <returns>TableFull or OutOfCaps when there is no room for the gate of one that is not here yet.</returns>
    internal Error Make(Target target, int entry)
    {
        OnlineStorage storage = target.Storage;
        string owner = storage.Name(entry);
        int number = storage.Number(entry);
        int row = _exports.Find(owner, number < 0 ? -number : number);
        if (row < 0 && number > 0)
        {
            // Its gate is RTCR's own: whoever asks it waits until the owner is here.
            row = _exports.Add(ExportKind.RpcObject, owner, number, out Error error);
            if (row < 0)
            {
                return error;
            }
        }

        int selector = row < 0 ? Selectors.Invalid : _references.SelectorOf(row);
        if (selector != Selectors.Invalid)
        {
            storage.Bind(_env, entry, selector, selector);
        }

        return Error.None;
    }

    /// <summary>A target goes on elsewhere or later: what others have of it is remembered.</summary>
    /// <param name="owner">The target's name.</param>
    /// <param name="keepsGates">Whether its gates stay, since they are RTCR's.</param>
    internal void Down(string owner, bool keepsGates)
    {
        for (int slot = 0; slot < _targets.Length; slot++)
        {
            Target target = _targets[slot];
            for (int entry = 0; entry < target.Storage.Count && target.Name != owner && target.IsAlive; entry++)
            {
                bool isOwners = target.Storage.Kind(entry) == ObjectKind.Foreign && target.Storage.Name(entry) == owner && target.Storage.Badge(entry) != 0;
                if (isOwners && (!keepsGates || target.Storage.Number(entry) < 0))
                {
                    TakeAway(target, entry);
                    target.Storage.Bind(_env, entry, Selectors.Invalid, Selectors.Invalid);
                }
            }
        }
    }

    /// <summary>A target has been restored: others get back what they had of it.</summary>
    internal void Resume(Target owner)
    {
        for (int row = 0; row < _late.Capacity; row++)
        {
            Target? target = _late.TargetOf(row);
            if (target != null && target.IsAlive && target.Storage.Name(_late.Entry(row)) == owner.Name)
            {
                PutBack(target, row);
                _late.Remove(row);
                _map.Rebadge(target);
            }
        }
    }

    /// <summary>The gate that was made for an object whose owner never came, if no other target has it.</summary>
    /// <returns>Its row; −1 for none.</returns>
    internal int FindUnowned(Target target, int entry)
    {
        string owner = target.Storage.Name(entry);
        int number = target.Storage.Number(entry);
        int row = owner.Length == 0 ? -1 : _exports.Find(owner, number);
        bool isUnowned = row >= 0 && !_exports.WasBound(row);
        for (int slot = 0; slot < _targets.Length && isUnowned; slot++)
        {
            isUnowned = _targets[slot] == target || !Has(_targets[slot].Storage, owner, number);
        }

        return isUnowned ? row : -1;
    }

    private static bool Has(OnlineStorage storage, string owner, int number)
    {
        bool has = false;
        for (int entry = 0; entry < storage.Count; entry++)
        {
            has |= storage.Kind(entry) == ObjectKind.Foreign && storage.Name(entry) == owner && storage.Number(entry) == number;
        }

        return has;
    }

    private void TakeAway(Target target, int entry)
    {
        OnlineStorage storage = target.Storage;
        int badge = storage.Badge(entry);
        bool isKept = badge != 0;
        for (int domain = Domains.Own; domain != Domains.End && isKept; domain = Domains.Next(storage, domain))
        {
            isKept = TakeAway(target, domain, entry, badge);
        }

        for (int map = 0; map < storage.Count && isKept; map++)
        {
            int shown = storage.Kind(map) == ObjectKind.Free ? Selectors.Invalid : storage.Selector(map);
            for (int i = 0; _env.ReadRegion(shown, i, ref _region) && isKept; i++)
            {
                isKept = _region.Badge != badge || _late.AddRegion(target, entry, map, _region);
            }
        }

        if (!isKept)
        {
            _env.Log("Warning: " + target.Name + " does not get back all that it has of " + storage.Name(entry) + ": "
                + Errors.Name(Error.TableFull));
        }
    }

    private bool TakeAway(Target target, int domain, int entry, int badge)
    {
        var native = new NativePd(_env, Domains.Native(target, domain));
        bool isKept = true;
        int size = native.CapabilitySpaceSize();
        for (int selector = 0; selector < size && isKept; selector++)
        {
            native.ReadSelector(selector, out int found);
            isKept = found != badge || _late.AddSelector(target, domain, entry, selector);
        }

        return isKept;
    }

    private void PutBack(Target target, int row)
    {
        OnlineStorage storage = target.Storage;
        int entry = _late.Entry(row);
        int number = storage.Number(entry);
        int export = _exports.Find(storage.Name(entry), number < 0 ? -number : number);
        int selector = export < 0 ? Selectors.Invalid : _references.SelectorOf(export);
        if (selector == Selectors.Invalid)
        {
            return;
        }

        storage.Bind(_env, entry, selector, selector);
        if (_late.Selector(row) >= 0)
        {
            // What is somebody else's by now stays that.
            var native = new NativePd(_env, Domains.Native(target, _late.Domain(row)));
            if (native.IsUsed(_late.Selector(row)))
            {
                native.Install(_late.Selector(row), selector);
            }

            return;
        }

        Region region = _late.RegionAt(row);
        _env.AttachAt(storage.Selector(_late.Map(row)), selector, region.Offset, region.Size, region.Start, region.Rights);
    }
}
