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

    /// <summary>Who waits for answers.</summary>
    internal IReadOnlyList<Wait> Waits() => _kernel.Waits();

    /// <summary>The innermost handler that runs, for whoever explains it.</summary>
    internal ProgramPlace? Running => _kernel.Running;

    public string? DumpCapabilities(string label) => _kernel.DumpCapabilities(label);
}
