// Makes a target's objects, entry by entry: for a fresh target those that every component has, for a restored one all
// that it had. An object that a call made is made again by the same call.
// Invariant: entries are made in their order, so whatever a call needs is there before it.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Joins entries of a target's online storage to live objects.</summary>
internal sealed class ObjectMaker
{
    private readonly Env _env;
    private readonly Serving _serving;

    internal ObjectMaker(Env env, Serving serving)
    {
        _env = env;
        _serving = serving;
    }

    /// <summary>Makes the object of an entry.</summary>
    /// <param name="target">The target; its child has been made.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="replyLabel">The label under which an answer that takes a while comes to <see cref="Bind(Target, CallRecord, Error, Message)"/>.</param>
    /// <returns>Deferred when the answer takes a while.</returns>
    internal Error Make(Target target, int entry, int replyLabel)
    {
        OnlineStorage storage = target.Storage;
        Child child = target.Child!;
        switch (storage.Kind(entry))
        {
            case ObjectKind.Free:
                return Error.None;
            case ObjectKind.Task:
                return MakeTask(target, entry);
            case ObjectKind.AddressSpace:
                return Bind(target, entry, child.AddressSpace);
            case ObjectKind.Thread:
                return Bind(target, entry, child.Thread);
            case ObjectKind.Parent:
                storage.Bind(_env, entry, child.ParentGate, Selectors.Parent);
                return Error.None;
            case ObjectKind.InitialSession:
                return BindGate(target, entry, InitialSession(child, storage.Name(entry)));
            case ObjectKind.InitialMemory:
                return MakeInitialMemory(target, entry);
            case ObjectKind.ConfigDataspace:
                return Bind(target, entry, target.ConfigDataspace);
            case ObjectKind.ConfigRom:
                return BindGate(target, entry, Selectors.Invalid);
            case ObjectKind.Foreign:
                return _serving.MakeForeign(target, entry);
            default:
                return Issue(target, entry, replyLabel);
        }
    }

    /// <summary>Joins what a call's answer brought to all entries that were made by this call.</summary>
    internal Error Bind(Target target, CallRecord origin, Error error, Message answer)
    {
        var result = new Answered();
        for (int i = 0; i < answer.CapabilityCount; i++)
        {
            result.Add(answer.Capability(i));
        }

        for (int entry = 0; entry < target.Storage.Count && error == Error.None; entry++)
        {
            if (target.Storage.Kind(entry) != ObjectKind.Free && target.Storage.Origin(entry) == origin)
            {
                int index = target.Storage.Result(entry);
                error = BindMade(target, entry, result.Get(index));
                if (error == Error.None)
                {
                    result.Take(index);
                }
            }
        }

        GiveUpRest(target, origin, result);
        return error;
    }

    /// <summary>Gives up what an answer brought and nobody has: the target had ended it before.</summary>
    private void GiveUpRest(Target target, CallRecord origin, Answered result)
    {
        bool isSession = target.Storage.Kind(origin.Session) == ObjectKind.Parent;
        for (int i = 0; i < result.Count; i++)
        {
            if (isSession && i == 0 && result.Get(i) != Selectors.Invalid)
            {
                _serving.Close(result.Get(i), false);
            }
            else
            {
                _env.Release(result.Get(i));
            }
        }
    }

    private Error BindMade(Target target, int entry, int selector)
    {
        if (selector == Selectors.Invalid)
        {
            return Error.InvalidCapability;
        }

        switch (target.Storage.Kind(entry))
        {
            case ObjectKind.Session:
                target.Storage.SetNumber(entry, _serving.IsWrapper(selector) ? 1 : 0);
                return BindGate(target, entry, selector);
            case ObjectKind.Native:
                return BindGate(target, entry, selector);
            case ObjectKind.ClosedSession:
                target.Storage.Bind(_env, entry, Selectors.Invalid, selector);
                return Error.None;
            default:
                return Bind(target, entry, selector);
        }
    }

    private static int InitialSession(Child child, string name) => name switch
    {
        "PD" => child.Pd,
        "CPU" => child.Cpu,
        _ => child.Log,
    };

    private Error MakeTask(Target target, int entry)
    {
        Message message = _env.Compose(NativePdOperation.Task);
        Error error = _env.Call(target.Child!.Native, message);
        return error == Error.None ? Bind(target, entry, message.Capability(0)) : error;
    }

    private Error MakeInitialMemory(Target target, int entry)
    {
        int dataspace = new PdSession(_env, target.Child!.Pd).AllocateDataspace(target.InitialMemorySize, out Error error);
        return error == Error.None ? Bind(target, entry, dataspace) : error;
    }

    private Error Issue(Target target, int entry, int replyLabel)
    {
        // Another entry of the same call has brought this one's object along.
        CallRecord origin = target.Storage.Origin(entry)!;
        if (target.Storage.RealOf(entry) != Selectors.Invalid)
        {
            return Error.None;
        }

        if (target.Storage.Kind(entry) == ObjectKind.Session && target.Storage.Number(entry) != 0)
        {
            Error promised = _serving.Promise(target, origin, out int wrapper);
            return promised == Error.None ? BindGate(target, entry, wrapper) : promised;
        }

        int root = _serving.RootFor(target, origin);
        int session = root == Selectors.Invalid ? target.Storage.RealOf(origin.Session) : root;
        Error error = Error.MustSend;
        if (root == Selectors.Invalid)
        {
            Message call = Forwarding.Compose(_env, target, origin);
            error = _env.Call(session, call);
            if (error != Error.MustSend)
            {
                return Bind(target, origin, error, call);
            }
        }

        error = Forwarding.ComposeLeaving(_env, _serving, target, origin, root, out Message message);
        error = error == Error.None ? _env.Send(session, message, replyLabel) : error;
        return error == Error.None ? Error.Deferred : error;
    }

    private Error Bind(Target target, int entry, int selector)
    {
        if (selector == Selectors.Invalid)
        {
            return Error.InvalidCapability;
        }

        target.Storage.Bind(_env, entry, selector, selector);
        target.Bank?.Place(target, entry);
        return Error.None;
    }

    private Error BindGate(Target target, int entry, int real)
    {
        int gate = _env.Gate(target.LabelOf(entry));
        if (gate == Selectors.Invalid)
        {
            return _env.LastError;
        }

        target.Storage.Bind(_env, entry, gate, real == Selectors.Invalid ? gate : real);
        return Error.None;
    }
}
