// Clients' requests on their way to targets, and the answers on their way back.
// Invariants: a client is answered once; requests to one target keep their order; when a target dies with a request, the
// request waits for its restore instead of being answered.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Sends requests on to targets and answers back.</summary>
internal sealed class Requests
{
    private readonly Env _env;
    private readonly Target[] _targets;
    private readonly ExportTable _exports;
    private readonly InboundTable _inbound;
    private readonly References _references;
    private readonly ForeignSweep _sweep;

    internal Requests(
        Env env, Target[] targets, ExportTable exports, InboundTable inbound, References references, ForeignSweep sweep)
    {
        _targets = targets;
        _env = env;
        _exports = exports;
        _inbound = inbound;
        _references = references;
        _sweep = sweep;
    }

    /// <summary>A client asks, through the gate of a row.</summary>
    /// <param name="row">The row that is asked: an object's, or a service's for a session.</param>
    /// <param name="session">The session's row if one is to be opened; otherwise −1.</param>
    /// <param name="request">The request.</param>
    /// <returns>Deferred; MustSend for a call; TableFull when there is no room for one more request.</returns>
    internal Error Take(int row, int session, Message request)
    {
        int token = _env.Defer();
        int place = token == 0 ? -1 : _inbound.Add(session < 0 ? InboundPurpose.Ask : InboundPurpose.Open, row, token);
        if (place < 0)
        {
            return token == 0 ? Error.MustSend : Error.TableFull;
        }

        _inbound.Session[place] = session;
        _inbound.Record[place].CopyContent(request);
        for (int i = 0; session >= 0 && i < SessionDesk.DonationWords; i++)
        {
            _inbound.Record[place].Words[i] = 0;
        }

        Error error = Error.None;
        for (int i = 0; i < request.CapabilityCount && error == Error.None; i++)
        {
            error = _references.Take(_exports.Owner[row], request.Capability(i), out int reference);
            _inbound.SetReference(place, i, reference);
        }

        if (error != Error.None)
        {
            Drop(place);
            return error;
        }

        Pump();
        return Error.Deferred;
    }

    /// <summary>Sends on whatever waits and can be sent.</summary>
    internal void Pump()
    {
        for (int row = 0; row < _exports.Capacity; row++)
        {
            if (_exports.Kind(row) == ExportKind.Session)
            {
                PumpSession(row);
            }
        }

        int place = _inbound.NextWaiting(_inbound.Before);
        while (place >= 0 && Try(place))
        {
            place = _inbound.NextWaiting(_inbound.Serial(place));
        }
    }

    /// <summary>A target's answer, or what the kernel says of its end.</summary>
    internal void Answer(int ticket, Error error, Message answer)
    {
        int place = _inbound.FindTicket(ticket);
        Target? target = place < 0 ? null : _inbound.Target[place];
        bool hasDied = (error == Error.Gone || error == Error.Faulted) && (target == null || !IsWell(target));
        if (place < 0 || hasDied)
        {
            if (place >= 0)
            {
                _inbound.Withdraw(place);
            }

            Release(answer);
            return;
        }

        switch (_inbound.Purpose[place])
        {
            case InboundPurpose.Ask:
                PassBack(place, target!, error, answer);
                break;
            case InboundPurpose.Close:
                Release(answer);
                Closed(place);
                break;
            default:
                Opened(place, target!, error, answer);
                break;
        }

        Pump();
    }

    /// <summary>An export has ended: whoever asks it is told so.</summary>
    internal void End(int row)
    {
        int selector = _references.SelectorOf(row);
        for (int slot = 0; slot < _targets.Length && selector != Selectors.Invalid; slot++)
        {
            _targets[slot].Storage.Lose(_env, selector);
        }

        _exports.Remove(row);
        _inbound.ForgetRow(row);
    }

    /// <summary>Ends a request with an error.</summary>
    internal void Refuse(int place, Error error)
    {
        if (_inbound.Session[place] >= 0)
        {
            End(_inbound.Session[place]);
        }

        Finish(place, error, _env.Compose(0));
    }

    /// <summary>Forgets a request that nobody waits for.</summary>
    internal void Drop(int place)
    {
        for (int i = 0; i < Message.MaxCapabilities; i++)
        {
            _references.Release(_inbound.Reference(place, i));
        }

        _inbound.Remove(place);
    }

