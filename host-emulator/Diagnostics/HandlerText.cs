// A handler as its author knows it: the method of Program, and what it was entered with.
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal static class HandlerText
{
    /// <summary>Such as <c>OnSignal(label 1)</c>; empty outside of handlers.</summary>
    internal static string Of(ProgramPlace place) => place.Handler switch
    {
        TraceHandler.Start => "Construct",
        TraceHandler.Signal => string.Create(CultureInfo.InvariantCulture, $"OnSignal(label {place.Label})"),
        TraceHandler.Request or TraceHandler.Call when place.Label < 0 => place.Detail switch
        {
            RootOperation.Create => "OnOpen",
            RootOperation.Close => "OnClose",
            _ => "OnUpgrade",
        },
        TraceHandler.Request or TraceHandler.Call =>
            string.Create(CultureInfo.InvariantCulture, $"OnRequest(label {place.Label}, opcode {place.Detail})"),
        TraceHandler.Answer => string.Create(CultureInfo.InvariantCulture, $"OnReply(label {place.Label})"),
        _ => "",
    };

    /// <summary>The method's name alone.</summary>
    internal static string Method(ProgramPlace place)
    {
        string whole = Of(place);
        int end = whole.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? whole : whole[..end];
    }
}
