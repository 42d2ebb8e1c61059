// The sessions that init has brought about for its children: whose they are, and who serves them.
// Invariants: init holds each session's capability, so that it can close it after its client has gone, and so that nobody
// can close a session that is not his; a row whose session has ended by itself is found by its dead selector.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The state of a row.</summary>
internal enum SessionState : byte
{
    Free,

    /// <summary>Requested; the answer is outstanding.</summary>
    Opening,

    /// <summary>Delivered to its client.</summary>
    Open,

    /// <summary>Its client has closed it or is gone, and its server is still to be told.</summary>
    Closing,

    /// <summary>Its server has been told; its answer is awaited, for what the client has donated returns with it.</summary>
    Ending,
}

/// <summary>The sessions of all children.</summary>
internal sealed class SessionTable
{
    /// <summary>Most sessions of all children together.</summary>
    internal const int Capacity = 128;

    /// <summary>Most sessions of one child, those of its own children included, so that none takes the table from the others.</summary>
    internal const int PerChild = 64;

    private const int NoChild = -1;

    private readonly Env _env;
    private readonly SessionState[] _state = new SessionState[Capacity];
    private readonly int[] _client = new int[Capacity];
    private readonly int[] _server = new int[Capacity];
    private readonly int[] _selector = new int[Capacity];
    private readonly bool[] _isPd = new bool[Capacity];
    private readonly int[] _payer = new int[Capacity];
    private readonly int[] _ram = new int[Capacity];
    private readonly int[] _caps = new int[Capacity];

    internal SessionTable(Env env)
    {
        _env = env;
    }

    /// <summary>Takes a row for a session that a child wants; −1 when the child has too many or the table is full.</summary>
    /// <param name="client">The child.</param>
    /// <param name="server">A row of the <see cref="ServiceTable"/>, or <see cref="Router.Parent"/>.</param>
    /// <param name="isPd">Whether it is a protection domain, which may pay for further sessions.</param>
    /// <param name="payer">The badge of the PD session that pays.</param>
    internal int Reserve(int client, int server, bool isPd, int payer)
    {
        int row = FindFree(client);
        if (row >= 0)
        {
            _state[row] = SessionState.Opening;
            _client[row] = client;
            _server[row] = server;
            _selector[row] = Selectors.Invalid;
            _isPd[row] = isPd;
            _payer[row] = payer;
            _ram[row] = 0;
            _caps[row] = 0;
        }

        return row;
    }

    internal SessionState State(int row) => _state[row];

    internal int Client(int row) => _client[row];

    internal int Server(int row) => _server[row];

    internal int Selector(int row) => _selector[row];

    /// <summary>The badge of the PD session that pays for a session.</summary>
    internal int Payer(int row) => _payer[row];

    /// <summary>What the client has donated to the server, and the server has not returned.</summary>
    internal int Ram(int row) => _ram[row];

    internal int Caps(int row) => _caps[row];

    internal bool HasDonation(int row) => _ram[row] != 0 || _caps[row] != 0;

    internal void AddDonation(int row, int ram, int caps)
    {
        _ram[row] += ram;
        _caps[row] += caps;
    }

    internal void SetEnding(int row) => _state[row] = SessionState.Ending;

    /// <summary>Notes the capability of a session that was requested.</summary>
    internal void Open(int row, int selector)
    {
        _selector[row] = selector;
        _state[row] = SessionState.Open;
    }

    /// <summary>Notes that the server is still to be told of a session's end.</summary>
    internal void SetClosing(int row) => _state[row] = SessionState.Closing;

    /// <summary>Notes that the client has gone, so that the session does not count as its any more.</summary>
    internal void Disown(int row) => _client[row] = NoChild;

    /// <summary>Frees a row and gives the capability up.</summary>
    internal void Drop(int row)
    {
        if (_selector[row] != Selectors.Invalid)
        {
            _env.Release(_selector[row]);
        }

        _state[row] = SessionState.Free;
    }

    /// <summary>The open session of a child that a badge belongs to; −1 when it has none.</summary>
    internal int Find(int client, int badge)
    {
        for (int row = 0; row < Capacity && badge != 0; row++)
        {
            if (_state[row] == SessionState.Open && _client[row] == client && _env.Badge(_selector[row]) == badge)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>Whether a badge belongs to a protection domain below a child.</summary>
    internal bool IsPdOf(int client, int badge)
    {
        int row = Find(client, badge);
        return row >= 0 && _isPd[row];
    }

    /// <summary>Whether an open session of a child has ended by itself, as those of a protection domain do with it.</summary>
    internal bool IsDead(int row, int client)
        => _state[row] == SessionState.Open && _client[row] == client && _env.TypeOf(_selector[row]) == ObjectType.None;

    private int FindFree(int client)
    {
        int free = -1;
        int used = 0;
        for (int row = 0; row < Capacity; row++)
        {
            if (_state[row] == SessionState.Free)
            {
                free = free < 0 ? row : free;
            }
            else if (_client[row] == client)
            {
                used++;
            }
        }

        return used < PerChild ? free : -1;
    }
}
