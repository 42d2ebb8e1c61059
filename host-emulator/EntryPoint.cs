// The tool `tern`: one process, one command, one exit status.
namespace Tern.HostEmulator;

internal static class EntryPoint
{
    private static int Main(string[] arguments)
    {
        Output output = Output.OfProcess();
        try
        {
            return CommandLine.Run(arguments, output);
        }
        catch (IOException) when (output.Terminal is null)
        {
            return ExitCodes.Success;           // whoever read our output has had enough: `tern run | head`
        }
        finally
        {
            Flush(output.Standard);
        }
    }

    private static void Flush(TextWriter writer)
    {
        try
        {
            writer.Flush();
        }
        catch (IOException)
        {
            // The reader is gone.
        }
    }
}
