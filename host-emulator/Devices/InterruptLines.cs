// A virtual board's interrupt controller: a device of the bench or a test pulses its lines, or holds one high.
// Invariants: a line counts its pulses, masked or not, until they are taken together; lines are taken in the order in
// which they fired; a line that is high is never unmasked with nothing to take, so an interrupt that nobody has answered
// comes again, also after a power cycle.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Interrupt lines that somebody outside pulses, and which interrupt is wired to which.</summary>
public sealed class InterruptLines : IInterrupts
{
    private readonly IDeviceHost _board;
    private readonly IReadOnlyDictionary<string, int> _wiring;
    private readonly bool[] _masked;
    private readonly int[] _pending;
    private readonly long[] _seen;
    private readonly bool[] _high;
    private readonly Queue<int> _fired;

    /// <summary>Makes a controller whose lines are unmasked.</summary>
    /// <param name="board">The board that it sits on.</param>
    /// <param name="lines">How many lines it has.</param>
    /// <param name="wiring">The line of each interrupt, by its name or by its number as text.</param>
    public InterruptLines(IDeviceHost board, int lines, IReadOnlyDictionary<string, int>? wiring = null)
    {
        _board = board;
        _wiring = wiring ?? new Dictionary<string, int>();
        _masked = new bool[lines];
        _pending = new int[lines];
        _seen = new long[lines];
        _high = new bool[lines];
        _fired = new Queue<int>(lines);
    }

    /// <inheritdoc/>
    public int Lines => _pending.Length;

    /// <inheritdoc/>
    public int LineOf(string name, int number)
    {
        string interrupt = string.IsNullOrEmpty(name) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : name;
        return _wiring.TryGetValue(interrupt, out int line) ? line : string.IsNullOrEmpty(name) && number < Lines ? number : -1;
    }

    /// <summary>Pulses a line now.</summary>
    public void Pulse(int line)
    {
        _pending[line] += _pending[line] < int.MaxValue ? 1 : 0;
        _seen[line]++;
        if (!_masked[line] && _pending[line] == 1)
        {
            Fire(line);
        }
    }

    /// <summary>A device raises its line, which counts as a pulse, or lets it fall. One that is still high when its driver
    /// acknowledges counts as another: it is for the driver to answer the device before it acknowledges.</summary>
    public void SetLevel(int line, bool high)
    {
        bool rises = high && !_high[line];
        _high[line] = high;
        if (rises)
        {
            Pulse(line);
        }
    }

    /// <summary>Pulses of a line since its owner got it, or since power-on.</summary>
    public long Seen(int line) => _seen[line];

    /// <inheritdoc/>
    public int Take(out int count)
    {
        while (_fired.TryDequeue(out int line))
        {
            count = _pending[line];
            if (count > 0 && !_masked[line])
            {
                _pending[line] = 0;
                return line;
            }
        }

        count = 0;
        return -1;
    }

    /// <inheritdoc/>
    public void Mask(int line, bool masked)
    {
        bool fires = _masked[line] && !masked && _pending[line] > 0;
        _masked[line] = masked;
        if (fires)
        {
            Fire(line);
        }
        else if (!masked && _high[line] && _pending[line] == 0)
        {
            Pulse(line);
        }
    }

    /// <inheritdoc/>
    public int Pending(int line) => _pending[line];

    /// <inheritdoc/>
    public void Clear(int line)
    {
        _pending[line] = 0;
        _seen[line] = 0;
    }

    /// <summary>Forgets everything, as at power-on; which lines are high is the devices' business.</summary>
    public void Reset()
    {
        Array.Clear(_masked);
        Array.Clear(_pending);
        Array.Clear(_seen);
        _fired.Clear();
    }

    private void Fire(int line)
    {
        _fired.Enqueue(line);
        _board.Wake(_board.Now);
    }
}
