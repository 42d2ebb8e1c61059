// Which component gets what comes in from outside on a port.
namespace Tern.Os;

/// <summary>The forward rules of a domain for one transport, one array a column.</summary>
internal sealed class ForwardTable
{
    /// <summary>Most rules of one domain and transport.</summary>
    internal const int Capacity = 16;

    private readonly int[] _port = new int[Capacity];
    private readonly Domain?[] _domain = new Domain?[Capacity];
    private readonly int[] _to = new int[Capacity];
    private readonly int[] _toPort = new int[Capacity];

    internal int Count { get; private set; }

    /// <summary>Adds a rule.</summary>
    /// <returns><c>false</c> when the port has one already, or the table is full.</returns>
    internal bool Add(int port, Domain domain, int to, int toPort)
    {
        if (Count == Capacity || Find(port) >= 0)
        {
            return false;
        }

        _port[Count] = port;
        _domain[Count] = domain;
        _to[Count] = to;
        _toPort[Count] = toPort;
        Count++;
        return true;
    }

    /// <summary>The rule of a port; −1 for none.</summary>
    internal int Find(int port)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_port[i] == port)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The rule that forwards to a port of a host; −1 for none.</summary>
    internal int FindTarget(Domain domain, int to, int toPort)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_domain[i] == domain && _to[i] == to && _toPort[i] == toPort)
            {
                return i;
            }
        }

        return -1;
    }

    internal int Port(int rule) => _port[rule];

    internal Domain Domain(int rule) => _domain[rule]!;

    internal int To(int rule) => _to[rule];

    internal int ToPort(int rule) => _toPort[rule];
}
