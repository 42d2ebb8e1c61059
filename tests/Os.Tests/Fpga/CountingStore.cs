// Memory beside a co-processor that is none: an array. It counts, and it fails when it is told to.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>A store of pages that a test looks into.</summary>
internal sealed class CountingStore : IPageStore
{
    internal const int Size = 256 * 1024;

    private Env _env = null!;
    private int _dataspace;
    private int _window;
    private int _untilFailure;

    internal CountingStore()
    {
        for (int i = 0; i < Size; i++)
        {
            Content[i] = Initial(i);
        }
    }

    internal byte[] Content { get; } = new byte[Size];

    internal int Reads { get; private set; }

    internal int Writes { get; private set; }

    internal int LongestTransfer { get; private set; }

    /// <summary>The addresses that were read and written, <c>r0 w4096</c>, in their order.</summary>
    internal string Notes { get; private set; } = "";

    /// <summary>Whether to note; what runs long does not.</summary>
    internal bool IsQuiet { get; set; }

    /// <summary>Who is told of a failure while it happens.</summary>
    internal Pager? Watcher { get; set; }

    /// <summary>Whether it succeeds all the same: the content was lost, and what came then came from what is there now.</summary>
    internal bool Recovers { get; set; }

    /// <summary>Whether a failure was asked for and has happened.</summary>
    internal bool HasFailed { get; private set; }

    internal static byte Initial(int at) => (byte)((at * 7) + (at >> 8));

    internal void Begin(Env env) => _env = env;

    /// <summary>Lets one of the next operations fail: 1 for the next, 0 for none.</summary>
    internal void FailIn(int operations)
    {
        _untilFailure = operations;
        HasFailed = false;
    }

    internal void ClearNotes() => Notes = "";

    public Error ReadPage(int address, int dataspace, int offset, int length)
    {
        Reads++;
        Note("r", address, length);
        bool fails = Fails();

        // What fails may have brought a part, and bytes that are wrong.
        _env.Memory.Write(Window(dataspace) + offset, Content, address, fails ? length / 2 : length);
        if (fails)
        {
            _env.Memory.WriteInt32(Window(dataspace) + offset, -1);
        }

        return fails ? Error.DeviceFailed : Error.None;
    }

    public Error WritePage(int address, int dataspace, int offset, int length)
    {
        Writes++;
        Note("w", address, length);
        bool fails = Fails();
        _env.Memory.Read(Window(dataspace) + offset, Content, address, fails ? length / 2 : length);
        return fails ? Error.DeviceFailed : Error.None;
    }

    private bool Fails()
    {
        bool fails = _untilFailure == 1;
        _untilFailure -= _untilFailure > 0 ? 1 : 0;
        HasFailed |= fails;
        if (fails)
        {
            Watcher?.Break(0, Size);
        }

        return fails && !Recovers;
    }

    private void Note(string what, int address, int length)
    {
        LongestTransfer = length > LongestTransfer ? length : LongestTransfer;
        if (!IsQuiet)
        {
            Notes += (Notes.Length == 0 ? "" : " ") + what + address;
        }
    }

    private int Window(int dataspace)
    {
        if (_dataspace != dataspace)
        {
            _dataspace = dataspace;
            _window = _env.Attach(dataspace);
        }

        return _window;
    }
}
