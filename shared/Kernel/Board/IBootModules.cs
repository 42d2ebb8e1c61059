// What the boot image contains: programs (text) and data modules such as init's configuration.
namespace Tern.Kernel;

/// <summary>The boot image's content. Fixed while the board runs.</summary>
public interface IBootModules
{
    /// <summary>Makes a fresh instance of a program's text.</summary>
    /// <param name="binary">The program's name, as a configuration's <c>binary</c> says it.</param>
    /// <returns>The program, or <c>null</c> when the image has none of that name.</returns>
    Program? Load(string binary);

    /// <summary>The bytes of a data module.</summary>
    /// <param name="name">The module's name, such as <c>config</c>.</param>
    /// <returns>The module, not to be changed, or <c>null</c> when the image has none of that name.</returns>
    byte[]? Module(string name);
}
