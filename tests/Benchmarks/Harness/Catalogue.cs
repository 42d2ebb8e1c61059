// All benchmarks by name, in the order in which the results show them.
namespace Tern.Benchmarks;

/// <summary>What can be measured.</summary>
internal static class Catalogue
{
    private static readonly (string Name, Func<Benchmark> Make)[] Entries =
    [
        ("yardsticks", () => new Yardsticks()),
        ("calls", () => new NestedCalls()),
        ("sends", () => new Sends()),
        ("signals", () => new Signals()),
        ("memory", () => new MemoryAccess()),
        ("page-fault", () => new PageFault()),
        ("capabilities", () => new Delegation()),
        ("sessions", () => new Sessions()),
        ("capture", () => new Capture()),
        ("dataspaces", () => new Dataspaces()),
        ("sealing", () => new Sealing()),
        ("storing", () => new Storing()),
        ("migration", () => new Migration()),
        ("components", () => new Components()),
        ("pairs", () => new Pairs()),
        ("births", () => new Births()),
        ("boards", () => new Boards()),
    ];

    /// <summary>The names.</summary>
    internal static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>Makes a benchmark.</summary>
    internal static Benchmark Make(string name) => Entries.Single(entry => entry.Name == name).Make();
}
