// The board's interrupt lines and which session of core has which.
// Invariants: a line is masked from when it fired until its session has signalled that and has been acknowledged, so a
// fast device cannot flood the board; whoever gets a line hears only of what came from then on.
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

    /// <summary>Whether a session may have something to signal that no line will bring up again.</summary>
    internal bool HasWork { get; private set; }

    internal IrqSessionServer? Session(int line) => _session[line];

    internal bool IsFree(int line) => _session[line] == null;

    /// <summary>The line of an interrupt as components know it; −1 for none.</summary>
    internal int LineOf(string name, int number)
    {
        int line = _device == null ? -1 : _device.LineOf(name, number);
        return line < _session.Length ? line : -1;
    }

    internal void Claim(int line, IrqSessionServer? session)
    {
        _session[line] = session;
        _device!.Clear(line);
        _device.Mask(line, session == null);
    }

    internal void SetMask(int line, bool masked) => _device!.Mask(line, masked);

    /// <summary>How often a line has fired and its session does not know yet.</summary>
    internal int Pending(int line) => _device!.Pending(line);

    /// <summary>A session has changed: what it has pending is signalled before the next dispatch, so that several changes in one
    /// handler, as when it is restored, count as one.</summary>
    internal void Changed() => HasWork = true;

    internal void Poll()
    {
        if (_device == null)
        {
            return;
        }

        for (int line = _device.Take(out int count); line >= 0; line = _device.Take(out count))
        {
            IrqSessionServer? session = line < _session.Length ? _session[line] : null;
            if (session != null)
            {
                _device.Mask(line, true);
                session.Fire(count);
            }
        }
    }

    /// <summary>Lets changed sessions signal.</summary>
    internal void Work()
    {
        HasWork = false;
        for (int line = 0; line < _session.Length; line++)
        {
            _session[line]?.Deliver();
        }
    }
}
