// What the tool's exit status means; the help shows the same list.
namespace Tern.HostEmulator;

/// <summary>Exit statuses of <c>tern</c>.</summary>
public static class ExitCodes
{
    /// <summary>Everything was as the bench expects.</summary>
    public const int Success = 0;

    /// <summary>The bench ran, and something was not as expected.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or names a bench that is not there, or the RTL, which was not built; what was to be written cannot be; or the
    /// watchdog ended the run.</summary>
    public const int Usage = 2;

    /// <summary>The bench file has errors.</summary>
    public const int BadBench = 3;

    internal static readonly string[] Help =
    [
        "0  all expectations of the bench hold",
        "1  the bench ran, and something was not as expected",
        "2  the command line is wrong, there is no such bench, the FPGA's RTL was not built, something cannot be written, or a handler did not end",
        "3  the bench file has errors",
    ];

    /// <summary>What the statuses mean of a command that runs a bench and can be interrupted.</summary>
    internal static readonly string[] RunHelp =
    [
        .. Help,
        "130 or 143  Ctrl-C or SIGTERM ended it; what it has found so far was shown",
    ];

    /// <summary>What the statuses mean of a command that looks at something.</summary>
    internal static readonly string[] LookHelp =
    [
        "0  done",
        "2  the command line is wrong, or a file cannot be read or written",
    ];

    /// <summary>What the statuses mean of a group of commands that look, check and compare.</summary>
    internal static readonly string[] ToolHelp =
    [
        "0  done: nothing is wrong, nothing differs",
        "1  something is wrong, or differs",
        "2  the command line is wrong, or a file cannot be read or written",
    ];

    /// <summary>What the statuses mean of a command that checks something.</summary>
    internal static readonly string[] VerifyHelp =
    [
        "0  every check holds",
        "1  something is wrong with the image",
        "2  the command line is wrong, or a file cannot be read or written",
    ];

    /// <summary>What the statuses mean of a command that measures.</summary>
    internal static readonly string[] MeasureHelp =
    [
        "0  measured",
        "1  what is measured does not do as it should",
        "2  the command line is wrong, or a file is missing or cannot be written",
    ];

    /// <summary>What the statuses mean of a command that compares two things, as diff has them.</summary>
    internal static readonly string[] DiffHelp =
    [
        "0  nothing differs",
        "1  something differs",
        "2  the command line is wrong, or a file cannot be read or written",
    ];
}
