// Interception: RTCR stands as parent between the target and the real services, sees every message, passes it on, and
// keeps in the online storage what a restore will need. One mechanism for all services; what differs between them stands
// in their descriptions.
// Invariants: a call is remembered before it is passed on and concluded only with its answer; what the target gets is
// RTCR's own gate for a session and the real object for everything else.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Passes targets' calls on and remembers their effects.</summary>
internal sealed partial class Interceptor
{
    private readonly Env _env;
    private readonly PendingCalls _pending;
    private readonly CallRecord _current = new CallRecord();
    private readonly EndedObjects _ended;
    private readonly int _firstLabel;
    private readonly int _domains;
    private readonly int _watch;
    private readonly Serving _serving;

    /// <summary>Makes the mechanism.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="serving">Targets' services, which other targets may ask for.</param>
    /// <param name="limits">The sizes of its tables.</param>
    /// <param name="firstLabel">The first of as many reply labels.</param>
    /// <param name="watch">The signal context that is triggered when a target exits.</param>
    internal Interceptor(Env env, Serving serving, RtcrLimits limits, int firstLabel, int watch)
    {
        _serving = serving;
        _watch = watch;
        _env = env;
        _firstLabel = firstLabel;
        _domains = limits.Domains;
        _pending = new PendingCalls(limits.PendingCalls);
        _ended = new EndedObjects(env, _pending, serving);
    }

