// A console that nobody reads.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class NullConsole : IConsole
{
    public void WriteLine(string line)
    {
    }
}
