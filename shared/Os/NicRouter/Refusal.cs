// Why the router does not carry something. Each domain counts each kind; the log has each kind once a domain.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>A reason to refuse a flow or a datagram.</summary>
internal enum Refusal
{
    /// <summary>It is carried.</summary>
    None,

    /// <summary>No rule of the sender's domain permits it.</summary>
    NoRule,

    /// <summary>The domain that it would leave by has no NAT for the sender's domain.</summary>
    NoNat,

    /// <summary>The sender's domain has used up its NAT ports.</summary>
    NatFull,

    /// <summary>Nobody has the address, or nobody listens on the port.</summary>
    Unreachable,

    /// <summary>The receiver, or the router, has no flow left.</summary>
    NoFlow,

    /// <summary>It came from outside, and no rule forwards it.</summary>
    NoForward,
}

/// <summary>What refusals are called, and what their victims are told.</summary>
internal static class Refusals
{
    internal const int Count = 7;

    internal static string Name(Refusal refusal) => refusal switch
    {
        Refusal.None => "none",
        Refusal.NoRule => "no rule permits it",
        Refusal.NoNat => "no NAT for this domain",
        Refusal.NatFull => "all NAT ports in use",
        Refusal.Unreachable => "nobody there",
        Refusal.NoFlow => "no flow left",
        _ => "no rule forwards it",
    };

    internal static Error ToError(Refusal refusal) => refusal switch
    {
        Refusal.None => Error.None,
        Refusal.NoRule or Refusal.NoNat or Refusal.NoForward => Error.NotPermitted,
        Refusal.NatFull => Error.Full,
        Refusal.NoFlow => Error.TableFull,
        _ => Error.Unreachable,
    };
}
