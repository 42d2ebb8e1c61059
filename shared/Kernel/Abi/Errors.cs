// Names of errors for log lines; an enum's own ToString gives the number on nanoFramework.
namespace Tern.Kernel;

/// <summary>Texts for <see cref="Error"/>.</summary>
public static class Errors
{
    /// <summary>A short English name, for logs.</summary>
    public static string Name(Error error) => error switch
    {
        Error.None => "ok",
        Error.InvalidCapability => "invalid capability",
        Error.WrongObject => "wrong kind of object",
        Error.NotPermitted => "not permitted",
        Error.MustSend => "not callable: must be sent",
        Error.UnknownOpcode => "unknown opcode",
        Error.BadArgument => "bad argument",
        Error.OutOfRam => "out of RAM",
        Error.OutOfCaps => "out of capabilities",
        Error.TableFull => "kernel table full",
        Error.MessageTooLong => "message too long",
        Error.TooDeep => "calls nested too deep",
        Error.Faulted => "server faulted",
        Error.Gone => "server gone",
        Error.ServiceDenied => "service denied",
        Error.BadRegion => "bad region",
        Error.NotFound => "not found",
        Error.Exists => "exists already",
        Error.Busy => "busy",
        Error.DeviceFailed => "device failed",
        Error.NoDevice => "no such device",
        Error.BadData => "malformed data",
        Error.Stale => "stale epoch",
        Error.Unreachable => "unreachable",
        Error.Full => "no room left",
        Error.OverBudget => "over its time budget",
        Error.Deferred => "deferred",
        Error.Changed => "module has changed",
        Error.FlowsOpen => "open flows",
        Error.AuditFailed => "the kernel's audit failed",
        _ => "unknown error",
    };
}
