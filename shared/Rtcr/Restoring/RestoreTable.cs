// Images of others that are on their way to this board: a buffer for each, until its restoration is over.
// Invariant: a buffer is attached only while its image is being restored, and is given back with the restoration's end.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>A fixed table of restorations, by the numbers that the agent gives them.</summary>
internal sealed class RestoreTable
{
    private readonly Env _env;
    private readonly bool[] _isUsed;
    private readonly int[] _number;
    private readonly int[] _dataspace;
    private readonly int[] _address;
    private readonly int[] _slot;
    private readonly Checkpoint[] _checkpoint;

    internal RestoreTable(Env env, int capacity)
    {
        _env = env;
        _isUsed = new bool[capacity];
        _number = new int[capacity];
        _dataspace = new int[capacity];
        _address = new int[capacity];
        _slot = new int[capacity];
        _checkpoint = new Checkpoint[capacity];
    }

    internal bool IsFull => Find(false, 0) < 0;

    /// <summary>The number of the restoration whose image is in use; −1 for none.</summary>
    internal int UnderWay
    {
        get
        {
            for (int row = 0; row < _isUsed.Length; row++)
            {
                if (_isUsed[row] && _address[row] != 0)
                {
                    return _number[row];
                }
            }

            return -1;
        }
    }

    /// <summary>Makes a buffer for an image.</summary>
    internal Error Begin(int restore, int size, out int dataspace)
    {
        int row = Find(false, 0);
        dataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(size, out Error error);
        if (error == Error.None)
        {
            _isUsed[row] = true;
            _number[row] = restore;
            _dataspace[row] = dataspace;
            _address[row] = 0;
        }

        return error;
    }

    /// <summary>Attaches the image that has come.</summary>
    internal Error Attach(int restore, int slot, in Checkpoint checkpoint, out int dataspace, out int address)
    {
        int row = Find(true, restore);
        dataspace = row < 0 ? Selectors.Invalid : _dataspace[row];
        address = row < 0 ? 0 : _env.Attach(dataspace);
        if (address == 0)
        {
            return row < 0 ? Error.NotFound : _env.LastError;
        }

        _address[row] = address;
        _slot[row] = slot;
        _checkpoint[row] = checkpoint;
        return Error.None;
    }

    internal int SlotOf(int restore) => _slot[Find(true, restore)];

    internal int DataspaceOf(int restore) => _dataspace[Find(true, restore)];

    internal Checkpoint CheckpointOf(int restore) => _checkpoint[Find(true, restore)];

    /// <summary>Gives the buffer back.</summary>
    internal void End(int restore)
    {
        int row = Find(true, restore);
        if (row < 0)
        {
            return;
        }

        if (_address[row] != 0)
        {
            _env.Detach(_address[row]);
        }

        new PdSession(_env, Selectors.Pd).FreeDataspace(_dataspace[row]);
        _isUsed[row] = false;
        _address[row] = 0;
    }

    private int Find(bool used, int restore)
    {
        for (int row = 0; row < _isUsed.Length; row++)
        {
            if (_isUsed[row] == used && (!used || _number[row] == restore))
            {
                return row;
            }
        }

        return -1;
    }
}
