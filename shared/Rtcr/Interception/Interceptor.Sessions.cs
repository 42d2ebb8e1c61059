// How targets open and close sessions: at the real services, at other targets, and their own configuration.
using Tern.Kernel;

namespace Tern.Rtcr;

internal sealed partial class Interceptor
{
    private Error OpenSession(Target target, int parent, Message request)
    {
        string text = request.Text;
        int length = request.Word(0);
        if (length <= 0 || length > text.Length)
        {
            return Error.BadArgument;
        }

        string service = text.Substring(0, length);
        if (service == "ROM" && text.Substring(length) == "config")
        {
            return OpenConfig(target, request);
        }

        bool isTooMany = service == "PD" && Domains.Count(target.Storage) >= _domains;
        return isTooMany ? Error.TableFull : PassOn(target, parent, request);
    }

    private Error AddSession(Target target, CallRecord call, Message answer, ref Answered result)
    {
        int real = answer.Capability(0);
        if (call.ObjectCount == 0 || call.Objects[0] < 0)
        {
            // Whoever was to pay for it has ended meanwhile.
            Forwarding.Discard(_env, _serving, call, answer);
            return Error.Gone;
        }

        // Making a gate needs the message that the answer is in.
        int native = answer.Capability(1);
        string service = Forwarding.ServiceOf(call);
        bool isLocal = _serving.IsWrapper(real);
        int entry = target.Storage.Add(ObjectKind.Session, service, ServiceCatalogue.Find(isLocal ? "" : service), call.Highest());
        int gate = entry < 0 ? Selectors.Invalid : _env.Gate(target.LabelOf(entry));
        if (gate == Selectors.Invalid)
        {
            Error error = entry < 0 ? Error.TableFull : _env.LastError;
            if (entry >= 0)
            {
                target.Storage.Remove(entry);
            }

            _serving.Close(real, false);
            return error;
        }

        target.Storage.SetOrigin(entry, Copy(call), 0);
        target.Storage.SetNumber(entry, isLocal ? 1 : 0);
        target.Storage.Bind(_env, entry, gate, real);
        result.Add(gate);
        return service == "PD" ? AddNative(target, entry, native, ref result) : Error.None;
    }

    /// <summary>A session is opened again with all that it was given. What a PD session was given is its domain's own.</summary>
    private static void NoteDonation(OnlineStorage storage, CallRecord upgrade)
    {
        int session = upgrade.ObjectCount > 0 ? upgrade.Objects[0] : -1;
        CallRecord? origin = storage.Has(session) && !storage.IsPd(session) ? storage.Origin(session) : null;
        if (origin == null)
        {
            return;
        }

        for (; origin.WordCount < 3; origin.WordCount++)
        {
            origin.Words[origin.WordCount] = 0;
        }

        origin.Words[1] += upgrade.WordCount > 0 ? upgrade.Words[0] : 0;
        origin.Words[2] += upgrade.WordCount > 1 ? upgrade.Words[1] : 0;
    }

    /// <summary>A PD session makes a domain of the target; its native interface comes with it.</summary>
    private Error AddNative(Target target, int session, int real, ref Answered result)
    {
        int entry = target.Storage.Add(ObjectKind.Native, "", ServiceCatalogue.Native(), session);
        int gate = entry < 0 ? Selectors.Invalid : _env.Gate(target.LabelOf(entry));
        if (gate == Selectors.Invalid)
        {
            Error error = entry < 0 ? Error.TableFull : _env.LastError;
            if (entry >= 0)
            {
                target.Storage.Remove(entry);
            }

            _env.Release(real);
            _ended.CloseDomain(target, session);
            result = new Answered();
            return error;
        }

        target.Storage.SetOrigin(entry, target.Storage.Origin(session)!, 1);
        target.Storage.Bind(_env, entry, gate, real);
        result.Add(gate);
        return Error.None;
    }

    private Error CloseSession(Target target, Message request)
    {
        int entry = target.Storage.Find(_env.Badge(request.Capability(0)));
        ObjectKind kind = entry < 0 ? ObjectKind.Free : target.Storage.Kind(entry);
        if (kind != ObjectKind.Session && kind != ObjectKind.ConfigRom)
        {
            return Error.InvalidCapability;
        }

        if (kind == ObjectKind.Session && target.Storage.IsPd(entry))
        {
            return _ended.CloseDomain(target, entry);
        }

        new PdSession(_env, Selectors.Pd).FreeGate(target.Storage.Selector(entry));
        _pending.Forget(target, entry);
        if (kind == ObjectKind.Session && target.Storage.Service(entry).ObjectsLiveOn && target.Storage.HasMade(entry))
        {
            target.Storage.Conceal(entry);
            return Error.None;
        }

        if (kind == ObjectKind.Session)
        {
            _serving.Close(target.Storage.RealOf(entry), false);
        }

        target.Storage.RemoveMadeBy(_env, entry);
        target.Storage.Remove(entry);
        return Error.None;
    }

    private Error OpenConfig(Target target, Message request)
    {
        if (target.ConfigDataspace == Selectors.Invalid)
        {
            return Error.ServiceDenied;
        }

        int entry = target.Storage.Find(ObjectKind.ConfigRom);
        if (entry < 0)
        {
            entry = target.Storage.Add(ObjectKind.ConfigRom, "ROM", null, -1);
            int gate = entry < 0 ? Selectors.Invalid : _env.Gate(target.LabelOf(entry));
            if (gate == Selectors.Invalid)
            {
                return entry < 0 ? Error.TableFull : _env.LastError;
            }

            target.Storage.Bind(_env, entry, gate, gate);
        }

        request.AddCapability(target.Storage.Selector(entry));
        return Error.None;
    }
}
