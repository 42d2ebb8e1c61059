// --fpga: who plays the co-processors, whatever the bench says. Of every command that runs a bench.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class FpgaOption
{
    internal static Option<string?> New()
    {
        var option = new Option<string?>("--fpga") { Description = "who plays every FPGA: model, in C#; rtl, the hardware description itself. What the bench says when not given" };
        option.AcceptOnlyFromAmong(BenchFpga.CoreWords);
        return option;
    }

    internal static FpgaCoreKind? Read(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } word ? (FpgaCoreKind)Array.IndexOf(BenchFpga.CoreWords, word) : null;
}