    /// <summary>A target asks through one of the gates that RTCR gave it.</summary>
    internal Error Request(Target target, int entry, Message request)
    {
        switch (target.Storage.Kind(entry))
        {
            case ObjectKind.Parent when request.Opcode == ParentOperation.Session:
                return OpenSession(target, entry, request);
            case ObjectKind.Parent when request.Opcode == ParentOperation.Close:
                return CloseSession(target, request);
            case ObjectKind.Parent when request.Opcode == ParentOperation.Upgrade:
                return PassOn(target, entry, request);
            case ObjectKind.Parent when request.Opcode == ParentOperation.Exit:
                return Exit(target, request.Word(0));
            case ObjectKind.Parent when request.Opcode == ParentOperation.Announce:
                return _serving.Announce(target, request);
            case ObjectKind.ConfigRom:
                return ConfigRom.Answer(request, target.ConfigLength, target.ConfigDataspace);
            case ObjectKind.InitialSession:
            case ObjectKind.Session:
            case ObjectKind.Native:
                return PassOn(target, entry, request);
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>A target that has done its work is not entered again.</summary>
    private Error Exit(Target target, int value)
    {
        if (!target.HasExited)
        {
            TargetThreads.Pause(_env, target);
        }

        target.HasExited = true;
        target.ExitValue = value;
        return _env.Submit(_watch);
    }

    /// <summary>The answer to a call that was sent on.</summary>
    internal void Answer(int place, Error error, Message answer)
    {
        Target? target = _pending.TargetOf(place);
        if (target == null)
        {
            Forwarding.Discard(_env, _serving, _pending.Record(place), answer);
            _pending.Remove(place);
            return;
        }

        // The answer is read before the reply is composed: both need their message.
        var result = new Answered();
        if (_pending.Record(place).Session < 0)
        {
            Forwarding.Discard(_env, _serving, _pending.Record(place), answer);
            error = Error.Gone;
        }
        else
        {
            error = Conclude(target, _pending.Record(place), error, answer, ref result);
        }

        Message reply = _env.Compose(0).AddData(answer);
        result.AddTo(reply);
        int token = _pending.Token(place);
        _pending.Remove(place);
        _env.Reply(token, error, reply);
    }

    private Error PassOn(Target target, int session, Message request)
    {
        if (!_current.Remember(_env, target.Storage, session, request))
        {
            return Error.InvalidCapability;
        }

        int root = _serving.RootFor(target, _current);
        if (root != Selectors.Invalid)
        {
            return SendOn(target, root, true);
        }

        Message forward = Forwarding.Compose(_env, target, _current);
        Error error = _env.Call(target.Storage.RealOf(session), forward);
        if (error == Error.MustSend)
        {
            return SendOn(target, target.Storage.RealOf(session), false);
        }

        var result = new Answered();
        request.AddData(forward);
        error = Conclude(target, _current, error, forward, ref result);
        result.AddTo(request);
        return error;
    }

    private Error SendOn(Target target, int to, bool isRoot)
    {
        int token = _env.Defer();
        if (token == 0)
        {
            return Error.MustSend;
        }

        int place = _pending.Add(target, token, _current);
        if (place < 0)
        {
            return Error.TableFull;
        }

        Error error = Forwarding.ComposeLeaving(
            _env, _serving, target, _current, isRoot ? to : Selectors.Invalid, out Message forward);
        error = error == Error.None ? _env.Send(to, forward, _firstLabel + place) : error;
        if (error != Error.None)
        {
            _pending.Remove(place);
        }

        return error == Error.None ? Error.Deferred : error;
    }

    /// <summary>Notes what a call that has been answered means for the target's state.</summary>
    private Error Conclude(Target target, CallRecord call, Error error, Message answer, ref Answered result)
    {
        if (error != Error.None)
        {
            return error;
        }

        OnlineStorage storage = target.Storage;
        if (storage.Kind(call.Session) == ObjectKind.Parent)
        {
            if (call.Opcode == ParentOperation.Upgrade)
            {
                NoteDonation(storage, call);
                return Error.None;
            }

            return AddSession(target, call, answer, ref result);
        }

        switch (storage.Service(call.Session).EffectOf(call.Opcode))
        {
            case CallEffect.Set:
                return Set(storage, call);
            case CallEffect.Destroy:
                Forget(target, call.ObjectCount > 0 ? call.Objects[0] : -1);
                return Error.None;
            default:
                bool sets = storage.Service(call.Session).IsUnknown && answer.CapabilityCount == 0 && call.HasObject;
                return sets ? Set(storage, call) : AddMade(target, call, answer, ref result);
        }
    }

    /// <summary>Remembers a call in the place of the last one of its operation.</summary>
    private static Error Set(OnlineStorage storage, CallRecord call)
    {
        CallRecord? record = storage.RecordOf(call.Session, call.Opcode);
        if (record == null)
        {
            return Error.TableFull;
        }

        record.CopyFrom(call);
        return Error.None;
    }

    private Error AddMade(Target target, CallRecord call, Message answer, ref Answered result)
    {
        CallRecord? origin = null;
        var refused = new Answered();
        for (int i = 0; i < answer.CapabilityCount; i++)
        {
            int selector = answer.Capability(i);
            int known = selector == Selectors.Invalid ? -1 : target.Storage.Find(_env.Badge(selector));
            if (selector == Selectors.Invalid || known >= 0)
            {
                _env.Release(selector);
                result.Add(known < 0 ? Selectors.Invalid : target.Storage.Selector(known));
                continue;
            }

            // A module is no one target's: whoever opens it has it of his own.
            int entry = -1;
            bool isShared = target.Storage.Service(call.Session).ObjectsLiveOn;
            if (!isShared && _serving.References.Recognize(target, selector, out entry) && entry >= 0)
            {
                // Another target's: nobody makes it again but that one's restore.
                _env.Release(selector);
                result.Add(target.Storage.Selector(entry));
                continue;
            }

            entry = target.Storage.Add(ObjectKind.Made, "", null, target.Storage.LastNeeded(call));
            if (entry < 0)
            {
                // What RTCR could not restore, the target must not get.
                refused.Add(selector);
                continue;
            }

            origin ??= Copy(call);
            if (call.Opcode == target.Storage.Service(call.Session).RoundsSize)
            {
                origin.Words[0] = _env.SizeOf(selector);
            }

            target.Storage.SetOrigin(entry, origin, i);
            target.Storage.Bind(_env, entry, selector, selector);
            target.Bank?.Place(target, entry);
            result.Add(selector);
        }

        for (int i = 0; i < refused.Count; i++)
        {
            Undo(target, call.Session, refused.Get(i));
        }

        return refused.Count > 0 ? Error.TableFull : Error.None;
    }

    /// <summary>Ends an object that a session has just made, with whichever of its operations can, and gives it up.</summary>
    private void Undo(Target target, int session, int selector)
    {
        ServiceDescription service = target.Storage.Service(session);
        for (int i = 0; i < service.DestroyCount; i++)
        {
            Message message = _env.Compose(service.DestroyAt(i)).AddCapability(selector);
            if (_env.Call(target.Storage.RealOf(session), message) == Error.None)
            {
                break;
            }
        }

        _env.Release(selector);
    }

    private void Forget(Target target, int entry)
    {
        if (entry >= 0)
        {
            _env.Release(target.Storage.Selector(entry));
            _pending.Forget(target, entry);
            target.Storage.Remove(entry);
            _ended.Sweep(target);
        }
    }

    private static CallRecord Copy(CallRecord call)
    {
        var copy = new CallRecord();
        copy.CopyFrom(call);
        return copy;
    }
}
