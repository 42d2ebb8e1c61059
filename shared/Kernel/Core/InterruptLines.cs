// The board's interrupt lines and which session of core has which.
// Invariant: a line that fired stays masked until its session acknowledges, so a fast device cannot flood the board.
namespace Tern.Kernel;

/// <summary>Interrupt lines in use.</summary>
internal sealed class InterruptLines
{
    private readonly IInterrupts? _device;
    private readonly IrqSessionServer?[] _session;

    internal InterruptLines(IInterrupts? device)
    {
        _device = device;
        _session = new IrqSessionServer?[device == null ? 0 : device.Lines];
    }

    internal int Count => _session.Length;

    internal IrqSessionServer? Session(int line) => _session[line];

    internal bool IsFree(int line) => _session[line] == null;

    internal void Claim(int line, IrqSessionServer? session)
    {
        _session[line] = session;
        _device!.Mask(line, session == null);
    }

    internal void SetMask(int line, bool masked) => _device!.Mask(line, masked);

    internal void Poll()
    {
        if (_device == null)
        {
            return;
        }

        for (int line = _device.Take(); line >= 0; line = _device.Take())
        {
            IrqSessionServer? session = line < _session.Length ? _session[line] : null;
            if (session != null)
            {
                _device.Mask(line, true);
                session.Fire();
            }
        }
    }
}
