// What the writer's end of a DSM knows of the reader's copy: a digest of each page that it has sent.
// A digest is the first 64 bits of the page's HMAC-SHA-256 by a key of the board. A CRC-32 would take a changed page for an
// unchanged one about once in four thousand million changes, which a bus of ECUs that commit all day sees within a year.
// Invariants: a page that is not known is sent; without a key nothing is known.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>A table of digests, one a page.</summary>
internal sealed class PageDigests
{
    private readonly CryptoSession _crypto;
    private readonly int _key;
    private readonly byte[] _code = new byte[CryptoSession.MacSize];
    private long[] _digest = NoPages;

    private static readonly long[] NoPages = [];

    /// <summary>A table that knows nothing.</summary>
    /// <param name="crypto">The board's crypto unit.</param>
    /// <param name="pageSize">Bytes a page.</param>
    /// <param name="key">The number of a key that the board owns.</param>
    internal PageDigests(CryptoSession crypto, int pageSize, int key)
    {
        _crypto = crypto;
        PageSize = pageSize;
        _key = key;
    }

    internal int PageSize { get; }

    /// <summary>Makes room for a DSM's pages.</summary>
    internal void Resize(int bytes) => _digest = new long[bytes / PageSize];

    /// <summary>Knows nothing any longer: the reader may have anything.</summary>
    internal void Forget()
    {
        for (int i = 0; i < _digest.Length; i++)
        {
            _digest[i] = 0;
        }
    }

    /// <summary>Whether a page has changed since it was last asked for; the answer supposes that it is then sent.</summary>
    internal bool TakeChanged(int dataspace, int page)
    {
        if (_crypto.Mac(dataspace, page * PageSize, PageSize, _key, _code) != Error.None)
        {
            return true;
        }

        long digest = 0;
        for (int i = 0; i < 8; i++)
        {
            digest = (digest << 8) | _code[i];
        }

        bool changed = digest == 0 || _digest[page] != digest;
        _digest[page] = digest;
        return changed;
    }
}
