// Why a handler was ended, in one line: the exception with its text and stack, or the access, and the allocation that failed before.
using System.Diagnostics;
using System.Globalization;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal static class FailureText
{
    /// <summary>The whole line behind the component's name.</summary>
    /// <param name="failure">How the handler ended.</param>
    /// <param name="allocation">The component's last allocation that failed, and when; <c>null</c> for none.</param>
    /// <param name="budgetNanoseconds">How long a handler may run on this board.</param>
    internal static string Of(in HandlerFailure failure, (Refusal Refusal, long Time)? allocation, long budgetNanoseconds)
    {
        string stack = CompactStack.Of(new StackTrace(failure.Exception, fNeedFileInfo: true));
        string at = stack.Length == 0 ? "" : $"; at {stack}";
        string what = failure switch
        {
            { Error: Error.OverBudget } =>
                $"ran for {Quantity.Time(failure.HandlerNanoseconds)} of the board's time, and a handler may take {Quantity.Time(budgetNanoseconds)}",
            { IsAccess: true } => Access(failure, allocation),
            { Error: Error.Faulted } => Explain(failure.Exception),
            _ => $"was ended: {Errors.Name(failure.Error)}",
        };
        return $"{Handler(failure.Place)} {what}{at}";
    }

    private static string Handler(ProgramPlace place) => HandlerText.Of(place) is { Length: > 0 } handler ? handler : "it";

    /// <summary>An exception with its text and those that led to it.</summary>
    private static string Explain(Exception exception)
    {
        string text = $"threw {exception.GetType().Name}: {exception.Message}";
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            text += $", because of {inner.GetType().Name}: {inner.Message}";
        }

        return text;
    }

    private static string Access(in HandlerFailure failure, (Refusal Refusal, long Time)? allocation)
    {
        string wanted = failure.Access switch { Rights.Read => "read ", Rights.Write => "wrote ", _ => "touched " };
        string text = string.Create(CultureInfo.InvariantCulture, $"{wanted}address 0x{failure.Address:x}, where it has no access");
        if (allocation is { } failed)
        {
            bool isBeyond = failure.Address >= 0 && failure.Address < failed.Refusal.Argument;
            return text
                + (isBeyond ? $", byte {Invariant.Of(failure.Address)} of what was not allocated: " : "; before, ")
                + $"Allocate({Invariant.Of(failed.Refusal.Argument)}) at {Quantity.Time(failed.Time)} answered 0, {RefusalText.Quota(failed.Refusal)}";
        }

        return failure.Address == 0
            ? text + ": an address that something answered with 0 was not checked, or Env.Root was not set"
            : text;
    }
}
