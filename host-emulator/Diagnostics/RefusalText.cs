// What a program did that was refused, and what would be right: one line, as its author would have it explained.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Explains refusals on one board.</summary>
internal sealed class RefusalText(ServiceNames services)
{
    /// <summary>The whole line behind the component's name.</summary>
    /// <param name="refusal">What was refused.</param>
    /// <param name="opening">For an answer, the service that was asked for; empty when it was none.</param>
    /// <param name="dropped">The handler that was given the selector and did not keep it; empty when that is not why.</param>
    internal string Of(in Refusal refusal, string opening, string dropped)
    {
        string handler = HandlerText.Of(refusal.Place);
        string where = handler.Length == 0 ? "" : $" in {handler}";
        return refusal.Kind switch
        {
            RefusalKind.Call => $"{Call(refusal)}{where}: {Errors.Name(refusal.Error)}; {OfRequest(refusal, dropped)}",
            RefusalKind.Send => $"{Send(refusal)}{where}: {Errors.Name(refusal.Error)}, nothing was sent; {OfRequest(refusal, dropped)}",
            RefusalKind.Answer => OfAnswer(refusal, opening),
            RefusalKind.Operation => $"{Operation(refusal)}{where}: {Errors.Name(refusal.Error)}; {OfOperation(refusal, dropped)}",
            RefusalKind.Allocate => $"Allocate({Number(refusal.Argument)}){where} answered 0: {Quota(refusal)}",
            RefusalKind.UnknownOpcode => OfUnknownOpcode(refusal),
            RefusalKind.Unhandled => OfUnhandled(refusal),
            _ => $"its {refusal.Asked} session fired, and no signal context hears it: give it one with Sigh, before it is triggered",
        };
    }

    /// <summary>What an allocation was refused for.</summary>
    internal static string Quota(in Refusal refusal) => refusal switch
    {
        { Argument: < 0 } => "a size cannot be negative",
        { Error: Error.OutOfCaps } => $"the memory would need a capability; {Caps(refusal)}",
        { Error: Error.OutOfRam } when refusal.RamLeft >= refusal.Argument =>
            $"{Ram(refusal)}, but the board has no piece of memory that large",
        _ => Ram(refusal),
    };

    private static string Call(in Refusal refusal) => refusal switch
    {
        { IsCore: true, Asked: "Parent", Opcode: ParentOperation.Session } => $"Connect(\"{refusal.Name}\")",
        { IsCore: true, Asked: "Parent", Opcode: ParentOperation.Announce } => $"Announce(\"{refusal.Name}\")",
        { IsCore: true } => OperationNames.Of(refusal.Asked, refusal.Opcode),
        _ => string.Create(CultureInfo.InvariantCulture, $"Call(selector {refusal.Argument}, opcode {refusal.Opcode})"),
    };

    private static string Send(in Refusal refusal) => refusal is { IsCore: true, Asked: "Parent", Opcode: ParentOperation.Session }
        ? $"Open(\"{refusal.Name}\")"
        : string.Create(CultureInfo.InvariantCulture, $"Send(selector {refusal.Argument}, opcode {refusal.Opcode})");

    private static string Operation(in Refusal refusal) => string.Create(CultureInfo.InvariantCulture, $"{refusal.Name}({refusal.Argument})");

    private string OfRequest(in Refusal refusal, string dropped)
    {
        if (refusal is { IsCore: true, Asked: "Parent", Opcode: ParentOperation.Session })
        {
            return OfSession(refusal, refusal.Name);
        }

        if (refusal is { IsCore: true, Asked: "Parent", Opcode: ParentOperation.Announce })
        {
            return refusal.Error == Error.Exists
                ? "it is announced already, and once is enough: each client gets a session of its own"
                : $"allow it with <provides> <service name=\"{refusal.Name}\"/> </provides> in the component's start node";
        }

        return refusal.Error switch
        {
            Error.InvalidCapability or Error.WrongObject => OfSelector(refusal, dropped),
            Error.MustSend => "only core and the components above can be called: use Send, and take the answer in OnReply",
            Error.UnknownOpcode when refusal.IsCore => $"{refusal.Asked} knows {string.Join(", ", OperationNames.All(refusal.Asked))}",
            Error.UnknownOpcode => $"{Behind(refusal)} does not know it",
            Error.MessageTooLong => string.Create(
                CultureInfo.InvariantCulture,
                $"a message holds {Message.MaxWords} words, {Message.MaxBytes} bytes and {Message.MaxCapabilities} capabilities; pass more in a dataspace"),
            Error.OutOfRam => Ram(refusal),
            Error.OutOfCaps => Caps(refusal),
            Error.BadArgument when refusal.Kind == RefusalKind.Send => "a reply label is 0 or more, and the entrypoint must be this component's",
            Error.TableFull when refusal.Kind == RefusalKind.Send => "too many requests are outstanding; wait for answers",
            _ => $"{Behind(refusal)} refused it",
        };
    }

