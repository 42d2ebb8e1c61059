// What the tool's exit status means; the help shows the same list.
namespace Tern.HostEmulator;

/// <summary>Exit statuses of <c>tern</c>.</summary>
public static class ExitCodes
{
    /// <summary>Everything was as the bench expects.</summary>
    public const int Success = 0;

    /// <summary>The bench ran, and something was not as expected.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or names a bench that is not there.</summary>
    public const int Usage = 2;

    /// <summary>The bench file has errors.</summary>
    public const int BadBench = 3;

    internal static readonly string[] Help =
    [
        "0  all expectations of the bench hold",
        "1  the bench ran, and something was not as expected",
        "2  the command line is wrong, or there is no such bench",
        "3  the bench file has errors",
    ];
}
