// The command: measures what is named and writes the results where it is told.
namespace Tern.Benchmarks;

/// <summary><c>dotnet run -c Release --project tests/Benchmarks -- [all|NAME…] [--quick] [--rounds N] [--case TEXT] [--markdown FILE]</c>.</summary>
internal static class EntryPoint
{
    private const string Command = "dotnet run -c Release --project tests/Benchmarks --";

    private static int Main(string[] arguments)
    {
        var names = new List<string>();
        string? file = null;
        string filter = "";
        Sampler sampler = Sampler.Thorough;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    sampler = Sampler.Quick;
                    break;
                case "--markdown" when i + 1 < arguments.Length:
                    file = arguments[++i];
                    break;
                case "--rounds" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], out int rounds) && rounds > 0:
                    sampler = sampler with { Rounds = rounds };
                    i++;
                    break;
                case "--case" when i + 1 < arguments.Length:
                    filter = arguments[++i];
                    break;
                case "all":
                    names.AddRange(Catalogue.Names);
                    break;
                case string name when Catalogue.Names.Contains(name):
                    names.Add(name);
                    break;
                default:
                    return Explain(arguments[i]);
            }
        }

        return names.Count == 0 ? Explain("") : Run(names, sampler, filter, file, string.Join(' ', arguments.Prepend(Command)));
    }

    private static int Run(List<string> names, Sampler sampler, string filter, string? file, string command)
    {
        string head = Surroundings.Describe(command);
        Console.WriteLine(head);
        var sections = new List<string> { head };
        foreach (string name in names)
        {
            using Benchmark benchmark = Catalogue.Make(name);
            IReadOnlyList<Result> results = sampler.Run(Chosen(benchmark.Prepare(Size.Full), filter));
            sections.Add(Table.Of(name, benchmark, results));
            Console.WriteLine(sections[^1]);
        }

        if (file is not null)
        {
            File.WriteAllText(file, string.Join('\n', sections));
        }

        return 0;
    }

    /// <summary>The cases that are meant, and what they are compared with.</summary>
    private static List<Case> Chosen(IReadOnlyList<Case> cases, string filter)
    {
        var chosen = cases.Where(measured => measured.Name.Contains(filter, StringComparison.Ordinal)).ToList();
        return [.. cases.Where(measured => chosen.Contains(measured) || chosen.Any(other => other.Beside == measured))];
    }

    private static int Explain(string unknown)
    {
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"unknown argument '{unknown}'");
        }

        Console.Error.WriteLine($"{Command} all|NAME… [--quick] [--rounds N] [--case TEXT] [--markdown FILE]");
        Console.Error.WriteLine("names: " + string.Join(' ', Catalogue.Names));
        return 2;
    }
}
