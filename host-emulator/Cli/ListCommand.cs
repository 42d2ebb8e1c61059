// tern list: the benches that come with the emulator.
using System.CommandLine;

namespace Tern.HostEmulator;

internal static class ListCommand
{
    internal static Command New(Output output, BenchCatalog catalog)
    {
        var command = new Command("list", "List the benches.");
        ExamplesHelp.AddTo(command, new Example("tern list", "names, boards and what each is for"));
        command.SetAction(_ =>
        {
            int status = ExitCodes.Success;
            var rows = new List<string[]>();
            foreach (string name in catalog.Names)
            {
                status = Math.Max(status, CommandLine.WithBench(output, catalog, name, bench =>
                {
                    rows.Add([name, bench.Boards.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), bench.Description]);
                    return ExitCodes.Success;
                }));
            }

            TextTable.Write(output.Standard, ["bench", "boards", "description"], rows, [false, true, false], output.Width);
            return status;
        });
        return command;
    }
}
