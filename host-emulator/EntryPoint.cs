// The tool `tern`: one process, one command, one exit status.
namespace Tern.HostEmulator;

internal static class EntryPoint
{
    private static int Main(string[] arguments) => CommandLine.Run(arguments, Output.OfProcess());
}
