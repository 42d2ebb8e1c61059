// Which domains may leave by a domain's uplink over one transport, and how many flows each may have there at once.
namespace Tern.Os;

/// <summary>NAT ports of a domain, one array a column.</summary>
internal sealed class NatTable
{
    /// <summary>Most domains that may leave by one uplink.</summary>
    internal const int Capacity = 16;

    private readonly Domain?[] _domain = new Domain?[Capacity];
    private readonly int[] _limit = new int[Capacity];
    private readonly int[] _used = new int[Capacity];
    private int _count;

    /// <summary>Grants a domain a number of ports.</summary>
    /// <returns><c>false</c> when it has some already, or the table is full.</returns>
    internal bool Add(Domain domain, int limit)
    {
        if (_count == Capacity || Find(domain) >= 0)
        {
            return false;
        }

        _domain[_count] = domain;
        _limit[_count] = limit;
        _count++;
        return true;
    }

    /// <summary>Takes a port for a domain.</summary>
    internal Refusal Take(Domain domain)
    {
        int row = Find(domain);
        if (row < 0 || _used[row] == _limit[row])
        {
            return row < 0 || _limit[row] == 0 ? Refusal.NoNat : Refusal.NatFull;
        }

        _used[row]++;
        return Refusal.None;
    }

    internal void Return(Domain domain) => _used[Find(domain)]--;

    /// <summary>How many ports a domain has in use.</summary>
    internal int Used(Domain domain)
    {
        int row = Find(domain);
        return row < 0 ? 0 : _used[row];
    }

    private int Find(Domain domain)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_domain[i] == domain)
            {
                return i;
            }
        }

        return -1;
    }
}
