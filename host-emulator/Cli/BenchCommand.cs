// tern bench: measurements of parts, as tests/Benchmarks has them of the layers.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class BenchCommand
{
    internal static Command New(Output output, Func<FpgaCoreKind, int, FpgaTiming, IFpgaCore> coreOf)
    {
        var command = new Command("bench", "Measure parts of Tern that are simulated; benches of boards are run with tern run.")
        {
            new BenchFpgaCommand(output, coreOf).NewCommand(),
            new BenchCdmaCommand(output, (kind, memory) => coreOf(kind, memory, FpgaTiming.Default)).NewCommand(),
        };
        ExamplesHelp.AddTo(
            ExitCodes.MeasureHelp,
            command,
            new("tern bench fpga", "where having the co-processor copy pays, and where not"),
            new("tern bench cdma", "what that makes of checkpoints"));
        return command;
    }
}
