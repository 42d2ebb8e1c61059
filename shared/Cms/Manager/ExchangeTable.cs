// All exchanges of the manager, by the labels of their answers.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>A fixed table of exchanges.</summary>
internal sealed class ExchangeTable
{
    private readonly Exchange[] _exchanges;
    private readonly int _label;
    private int _count;

    /// <summary>An empty table.</summary>
    /// <param name="label">The first of the labels; together they stay below 256, and what is above is the exchanges' own.</param>
    /// <param name="capacity">Most exchanges.</param>
    internal ExchangeTable(int label, int capacity)
    {
        _label = label;
        _exchanges = new Exchange[capacity];
    }

    internal Exchange Create(Env env, Network network, IExchangeOwner owner)
    {
        var exchange = new Exchange(env, network, _label + _count, owner);
        _exchanges[_count++] = exchange;
        return exchange;
    }

    internal bool OnReply(int label, Error error, Message answer)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_exchanges[i].OnReply(label, error, answer))
            {
                return true;
            }
        }

        return false;
    }
}
