// Where a command writes: plain text unless it is a terminal.
using Spectre.Console;

namespace Tern.HostEmulator;

/// <summary>Standard output and standard error of a command, or a test's stand-in for them.</summary>
public sealed class Output
{
    /// <summary>Plain text to two writers.</summary>
    public Output(TextWriter standard, TextWriter error)
    {
        Standard = standard;
        Error = error;
    }

    /// <summary>For results and logs.</summary>
    public TextWriter Standard { get; }

    /// <summary>For errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output as a terminal, or <c>null</c> when it is none.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>Standard error as a terminal, for progress; <c>null</c> when it is none.</summary>
    public TextWriter? Progress { get; init; }

    /// <summary>Columns of the terminal; without one, lines are as long as they like to be.</summary>
    internal int Width => Terminal?.Profile.Width ?? int.MaxValue;

    /// <summary>Says what is wrong; what was written wrongly is shown, and not obeyed by the terminal. Where nothing can be told any more, the
    /// exit status is what is left.</summary>
    internal void Complain(string message)
    {
        try
        {
            Error.WriteLine(Printable.Harmless(message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard error is what failed.
        }
    }

    /// <summary>Shows how far the work is, in place of what was shown before; nothing ends it.</summary>
    internal void ShowProgress(string text) => Progress?.Write($"\r{text}\u001b[K{(text.Length == 0 ? "\r" : "")}");

    /// <summary>The process's own.</summary>
    internal static Output OfProcess()
    {
        var utf8 = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var standard = new StreamWriter(new StandardOutput(Console.OpenStandardOutput()), utf8, 65536) { NewLine = "\n" };
        bool isTerminal = !Console.IsOutputRedirected;
        if (isTerminal)
        {
            Console.OutputEncoding = utf8;
            standard.AutoFlush = true;
        }

        return new Output(standard, Console.Error)
        {
            Terminal = isTerminal ? AnsiConsole.Console : null,
            Progress = Console.IsErrorRedirected ? null : Console.Error,
        };
    }
}
