// What targets have given to the outside. Clients do not get a target's gate but one of RTCR's, a wrapper, which leads
// here. The table outlives the targets: when one is restored, its rows are joined to its new objects.
// Invariants: an object has one row, and a row one wrapper, which ends with it; a row of a target that lives names an entry
// of its online storage; numbers are unique among all that a target ever exported or was given.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A fixed table of exports.</summary>
internal sealed class ExportTable
{
    /// <summary>The label of the first row's wrapper; above all labels of targets' own gates.</summary>
    internal const int FirstLabel = Supervisor.FirstGateLabel + (1 << 24);

    /// <summary>Words of a session request that are kept: donations and arguments.</summary>
    internal const int ArgumentCount = 5;

    private readonly Env _env;
    private readonly ExportKind[] _kind;
    private readonly ExportState[] _state;
    private readonly Target?[] _target;
    private readonly bool[] _wasBound;
    private readonly int[] _wrapper;
    private readonly int[] _arguments;

    internal ExportTable(Env env, int capacity)
    {
        _env = env;
        _kind = new ExportKind[capacity];
        _state = new ExportState[capacity];
        _target = new Target?[capacity];
        _wasBound = new bool[capacity];
        _wrapper = new int[capacity];
        _arguments = new int[capacity * ArgumentCount];
        Owner = new string[capacity];
        Entry = new int[capacity];
        Number = new int[capacity];
        Service = new string[capacity];
        Label = new string[capacity];
        HasClient = new bool[capacity];
        IsAnnounced = new bool[capacity];
    }

    /// <summary>The name of the target that a row belongs to; empty for a service that nobody serves, and for a session of one.</summary>
    internal string[] Owner { get; }

    /// <summary>The entry of its online storage.</summary>
    internal int[] Entry { get; }

    /// <summary>The number by which images know the row; 0 for none.</summary>
    internal int[] Number { get; }

    /// <summary>The name of the service.</summary>
    internal string[] Service { get; }

    /// <summary>For a session: its client's label.</summary>
    internal string[] Label { get; }

    /// <summary>For a session: whether a client has it; otherwise it is an orphan.</summary>
    internal bool[] HasClient { get; }

    /// <summary>For a service: whether RTCR's parent has its root.</summary>
    internal bool[] IsAnnounced { get; }

    internal int Capacity => _kind.Length;

    internal ExportKind Kind(int row) => _kind[row];

    internal ExportState State(int row) => _state[row];

    internal void SetState(int row, ExportState state) => _state[row] = state;

    /// <summary>The target that owns a row; <c>null</c> while it is away.</summary>
    internal Target? TargetOf(int row) => _target[row];

    /// <summary>Whether it ever belonged to a living target here; otherwise it is only expected.</summary>
    internal bool WasBound(int row) => _wasBound[row];

    /// <summary>RTCR's gate for the row; invalid when there is none.</summary>
    internal int Wrapper(int row) => _wrapper[row];

    /// <summary>Takes a row.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="owner">The target's name.</param>
    /// <param name="number">Its number.</param>
    /// <param name="error">TableFull, or why there is no gate.</param>
    /// <returns>The row; −1 for none.</returns>
    internal int Add(ExportKind kind, string owner, int number, out Error error)
    {
        int row = 0;
        while (row < _kind.Length && _kind[row] != ExportKind.Free)
        {
            row++;
        }

        error = row == _kind.Length ? Error.TableFull : Error.None;
        if (error != Error.None)
        {
            return -1;
        }

        _wrapper[row] = Selectors.Invalid;
        error = kind == ExportKind.Shared ? Error.None : Wrap(row);
        if (error != Error.None)
        {
            return -1;
        }

        _kind[row] = kind;
        _state[row] = ExportState.Known;
        _target[row] = null;
        _wasBound[row] = false;
        Owner[row] = owner;
        Entry[row] = -1;
        Number[row] = number;
        Service[row] = Label[row] = "";
        HasClient[row] = IsAnnounced[row] = false;
        return row;
    }

    /// <summary>Joins a row to an object of a target.</summary>
    internal void Bind(int row, Target target, int entry)
    {
        _target[row] = target;
        _wasBound[row] = true;
        Owner[row] = target.Name;
        Entry[row] = entry;
    }

    /// <summary>The row's target has gone; the row stays.</summary>
    internal void Unbind(int row)
    {
        _target[row] = null;
        Entry[row] = -1;
    }

    /// <summary>Makes a row's gate, if it has none.</summary>
    internal Error Wrap(int row)
    {
        if (_wrapper[row] == Selectors.Invalid)
        {
            _wrapper[row] = _env.Gate(FirstLabel + row);
        }

        return _wrapper[row] == Selectors.Invalid ? _env.LastError : Error.None;
    }

    /// <summary>Ends a row's gate: whoever had it has nothing any more.</summary>
    internal void Unwrap(int row)
    {
        if (_wrapper[row] != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeGate(_wrapper[row]);
            _wrapper[row] = Selectors.Invalid;
        }
    }

    /// <summary>Ends a row and its gate.</summary>
    internal void Remove(int row)
    {
        Unwrap(row);
        _kind[row] = ExportKind.Free;
        _target[row] = null;
    }

    /// <summary>The row whose gate has a label; −1 when it is none of these.</summary>
    internal int RowOf(int label)
    {
        int row = label - FirstLabel;
        return (uint)row < (uint)_kind.Length && _kind[row] != ExportKind.Free ? row : -1;
    }

    /// <summary>The row of a living target's entry; −1 for none.</summary>
    internal int Find(Target target, int entry)
    {
        for (int row = 0; row < _kind.Length; row++)
        {
            if (_kind[row] != ExportKind.Free && _target[row] == target && Entry[row] == entry)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>The row that images know by a target's name and a number; −1 for none.</summary>
    internal int Find(string owner, int number)
    {
        for (int row = 0; row < _kind.Length; row++)
        {
            if (_kind[row] != ExportKind.Free && Number[row] == number && number > 0 && Owner[row] == owner)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>The row of a service; −1 for none.</summary>
    internal int FindService(string owner, string service)
    {
        for (int row = 0; row < _kind.Length; row++)
        {
            if (_kind[row] == ExportKind.Service && Service[row] == service && Owner[row] == owner)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>A word of a session's request: donations and arguments.</summary>
    internal int Argument(int row, int index) => _arguments[(row * ArgumentCount) + index];

    internal void SetArgument(int row, int index, int value) => _arguments[(row * ArgumentCount) + index] = value;
}
