// The real thing: Tern's kernel on a virtual board.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class KernelMachine(IBoard board) : IMachine, ICapabilityDumps
{
    private readonly Microkernel _kernel = new(board);

    public long NextDeadlineNanoseconds => _kernel.NextDeadlineNanoseconds;

    public bool IsReady => _kernel.IsReady;

    public Error Boot() => _kernel.Boot();

    public void Poll() => _kernel.Poll();

    public bool Dispatch() => _kernel.Dispatch();

    public string? DumpCapabilities(string label) => _kernel.DumpCapabilities(label);
}
