// The protection domains of a target: its own, and those that it made below itself, their children too. All of them
// are one target: what they can name is in one online storage, and they are paused, captured and restored together.
// Invariant: a domain is known by the entry of its native interface, which stands behind its PD session's.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Walks the domains of a target and finds what belongs to each.</summary>
internal static class Domains
{
    /// <summary>The target's own domain, whose sessions RTCR has itself.</summary>
    internal const int Own = -1;

    /// <summary>No further domain.</summary>
    internal const int End = -2;

    /// <summary>The domain after another one; the first is <see cref="Own"/>.</summary>
    internal static int Next(OnlineStorage storage, int domain)
    {
        for (int entry = domain + 1; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.Native)
            {
                return entry;
            }
        }

        return End;
    }

    /// <summary>How many domains there are, the target's own included.</summary>
    internal static int Count(OnlineStorage storage)
    {
        int count = 0;
        for (int domain = Own; domain != End; domain = Next(storage, domain))
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether a number is one of the target's domains.</summary>
    internal static bool Is(OnlineStorage storage, int domain)
        => domain == Own || (storage.Has(domain) && storage.Kind(domain) == ObjectKind.Native);

    /// <summary>The domain that has what an entry of its PD session's making, or of its initial memory, stands for.</summary>
    internal static int Of(OnlineStorage storage, int entry)
    {
        CallRecord? origin = storage.Origin(entry);
        return origin == null || storage.Kind(origin.Session) == ObjectKind.InitialSession ? Own : storage.NativeOf(origin.Session);
    }

    /// <summary>RTCR's selector for a domain's native interface.</summary>
    internal static int Native(Target target, int domain) => domain == Own ? target.Child!.Native : target.Storage.RealOf(domain);

    /// <summary>RTCR's selector for a domain's PD session.</summary>
    internal static int Pd(Target target, int domain) => domain == Own ? target.Child!.Pd : target.Storage.RealOf(target.Storage.Leader(domain));

    /// <summary>RTCR's selector for a domain's address space; invalid when nobody ever asked for it, so that nothing is attached there.</summary>
    internal static int AddressSpace(Target target, int domain)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = domain + 1; entry < storage.Count && domain != Own; entry++)
        {
            CallRecord? origin = storage.Kind(entry) == ObjectKind.Made ? storage.Origin(entry) : null;
            if (origin != null && origin.Session == domain && origin.Opcode == NativePdOperation.AddressSpace)
            {
                return storage.Selector(entry);
            }
        }

        return domain == Own ? target.Child!.AddressSpace : Selectors.Invalid;
    }

    /// <summary>Reads the quotas that a domain and all below it have together, with what they donated to sessions: what making it
    /// again takes.</summary>
    internal static Error ReadWhole(Env env, Target target, int domain, ref Quota whole)
    {
        OnlineStorage storage = target.Storage;
        Error error = new PdSession(env, Pd(target, domain)).ReadQuota(ref whole);
        int payer = domain == Own ? storage.Find(ObjectKind.InitialSession, "PD") : storage.Leader(domain);
        AddDonations(storage, payer, ref whole);
        var below = default(Quota);
        for (int other = Next(storage, Own); other != End && error == Error.None; other = Next(storage, other))
        {
            if (PayerOf(storage, other) == payer)
            {
                error = ReadWhole(env, target, other, ref below);
                whole.RamQuota += below.RamQuota;
                whole.CapQuota += below.CapQuota;
            }
        }

        return error;
    }

    private static void AddDonations(OnlineStorage storage, int payer, ref Quota whole)
    {
        for (int entry = 0; entry < storage.Count; entry++)
        {
            bool isSession = storage.Kind(entry) == ObjectKind.Session || storage.Kind(entry) == ObjectKind.ClosedSession;
            // What another target of this RTCR serves, nobody donated to.
            CallRecord? origin = isSession && !storage.IsPd(entry) && storage.Number(entry) == 0 ? storage.Origin(entry) : null;
            if (origin != null && origin.ObjectCount > 0 && origin.Objects[0] == payer)
            {
                whole.RamQuota += origin.WordCount > 1 ? origin.Words[1] : 0;
                whole.CapQuota += origin.WordCount > 2 ? origin.Words[2] : 0;
            }
        }
    }

    /// <summary>The entry of the PD session that gave a domain its quotas; −1 for none.</summary>
    private static int PayerOf(OnlineStorage storage, int domain)
    {
        CallRecord origin = storage.Origin(domain)!;
        return origin.ObjectCount > 0 ? origin.Objects[0] : -1;
    }
}
