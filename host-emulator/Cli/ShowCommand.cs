// tern show: a bench's boards, wiring and components as a tree. Shows what the file says; whether init accepts a
// configuration is init's business.
using System.CommandLine;
using System.Globalization;
using System.Xml.Linq;
using Spectre.Console;

namespace Tern.HostEmulator;

internal static class ShowCommand
{
    private const int PlainWidth = 160;

    internal static Command New(Output output, BenchCatalog catalog)
    {
        Argument<string> name = Values.Bench();
        var command = new Command("show", "Show a bench: boards, wiring, components and what is expected.") { name };
        ExamplesHelp.AddTo(
            command,
            new("tern show checkpoint-management", "a bench that comes with the emulator"),
            new("tern show my-bench.xml", "a bench of your own; tells what is wrong with it"));
        command.SetAction(parsed => CommandLine.WithBench(output, catalog, parsed.GetValue(name)!, bench =>
        {
            Write(output, TreeOf(bench));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Write(Output output, Tree tree)
    {
        if (output.Terminal is not null)
        {
            output.Terminal.Write(tree);
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        plain.Profile.Width = PlainWidth;
        plain.Profile.Capabilities.Unicode = true;
        plain.Write(tree);
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            output.Standard.WriteLine(line.TrimEnd());
        }
    }

    private static Tree TreeOf(Bench bench)
    {
        var tree = new Tree(Text(bench.Name, "bold") + (bench.Description.Length > 0 ? ": " + Text(bench.Description) : ""));
        LinkModel link = bench.Network.Link;
        tree.AddNode(Text(string.Create(
            CultureInfo.InvariantCulture,
            $"network: {Quantity.Time(link.LatencyNanoseconds)} + up to {Quantity.Time(link.JitterNanoseconds)}, {Rate(link.BitsPerSecond)}, {link.LossPerMillion} lost in a million")));
        var sockets = new BenchSockets(bench);
        foreach (BenchBoard board in bench.Boards)
        {
            TreeNode node = tree.AddNode(Text(board.Name, "bold") + " " + Text(Describe(board) + sockets.Describe(board), "grey"));
            AddDevices(node, board);
            AddComponents(node, XElement.Parse(board.Config));
        }

        foreach (BenchFault fault in bench.Faults)
        {
            tree.AddNode(Text($"after {Quantity.Time(fault.Time)}: {fault.Word} {string.Join(", ", fault.Boards)}".TrimEnd()));
        }

        TreeNode expected = tree.AddNode(Text($"expected within {Quantity.Time(bench.WithinNanoseconds)}"));
        foreach (Expectation expectation in bench.NewExpectations())
        {
            expected.AddNode(Text(expectation.Claim));
        }

        return tree;
    }

    private static string Describe(BenchBoard board)
    {
        BoardKind kind = board.Kind;
        string address = board.Address.Address == 0 ? "no network" : NetworkAddress.Format(board.Address.Address);
        string storage = board.Storage == 0 ? "" : $", storage {Quantity.Size(board.Storage)}";
        int pageSize = board.PageSize == 0 ? kind.PageSize : board.PageSize;
        return $"{kind.Name}, {Quantity.Size(board.Memory == 0 ? kind.Memory : board.Memory)} in pages of {pageSize}, {address}, {Mac(board.Address.Mac)}{storage}";
    }

    private static void AddDevices(TreeNode parent, BenchBoard board)
    {
        foreach ((string window, string interrupt) in board.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal))
        {
            parent.AddNode(Text("device " + window) + " " + Text($"(pulse-counter; registers; counts {interrupt})", "grey"));
        }

        foreach (BenchFpga fpga in board.Fpgas)
        {
            string interrupt = fpga.Interrupt is null ? "" : $"; interrupt {fpga.Interrupt}";
            string core = BenchFpga.CoreWords[(int)fpga.Core];
            parent.AddNode(Text("device " + fpga.Spi) + " " + Text($"(fpga; SPI at {Frequency(fpga.ClockHz)}{interrupt}; {Quantity.Size(fpga.Memory)}; core {core})", "grey"));
        }
    }

    private static void AddComponents(TreeNode parent, XElement config)
    {
        foreach (XElement start in config.Elements("start"))
        {
            TreeNode node = parent.AddNode(Component(start));
            if (start.Element("config") is { } inner)
            {
                AddComponents(node, inner);
            }
        }
    }

    private static string Component(XElement start)
    {
        string name = start.Attribute("name")?.Value ?? "?";
        string? binary = start.Element("binary")?.Attribute("name")?.Value;
        string? ram = start.Elements("resource").FirstOrDefault(resource => resource.Attribute("name")?.Value == "RAM")?.Attribute("quantum")?.Value;
        IEnumerable<string> services = start.Elements("provides").Elements("service").Select(service => service.Attribute("name")?.Value ?? "?");
        IEnumerable<string> routes = start.Elements("route").Elements("service")
            .Select(route => (route.Attribute("name")?.Value, child: route.Element("child")?.Attribute("name")?.Value))
            .Where(route => route.child is not null)
            .Select(route => $"{route.Item1} from {route.child}");
        string[] facts = [.. new[]
        {
            binary is null || binary == name ? null : "binary " + binary,
            ram is null ? null : "RAM " + ram,
            start.Attribute("caps") is { } caps ? "caps " + caps.Value : null,
            services.Any() ? "provides " + string.Join(", ", services) : null,
            routes.Any() ? string.Join(", ", routes) : null,
        }.OfType<string>()];
        return Text(name) + (facts.Length > 0 ? " " + Text("(" + string.Join("; ", facts) + ")", "grey") : "");
    }

    private static string Rate(long bitsPerSecond) => bitsPerSecond switch
    {
        0 => "unlimited",
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bitsPerSecond / 1e6:0.###} Mbit/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bitsPerSecond} bit/s"),
    };

    private static string Frequency(long hertz) => hertz >= 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{hertz / 1e6:0.###} MHz")
        : string.Create(CultureInfo.InvariantCulture, $"{hertz / 1e3:0.###} kHz");

    private static string Mac(long mac) => string.Join(':', Enumerable.Range(0, 6).Select(i => ((mac >> (40 - (8 * i))) & 0xFF).ToString("x2", CultureInfo.InvariantCulture)));

    private static string Text(string text, string? style = null) =>
        style is null ? Markup.Escape(Printable.Line(text)) : $"[{style}]{Markup.Escape(Printable.Line(text))}[/]";
}
