// What ends with something else: with a thread its gates and signal contexts, with a domain all that it had and opened.
// Invariant: what has ended is in no online storage, unless something that came from it lives on.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes ended objects out of the online storage.</summary>
internal sealed class EndedObjects
{
    private readonly Env _env;
    private readonly PendingCalls _pending;
    private readonly Serving _serving;

    internal EndedObjects(Env env, PendingCalls pending, Serving serving)
    {
        _serving = serving;
        _env = env;
        _pending = pending;
    }

    /// <summary>Closes a PD session of a target: the domain ends, with its children and the sessions of them all.</summary>
    /// <returns>Busy when one of their handlers is under way; then nothing has ended.</returns>
    internal Error CloseDomain(Target target, int session)
    {
        int real = target.Storage.RealOf(session);
        Error error = _env.Call(Selectors.Parent, _env.Compose(ParentOperation.Close).AddCapability(real));
        if (error == Error.None)
        {
            _env.Release(real);
            Bury(target, session);
            Sweep(target);
        }

        return error;
    }

    /// <summary>Forgets the objects that are no more: with what was ended by name, others may have ended.</summary>
    internal void Sweep(Target target)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = storage.Count - 1; entry >= 0; entry--)
        {
            if (storage.Has(entry) && storage.Kind(entry) == ObjectKind.Made && _env.TypeOf(storage.Selector(entry)) == ObjectType.None)
            {
                ForgetMade(target, entry);
            }
        }
    }

    /// <summary>Gives up the sessions that a domain paid for, the domain's own last. Core's have ended with it.</summary>
    private void Bury(Target target, int domain)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = storage.Count - 1; entry > domain; entry--)
        {
            if (storage.Has(entry) && IsPaidBy(storage, entry, domain))
            {
                BurySession(target, entry, domain);
            }
        }

        int native = storage.NativeOf(domain);
        if (native >= 0)
        {
            _env.Release(storage.RealOf(native));
            GiveUp(target, native);
        }

        GiveUp(target, domain);
    }

    private void BurySession(Target target, int entry, int payer)
    {
        OnlineStorage storage = target.Storage;
        if (storage.Kind(entry) == ObjectKind.Session && storage.IsPd(entry))
        {
            _env.Release(storage.RealOf(entry));
            Bury(target, entry);
            return;
        }

        // A sibling's session has not ended by itself.
        _serving.Close(storage.RealOf(entry), false);
        if (storage.Service(entry).ObjectsLiveOn && HasLive(storage, entry))
        {
            // Whoever has what came of it pays for it when it is made again: the one above.
            new PdSession(_env, Selectors.Pd).FreeGate(storage.Selector(entry));
            storage.Conceal(entry);
            storage.Bind(_env, entry, Selectors.Invalid, Selectors.Invalid);
            CallRecord origin = storage.Origin(entry)!;
            origin.Objects[0] = storage.Origin(payer)!.Objects[0];
            origin.Words[1] = origin.Words[2] = 0;
            return;
        }

        GiveUp(target, entry);
    }

    private void GiveUp(Target target, int session)
    {
        OnlineStorage storage = target.Storage;
        if (storage.Kind(session) != ObjectKind.ClosedSession)
        {
            new PdSession(_env, Selectors.Pd).FreeGate(storage.Selector(session));
        }

        for (int entry = storage.Count - 1; entry > session; entry--)
        {
            if (storage.Kind(entry) == ObjectKind.Made && storage.Origin(entry)!.Session == session)
            {
                ForgetMade(target, entry);
            }
        }

        Forget(target, session);
    }

    private void ForgetMade(Target target, int entry)
    {
        _env.Release(target.Storage.Selector(entry));
        Forget(target, entry);
    }

    private void Forget(Target target, int entry)
    {
        _pending.Forget(target, entry);
        target.Storage.Remove(entry);
    }

    private bool HasLive(OnlineStorage storage, int session)
    {
        for (int entry = session + 1; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.Made && storage.Origin(entry)!.Session == session
                && _env.TypeOf(storage.Selector(entry)) != ObjectType.None)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPaidBy(OnlineStorage storage, int entry, int domain)
    {
        ObjectKind kind = storage.Kind(entry);
        CallRecord? origin = storage.Origin(entry);
        return (kind == ObjectKind.Session || kind == ObjectKind.ClosedSession)
            && origin != null && origin.ObjectCount > 0 && origin.Objects[0] == domain;
    }
}
