// What every test of a command starts with: it is run in this process, and what it writes is kept.
using System.CommandLine;

namespace Tern.HostEmulator.Tests;

/// <summary>A test that runs commands; each test has its own output and error.</summary>
public abstract class CommandTest : IDisposable
{
    private protected readonly StringWriter _out = new() { NewLine = "\n" };
    private protected readonly StringWriter _error = new() { NewLine = "\n" };

    /// <summary>Forgets what was written.</summary>
    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs tern with these arguments.</summary>
    /// <returns>The exit status.</returns>
    private protected int Run(params string[] arguments) => CommandLine.Run(arguments, new Output(_out, _error));

    /// <summary>Runs one command, as a test made it, without arguments.</summary>
    /// <returns>The exit status.</returns>
    private protected int RunAlone(Func<Output, Command> commandOf) =>
        commandOf(new Output(_out, _error)).Parse([]).Invoke(new InvocationConfiguration { Output = _out, Error = _error });
}
