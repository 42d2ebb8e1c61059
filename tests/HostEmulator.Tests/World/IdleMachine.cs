// A stand-in for the kernel: it does nothing but what a test tells it.
using Tern.Kernel;

namespace Tern.HostEmulator.Tests;

internal sealed class IdleMachine : IMachine
{
    internal Error BootResult { get; set; }

    internal Action OnPoll { get; set; } = static () => { };

    internal Func<bool> OnDispatch { get; set; } = static () => false;

    public long NextDeadlineNanoseconds { get; set; } = long.MaxValue;

    public Error Boot() => BootResult;

    public void Poll() => OnPoll();

    public bool Dispatch() => OnDispatch();
}