    private string OfSession(in Refusal refusal, string service) => refusal.Error switch
    {
        Error.MustSend => $"a sibling serves it: use Open(\"{service}\", …), and take the session from OnReply's answer",
        Error.OutOfRam => Ram(refusal),
        Error.OutOfCaps => Caps(refusal),
        Error.ServiceDenied or Error.NotFound or Error.NoDevice when !services.Has(service) =>
            $"no service is called \"{service}\"{Instead(service)}",
        Error.ServiceDenied when services.IsProvided(service) =>
            "the board has it, but no route leads there, or its server denied the session; look at <route> of the component's start node",
        Error.ServiceDenied => "no route leads there, or what it needs is not there; look at <parent-provides>, and <route> of the component's start node",
        Error.NotFound => "the label names nothing that the service has",
        Error.NoDevice => "the board has no such device; see its element in the bench file",
        Error.Exists => "another session has it already",
        Error.InvalidCapability or Error.WrongObject => "the component gave up what it should pay with or ask",
        _ => "the session was not opened",
    };

    private string Instead(string service)
    {
        string hint = services.DidYouMean(service);
        return hint.Length > 0 ? hint : $"; there are {services.All}";
    }

    private static string OfSelector(in Refusal refusal, string dropped)
    {
        if (refusal.Argument == Selectors.Invalid)
        {
            return "selector 0 names nothing: what should have answered with one answered 0, and Env.LastError says why";
        }

        if (refusal.Error == Error.WrongObject)
        {
            return refusal.Asked.Length > 0 ? $"the selector names a {refusal.Asked}" : "the selector names an object of another kind";
        }

        return dropped.Length > 0
            ? $"the capability came with {dropped}, was not kept, and went when that handler ended: Keep it there"
            : "the selector names nothing: it was never filled, was given up, or its object has ended";
    }

    private string OfAnswer(in Refusal refusal, string opening)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"reply label {refusal.Argument}");
        return opening.Length > 0
            ? $"Open(\"{opening}\") was answered ({label}): {Errors.Name(refusal.Error)}; {OfSession(refusal, opening)}"
            : $"a request was answered ({label}): {Errors.Name(refusal.Error)}; OnReply gets that as its error";
    }

    private static string OfOperation(in Refusal refusal, string dropped) => refusal switch
    {
        { Name: "Keep", Error: Error.NotFound } => "only what came with the request that is being handled can be kept, and once",
        { Name: "Keep" } => Ram(refusal),
        { Name: "Defer" } => "a call has to be answered at once; only a request that was sent can wait",
        { Name: "Reply", Error: Error.NotFound } => "no request of this token waits: it was answered already, or its client has gone",
        { Name: "Reply" } => "the outcome for a client cannot be Deferred",
        { Name: "Entrypoint" } => "the label must be more than 0",
        { Name: "Submit", Error: Error.BadArgument } => "the count must be at least 1",
        { Error: Error.InvalidCapability or Error.WrongObject } => OfSelector(refusal, dropped),
        { Error: Error.BadRegion } => "the range is taken, not a multiple of the page size, or outside of the region map",
        { Error: Error.OutOfRam } => Ram(refusal),
        { Error: Error.OutOfCaps } => Caps(refusal),
        _ => "look at its arguments",
    };

    private static string OfUnknownOpcode(in Refusal refusal)
    {
        bool overrides = refusal.Place.Program?.GetMethod(nameof(Program.OnRequest))?.DeclaringType != typeof(Program);
        string request = $"a request with opcode {Number(refusal.Opcode)} for label {Number(refusal.Argument)}";
        return $"{request} was answered \"{Errors.Name(refusal.Error)}\"; "
            + (overrides ? "its OnRequest does not know that opcode" : $"{Name(refusal)} has no OnRequest: override it");
    }

    private static string OfUnhandled(in Refusal refusal) =>
        $"{HandlerText.Of(refusal.Place)} came to nothing: {Name(refusal)} has no {HandlerText.Method(refusal.Place)}; override it";

    private static string Name(in Refusal refusal) => refusal.Place.Program?.Name ?? "the program";

    private static string Behind(in Refusal refusal) => refusal.Asked.Length > 0 ? refusal.Asked : "the server";

    private static string Ram(in Refusal refusal) =>
        string.Create(CultureInfo.InvariantCulture, $"of its RAM quota of {refusal.RamQuota:N0} bytes {refusal.RamLeft:N0} are left");

    private static string Caps(in Refusal refusal) =>
        string.Create(CultureInfo.InvariantCulture, $"of its quota of {refusal.CapQuota:N0} capabilities {refusal.CapsLeft:N0} are left");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
