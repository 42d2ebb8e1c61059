// --fpga: who plays the co-processors, whatever the bench says. Of every command that runs a bench.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class FpgaOption
{
    internal static Option<string?> New() => Values.Choice(
        "--fpga", "who plays every FPGA: model, in C#; rtl, the hardware description itself. What the bench says when not given", BenchFpga.CoreWords);

    /// <summary>What the command line says.</summary>
    /// <exception cref="InvalidDataException">The bench has nothing to be played.</exception>
    internal static FpgaCoreKind? Read(ParseResult parsed, Option<string?> option, Bench bench)
    {
        if (parsed.GetValue(option) is not { } word)
        {
            return null;
        }

        return bench.Boards.Any(board => board.Fpgas.Count > 0)
            ? (FpgaCoreKind)Array.IndexOf(BenchFpga.CoreWords, word)
            : throw new InvalidDataException(
                $"--fpga {word}: no board of {bench.Name} has an FPGA. Give one a <device kind=\"fpga\" spi=\"fpga\"/>, or try {CommandLine.FpgaBench}");
    }
}
