// A virtual board's interrupt controller: a bench or a test pulses its lines.
// Invariants: a line that fires while masked stays pending and fires when it is unmasked; pulses of a line that is
// pending already coalesce, as in hardware; lines are taken in the order in which they fired.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Interrupt lines that somebody outside pulses.</summary>
public sealed class InterruptLines : IInterrupts
{
    private readonly IDeviceHost _board;
    private readonly bool[] _masked;
    private readonly bool[] _pending;
    private readonly Queue<int> _fired;

    /// <summary>Makes a controller whose lines are unmasked.</summary>
    public InterruptLines(IDeviceHost board, int lines)
    {
        _board = board;
        _masked = new bool[lines];
        _pending = new bool[lines];
        _fired = new Queue<int>(lines);
    }

    /// <inheritdoc/>
    public int Lines => _pending.Length;

    /// <summary>Pulses a line now.</summary>
    public void Pulse(int line)
    {
        if (_pending[line])
        {
            return;
        }

        _pending[line] = true;
        if (!_masked[line])
        {
            Fire(line);
        }
    }

    /// <inheritdoc/>
    public int Take()
    {
        while (_fired.TryDequeue(out int line))
        {
            if (_pending[line] && !_masked[line])
            {
                _pending[line] = false;
                return line;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Mask(int line, bool masked)
    {
        bool fires = _masked[line] && !masked && _pending[line];
        _masked[line] = masked;
        if (fires)
        {
            Fire(line);
        }
    }

    /// <summary>Forgets everything, as at power-on.</summary>
    public void Reset()
    {
        Array.Clear(_masked);
        Array.Clear(_pending);
        _fired.Clear();
    }

    private void Fire(int line)
    {
        _fired.Enqueue(line);
        _board.Wake(_board.Now);
    }
}
