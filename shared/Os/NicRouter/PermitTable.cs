// What one domain may send where, over one transport. A destination is looked up by its longest prefix, as routes are;
// only what that network permits counts. What is not in the table is refused, and so is what a faulty rule has closed.
namespace Tern.Os;

/// <summary>The permits of a domain, one array a column.</summary>
internal sealed class PermitTable
{
    /// <summary>Most permits of one domain and transport.</summary>
    internal const int Capacity = 64;

    /// <summary>Permits every port.</summary>
    internal const int AnyPort = 0;

    // The row only says that the network is known.
    private const int NoPort = -1;

    // The row says that nothing of the network is permitted.
    private const int Closed = -2;

    private readonly int[] _network = new int[Capacity];
    private readonly int[] _prefix = new int[Capacity];
    private readonly int[] _port = new int[Capacity];
    private readonly Domain?[] _domain = new Domain?[Capacity];
    private int _count;
    private bool _isClosed;

    /// <summary>Permits nothing any more, whatever the table has or gets.</summary>
    internal void Close() => _isClosed = true;

    /// <summary>Permits nothing of a network any more.</summary>
    internal void CloseNetwork(int network, int prefix)
    {
        if (!Add(network, prefix, Closed, null))
        {
            Close();
        }
    }

    /// <summary>Whether a network is known.</summary>
    internal bool HasNetwork(int network, int prefix) => Has(network, prefix, NoPort);

    /// <summary>Whether a network has a row for a port, or for <see cref="AnyPort"/>.</summary>
    internal bool Has(int network, int prefix, int port) => IndexOf(network, prefix, port) >= 0;

    /// <summary>Takes back what a network's row for a port permits; the row stays, so that no other one decides.</summary>
    internal void Deny(int network, int prefix, int port) => _domain[IndexOf(network, prefix, port)] = null;

    /// <summary>Makes a network known, which by itself permits nothing.</summary>
    /// <returns><c>false</c> when the table is full.</returns>
    internal bool AddNetwork(int network, int prefix) => Add(network, prefix, NoPort, null);

    /// <summary>Permits a port, or <see cref="AnyPort"/>, of a network in a domain; with no domain, denies it.</summary>
    /// <returns><c>false</c> when the table is full.</returns>
    internal bool Add(int network, int prefix, int port, Domain? domain)
    {
        if (_count == Capacity)
        {
            return false;
        }

        _network[_count] = network & Ip4.Mask(prefix);
        _prefix[_count] = prefix;
        _port[_count] = port;
        _domain[_count] = domain;
        _count++;
        return true;
    }

    /// <summary>The domain that a destination is permitted in; <c>null</c> when it is not. A permit of the very port goes before one of any.</summary>
    internal Domain? Find(int address, int port)
    {
        int longest = -1;
        for (int i = 0; i < _count; i++)
        {
            longest = _prefix[i] > longest && Matches(i, address) ? _prefix[i] : longest;
        }

        int exact = -1;
        int any = -1;
        for (int i = 0; i < _count && !_isClosed; i++)
        {
            if (_prefix[i] == longest && Matches(i, address))
            {
                if (_port[i] == Closed)
                {
                    return null;
                }

                exact = _port[i] == port ? i : exact;
                any = _port[i] == AnyPort ? i : any;
            }
        }

        exact = exact < 0 ? any : exact;
        return exact < 0 ? null : _domain[exact];
    }

    private int IndexOf(int network, int prefix, int port)
    {
        int row = _count - 1;
        while (row >= 0 && (_network[row] != (network & Ip4.Mask(prefix)) || _prefix[row] != prefix || _port[row] != port))
        {
            row--;
        }

        return row;
    }

    private bool Matches(int row, int address) => (address & Ip4.Mask(_prefix[row])) == _network[row];
}
