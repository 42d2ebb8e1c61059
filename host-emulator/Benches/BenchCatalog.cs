// The benches that come with the emulator, and how a bench is named on the command line.
namespace Tern.HostEmulator;

/// <summary>Finds bench files.</summary>
public sealed class BenchCatalog
{
    private const string Extension = ".xml";

    private readonly string _folder;

    /// <summary>Makes a catalogue.</summary>
    /// <param name="folder">Where the benches are; the emulator's own when not given.</param>
    public BenchCatalog(string? folder = null) => _folder = folder ?? Path.Combine(AppContext.BaseDirectory, "Benches");

    /// <summary>The names of all benches, sorted.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateFiles(_folder, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    /// <summary>Reads a bench by its name, or by a path that ends with <c>.xml</c> or has a folder in it.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what there is.</exception>
    /// <exception cref="BenchException">The file is not a sound bench.</exception>
    public Bench Read(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || nameOrPath.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            return File.Exists(nameOrPath)
                ? BenchReader.ReadFile(nameOrPath)
                : throw new FileNotFoundException($"there is no file \"{nameOrPath}\"");
        }

        if (Names.Contains(nameOrPath))
        {
            string file = nameOrPath + Extension;
            return BenchReader.ReadFile(Path.Combine(_folder, file), "Benches/" + file);
        }

        string hint = Spelling.DidYouMean(nameOrPath, Names);
        throw new FileNotFoundException(
            $"there is no bench \"{nameOrPath}\"{(hint.Length > 0 ? hint : "; there are " + string.Join(", ", Names))}");
    }
}
