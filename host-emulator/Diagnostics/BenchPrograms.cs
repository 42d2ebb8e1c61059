// The programs that a bench's boards may start, checked by the same rules as the tests check the shared layers.
using System.Xml;
using System.Xml.Linq;
using Tern.Kernel;
using Tern.Rules;

namespace Tern.HostEmulator;

internal static class BenchPrograms
{
    /// <summary>Refuses programs that break the rules of programs.</summary>
    /// <exception cref="RulesException">One does.</exception>
    internal static void Check(Bench bench, Func<string, Program?> programOf)
    {
        // The system's own stay on their board, and are checked where they are built.
        Type[] types =
        [
            .. Named(bench).Select(name => programOf(name)).Where(program => program is not (null or PinnedProgram)).Select(program => program!.GetType()),
        ];
        IReadOnlyList<string> violations = types.Length == 0 ? [] : ProgramRules.Violations(types);
        if (violations.Count > 0)
        {
            throw new RulesException(violations);
        }
    }

    /// <summary>The names of all binaries in the boards' configurations: those of init's children, and of theirs.</summary>
    private static SortedSet<string> Named(Bench bench)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (BenchBoard board in bench.Boards)
        {
            XElement config;
            try
            {
                config = XElement.Parse(board.Config);
            }
            catch (XmlException)
            {
                continue;       // init says what is wrong with it
            }

            foreach (XElement start in config.Descendants("start"))
            {
                names.Add(start.Element("binary")?.Attribute("name")?.Value ?? start.Attribute("name")?.Value ?? "");
            }
        }

        return names;
    }
}
