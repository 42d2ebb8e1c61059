// Which handler it is, for whoever explains what happens in it.
namespace Tern.Kernel;

internal sealed partial class Activation
{
    /// <summary>See <see cref="TraceHandler"/>.</summary>
    internal int Handler;

    /// <summary>The label of the signal, RPC object or answer.</summary>
    internal int Label;

    /// <summary>The signal's count, the request's opcode or the answer's error.</summary>
    internal int Detail;

    internal bool HasReceived => _receivedCount > 0;

    /// <summary>Tells which received capabilities are about to go.</summary>
    internal void TellDropped(IDiagnostics diagnostics, ProgramPlace place)
    {
        for (int i = 0; i < _receivedCount; i++)
        {
            if (_received[i] != Selectors.Invalid)
            {
                diagnostics.Dropped(place, _received[i]);
            }
        }
    }
}
