// A virtual board's boot image: programs from a registry, data modules from a bench file or a test.
using System.Text;
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Programs and data modules of a board. Complete it before the board boots.</summary>
public sealed class BootModules : IBootModules
{
    private readonly Func<string, Program?> _programOf;
    private readonly Dictionary<string, byte[]> _modules = new(StringComparer.Ordinal);

    /// <summary>Makes an image without data modules.</summary>
    /// <param name="programOf">Makes the program of a name; the emulator's own programs when not given.</param>
    public BootModules(Func<string, Program?>? programOf = null) => _programOf = programOf ?? Programs.Make;

    /// <summary>Adds a data module, or replaces it.</summary>
    /// <returns>This image.</returns>
    public BootModules With(string name, byte[] content)
    {
        _modules[name] = content;
        return this;
    }

    /// <summary>Adds a text, as UTF-8.</summary>
    /// <returns>This image.</returns>
    public BootModules With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public Program? Load(string binary) => _programOf(binary);

    /// <inheritdoc/>
    public byte[]? Module(string name) => _modules.GetValueOrDefault(name);
}
