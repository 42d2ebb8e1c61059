// What one domain may send where, over one transport. A destination is looked up by its longest prefix, as routes are;
// only what that network permits counts. What is not in the table is refused.
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

    private readonly int[] _network = new int[Capacity];
    private readonly int[] _prefix = new int[Capacity];
    private readonly int[] _port = new int[Capacity];
    private readonly Domain?[] _domain = new Domain?[Capacity];
    private int _count;

    /// <summary>Makes a network known, which by itself permits nothing.</summary>
    /// <returns><c>false</c> when the table is full.</returns>
    internal bool AddNetwork(int network, int prefix) => Add(network, prefix, NoPort, null);

    /// <summary>Permits a port, or <see cref="AnyPort"/>, of a network.</summary>
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

        Domain? any = null;
        for (int i = 0; i < _count; i++)
        {
            if (_prefix[i] != longest || !Matches(i, address))
            {
                continue;
            }

            if (_port[i] == port)
            {
                return _domain[i];
            }

            any = any == null && _port[i] == AnyPort ? _domain[i] : any;
        }

        return any;
    }

    private bool Matches(int row, int address) => (address & Ip4.Mask(_prefix[row])) == _network[row];
}
