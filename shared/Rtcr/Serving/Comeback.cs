// What happens to a target's exports when it goes and when it comes back.
// Invariants: while a target is away to be restored here, its clients keep their capabilities and their requests wait;
// when it is gone for good, they are told. What came back is what the image knew; a session that it did not know is opened
// again.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Separates exports from a target's old life and joins them to its new one.</summary>
internal sealed class Comeback
{
    private readonly Env _env;
    private readonly ExportTable _exports;
    private readonly InboundTable _inbound;
    private readonly ForeignTable _foreign;
    private readonly Requests _requests;
    private readonly ForeignSweep _sweep;
    private readonly LateBinder _late;

    internal Comeback(
        Env env, ExportTable exports, InboundTable inbound, ForeignTable foreign, Requests requests, ForeignSweep sweep, LateBinder late)
    {
        _env = env;
        _late = late;
        _exports = exports;
        _inbound = inbound;
        _foreign = foreign;
        _requests = requests;
        _sweep = sweep;
    }

    /// <summary>A target is taken down to be restored here.</summary>
    internal void Down(Target target)
    {
        _late.Down(target.Name, true);
        for (int place = 0; place < _inbound.Capacity; place++)
        {
            if (!_inbound.IsUsed(place) || !Concerns(place, target.Name))
            {
                continue;
            }

            _inbound.Withdraw(place);
            if (_inbound.Token[place] == 0)
            {
                if (_inbound.Purpose[place] == InboundPurpose.Reopen)
                {
                    _exports.SetState(_inbound.Session[place], ExportState.Unopened);
                }

                _requests.Drop(place);
            }
        }

        for (int row = 0; row < _exports.Capacity; row++)
        {
            if (_exports.Kind(row) == ExportKind.Free || _exports.Owner[row] != target.Name)
            {
                continue;
            }

            _exports.Unbind(row);
            if (_exports.State(row) == ExportState.Ended || _exports.State(row) == ExportState.Closing)
            {
                _requests.End(row);
            }
        }
    }

    /// <summary>A target is gone for good.</summary>
    internal void Withdraw(string name)
    {
        for (int place = 0; place < _inbound.Capacity; place++)
        {
            if (!_inbound.IsUsed(place) || !Concerns(place, name))
            {
                continue;
            }

            if (_inbound.Purpose[place] == InboundPurpose.Reopen)
            {
                // Its client waits for whoever serves the service next.
                _exports.SetState(_inbound.Session[place], ExportState.Unopened);
                _requests.Drop(place);
            }
            else
            {
                _requests.Refuse(place, Error.Gone);
            }
        }

        for (int row = 0; row < _exports.Capacity; row++)
        {
            if (_exports.Kind(row) == ExportKind.Free || _exports.Owner[row] != name || name.Length == 0)
            {
                continue;
            }

            if (_exports.Kind(row) == ExportKind.Service)
            {
                Abandon(row);
            }
            else
            {
                _requests.End(row);
            }
        }

        _foreign.ForgetAllBut(name, null);
    }

    /// <summary>A target runs again, with those of its exports that its image knew.</summary>
    internal void Resume(Target target)
    {
        for (int row = 0; row < _exports.Capacity; row++)
        {
            bool isMissing = _exports.Kind(row) != ExportKind.Free && _exports.Owner[row] == target.Name
                && _exports.TargetOf(row) == null;
            if (isMissing)
            {
                Miss(row);
            }
            else if (_exports.Kind(row) == ExportKind.Session && _exports.Owner[row].Length == 0)
            {
                TakeOrphan(row, target);
            }
            else if (_exports.Kind(row) == ExportKind.Service && _exports.TargetOf(row) == target)
            {
                Announce(row);
            }

            int next = _exports.Kind(row) != ExportKind.Free && _exports.Owner[row] == target.Name ? _exports.Number[row] + 1 : 0;
            target.NextNumber = next > target.NextNumber ? next : target.NextNumber;
        }

        int given = _foreign.Highest(target.Name) + 1;
        target.NextNumber = given > target.NextNumber ? given : target.NextNumber;
        ForgetDead(target);
        _late.Resume(target);
        _foreign.ForgetAllBut(target.Name, target.Storage);
        _requests.Pump();
    }

    /// <summary>Tells the parent of a service, if it does not know.</summary>
    internal void Announce(int service)
    {
        if (_exports.IsAnnounced[service])
        {
            return;
        }

        Error error = _env.Call(
            Selectors.Parent,
            _env.Compose(ParentOperation.Announce).AddText(_exports.Service[service]).AddCapability(_exports.Wrapper(service)));
        _exports.IsAnnounced[service] = error == Error.None;
        if (error != Error.None)
        {
            // Other targets of this RTCR have it all the same.
            _env.Log("Warning: service \"" + _exports.Service[service] + "\" of " + _exports.Owner[service] + " is for other targets only: "
                + Errors.Name(error));
        }
    }

    /// <summary>Nobody serves a service any more. If the parent has its root, that stays, and whoever serves it next gets it.</summary>
    internal void Abandon(int service)
    {
        if (!_exports.IsAnnounced[service])
        {
            _requests.End(service);
            return;
        }

        _exports.Unbind(service);
        _exports.Owner[service] = "";
        _exports.Number[service] = 0;
    }

    private bool Concerns(int place, string name)
    {
        int row = _inbound.Row[place];
        return row >= 0 ? _exports.Owner[row] == name : _inbound.Target[place]?.Name == name;
    }

    /// <summary>The image did not know an export.</summary>
    private void Miss(int row)
    {
        bool isOpen = _exports.Kind(row) == ExportKind.Session && _exports.HasClient[row];
        if (isOpen)
        {
            bool isAsked = _exports.State(row) == ExportState.Opening;
            _exports.SetState(row, isAsked ? ExportState.Opening : ExportState.Unopened);
            _exports.Number[row] = 0;
        }
        else if (_exports.Kind(row) == ExportKind.Service)
        {
            Abandon(row);
        }
        else
        {
            _requests.End(row);
        }
    }

    /// <summary>A client that was restored before its server finds the session that it had.</summary>
    private void TakeOrphan(int promised, Target target)
    {
        for (int row = 0; row < _exports.Capacity; row++)
        {
            bool fits = _exports.Kind(row) == ExportKind.Session && _exports.TargetOf(row) == target && !_exports.HasClient[row]
                && _exports.State(row) == ExportState.Known && _exports.Service[row] == _exports.Service[promised]
                && _exports.Label[row] == _exports.Label[promised];
            if (fits)
            {
                _exports.Bind(promised, target, _exports.Entry[row]);
                _exports.Number[promised] = _exports.Number[row];
                _exports.SetState(promised, ExportState.Known);
                _requests.End(row);
                return;
            }
        }
    }

    /// <summary>Foreign objects of the outside that are not there any more.</summary>
    private void ForgetDead(Target target)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = storage.Count - 1; entry >= 0; entry--)
        {
            bool isDead = storage.Kind(entry) == ObjectKind.Foreign && storage.Selector(entry) == Selectors.Invalid;
            if (isDead && storage.Name(entry).Length == 0)
            {
                _sweep.Forget(target, entry);
            }
        }
    }
}
