// What children have asked and init cannot answer yet: a session of a sibling, or of somebody behind the parent.
// Invariant: each row has the token of exactly one deferred request, and is freed when that is answered; also a request
// whose client has gone is answered, since the kernel keeps it until then.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The deferred requests of all children. A row and one make the reply label of what init sent on.</summary>
internal sealed class PendingRequests
{
    /// <summary>Most requests of all children together.</summary>
    internal const int Capacity = 64;

    /// <summary>Most requests of one child.</summary>
    internal const int PerChild = 16;

    /// <summary>The child of a request whose client has gone.</summary>
    internal const int NoChild = -1;

    /// <summary>The session of an upgrade whose session has ended.</summary>
    internal const int NoSession = -1;

    private const int Arguments = 3;

    private readonly bool[] _used = new bool[Capacity];
    private readonly bool[] _sent = new bool[Capacity];
    private readonly int[] _client = new int[Capacity];
    private readonly int[] _server = new int[Capacity];
    private readonly int[] _session = new int[Capacity];
    private readonly int[] _token = new int[Capacity];
    private readonly int[] _order = new int[Capacity];
    private readonly bool[] _isUpgrade = new bool[Capacity];
    private readonly int[] _ram = new int[Capacity];
    private readonly int[] _caps = new int[Capacity];
    private readonly int[] _argument = new int[Capacity * Arguments];
    private readonly string[] _label = new string[Capacity];
    private int _nextOrder;

    /// <summary>Adds a request; −1 when the child has too many or the table is full.</summary>
    /// <param name="client">The child that waits.</param>
    /// <param name="server">A row of the <see cref="ServiceTable"/>, or <see cref="Router.Parent"/>.</param>
    /// <param name="session">The row of the session that is wanted.</param>
    /// <param name="token">The deferred request.</param>
    internal int Add(int client, int server, int session, int token)
    {
        int free = -1;
        int used = 0;
        for (int row = Capacity - 1; row >= 0; row--)
        {
            free = _used[row] ? free : row;
            used += _used[row] && _client[row] == client ? 1 : 0;
        }

        if (free < 0 || used >= PerChild)
        {
            return -1;
        }

        _used[free] = true;
        _sent[free] = false;
        _client[free] = client;
        _server[free] = server;
        _session[free] = session;
        _token[free] = token;
        _order[free] = _nextOrder++;
        _isUpgrade[free] = false;
        _ram[free] = 0;
        _caps[free] = 0;
        return free;
    }

    internal void Free(int row)
    {
        _used[row] = false;
        _label[row] = "";
    }

    internal bool IsUsed(int row) => _used[row];

    internal bool IsSent(int row) => _sent[row];

    internal void SetSent(int row) => _sent[row] = true;

    internal int Client(int row) => _client[row];

    internal void Disown(int row) => _client[row] = NoChild;

    internal int Server(int row) => _server[row];

    internal int Session(int row) => _session[row];

    internal int Token(int row) => _token[row];

    /// <summary>Whether the session is there already, and is to get more.</summary>
    internal bool IsUpgrade(int row) => _isUpgrade[row];

    internal void SetUpgrade(int row) => _isUpgrade[row] = true;

    /// <summary>The session of an upgrade has ended meanwhile.</summary>
    internal void ForgetSession(int row) => _session[row] = NoSession;

    /// <summary>What the client donates with this request: init has it until the request is sent.</summary>
    internal int Ram(int row) => _ram[row];

    internal int Caps(int row) => _caps[row];

    internal void SetDonation(int row, int ram, int caps)
    {
        _ram[row] = ram;
        _caps[row] = caps;
    }

    /// <summary>Keeps what the server is to be told, until it can be.</summary>
    internal void SetContent(int row, string label, Message request)
    {
        _label[row] = label;
        for (int i = 0; i < Arguments; i++)
        {
            _argument[(row * Arguments) + i] = request.Word(3 + i);
        }
    }

    /// <summary>Adds the session's arguments and label to the request for the server.</summary>
    internal void AddContent(int row, Message create)
    {
        for (int i = 0; i < Arguments; i++)
        {
            create.Add(_argument[(row * Arguments) + i]);
        }

        create.AddText(_label[row]);
    }

    /// <summary>The oldest request after <paramref name="row"/> that is not sent yet; −1 for none. Begin with −1.</summary>
    internal int NextWaiting(int row)
    {
        int found = -1;
        for (int i = 0; i < Capacity; i++)
        {
            if (_used[i] && !_sent[i] && (row < 0 || _order[i] - _order[row] > 0) && (found < 0 || _order[found] - _order[i] > 0))
            {
                found = i;
            }
        }

        return found;
    }
}