    /// <summary>A session that its server does not know any more, or that has ended, is its server's to hear of.</summary>
    private void PumpSession(int row)
    {
        ExportState state = _exports.State(row);
        bool opens = state == ExportState.Unopened;
        if (!opens && state != ExportState.Ended)
        {
            return;
        }

        int service = opens ? FindServing(row) : _exports.FindService(_exports.Owner[row], _exports.Service[row]);
        if (service < 0 && !opens)
        {
            // Its server does not serve any more.
            End(row);
        }

        int place = service < 0 || _exports.TargetOf(service) == null
            ? -1
            : _inbound.Add(opens ? InboundPurpose.Reopen : InboundPurpose.Close, service, 0);
        if (place < 0)
        {
            return;
        }

        _inbound.Session[place] = row;
        _exports.SetState(row, opens ? ExportState.Opening : ExportState.Closing);
        CallRecord record = _inbound.Record[place];
        record.Opcode = opens ? RootOperation.Create : RootOperation.Close;
        record.WordCount = opens ? ExportTable.ArgumentCount : 0;
        record.ObjectCount = opens ? 0 : 1;
        for (int i = 0; i < record.WordCount; i++)
        {
            record.Words[i] = _exports.Argument(row, i);
        }

        byte[] label = Encoding.UTF8.GetBytes(opens ? _exports.Label[row] : "");
        record.SetLength(label.Length);
        System.Array.Copy(label, 0, record.Bytes, 0, label.Length);
        _inbound.SetReference(place, 0, opens ? 0 : References.ToExport(row));
    }

    /// <summary>The service that a session is opened again at: its own, or for one of nobody's whichever has its name.</summary>
    private int FindServing(int session)
    {
        for (int row = 0; row < _exports.Capacity; row++)
        {
            bool fits = _exports.Kind(row) == ExportKind.Service && _exports.Service[row] == _exports.Service[session]
                && (_exports.Owner[session].Length == 0 || _exports.Owner[session] == _exports.Owner[row]);
            if (fits && _exports.TargetOf(row) != null)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>Sends a request on if its target is there.</summary>
    /// <returns>Whether further ones may be tried.</returns>
    private bool Try(int place)
    {
        int row = _inbound.Row[place];
        if (row < 0)
        {
            Refuse(place, Error.InvalidCapability);
            return true;
        }

        Target? target = _exports.TargetOf(row);
        bool waits = _exports.Kind(row) == ExportKind.Session && _exports.State(row) != ExportState.Known;
        if (target == null || !target.IsAlive || waits)
        {
            return true;
        }

        CallRecord record = _inbound.Record[place];
        record.Session = _exports.Entry[row];
        Error error = Error.None;
        for (int i = 0; i < record.ObjectCount && error == Error.None; i++)
        {
            error = _references.Resolve(target, _inbound.Reference(place, i), out record.Objects[i]);
        }

        if (error != Error.None)
        {
            Refuse(place, error);
            return true;
        }

        int gate = target.Storage.Selector(record.Session);
        Message message = record.ComposeInbound(_env, target.Storage);
        error = _env.Send(gate, message, _inbound.Issue(place, target));
        if (error == Error.None)
        {
            return true;
        }

        // The kernel's table is full: a client is told, RTCR itself tries again when something has been answered.
        _inbound.Withdraw(place);
        if (error == Error.TableFull && _inbound.Token[place] == 0)
        {
            return false;
        }

        if (error != Error.Faulted)
        {
            Refuse(place, error);
        }

        return true;
    }

    private void PassBack(int place, Target target, Error error, Message answer)
    {
        var leaving = new Answered();
        for (int i = 0; i < answer.CapabilityCount; i++)
        {
            int selector = answer.Capability(i);
            int entry = selector == Selectors.Invalid ? -1 : target.Storage.Find(_env.Badge(selector));
            Error refused = Error.None;
            leaving.Add(entry < 0 ? selector : _references.Leaving(target, entry, out refused));
            error = refused == Error.None ? error : refused;
        }

        Message reply = _env.Compose(0).AddData(answer);
        if (error == Error.None)
        {
            leaving.AddTo(reply);
        }

        var received = new Answered();
        received.AddFrom(answer);
        Finish(place, error, reply);
        received.Release(_env);
        _sweep.Run(target);
    }

    /// <summary>A session has been opened at its server, for a client or again.</summary>
    private void Opened(int place, Target target, Error error, Message answer)
    {
        int session = _inbound.Session[place];
        int gate = answer.Capability(0);
        int entry = gate == Selectors.Invalid ? -1 : target.Storage.Find(_env.Badge(gate));
        error = error == Error.None && entry < 0 ? Error.ServiceDenied : error;
        Release(answer);
        if (error != Error.None)
        {
            Refuse(place, error);
            return;
        }

        // Its client may have gone meanwhile.
        _exports.Bind(session, target, entry);
        _exports.SetState(session, _exports.HasClient[session] ? ExportState.Known : ExportState.Ended);
        if (_exports.Number[session] == 0)
        {
            _exports.Number[session] = target.NextNumber++;
        }

        Finish(place, Error.None, _env.Compose(0).AddCapability(_exports.Wrapper(session)));
    }

    private void Closed(int place)
    {
        int session = _inbound.Session[place];
        if (session >= 0)
        {
            End(session);
        }

        Drop(place);
    }

    private void Finish(int place, Error error, Message reply)
    {
        if (_inbound.Token[place] != 0)
        {
            _env.Reply(_inbound.Token[place], error, reply);
        }

        Drop(place);
    }

    private bool IsWell(Target target)
        => target.IsAlive && !target.HasExited && new NativePd(_env, target.Child!.Native).Fault() == Error.None;

    private void Release(Message answer)
    {
        var received = new Answered();
        received.AddFrom(answer);
        received.Release(_env);
    }
}
