// Asks all known RTCRs for their system information, at once.
// Invariant: the round ends, at the latest by its exchanges' timeouts; who does not answer is no target.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Who waits for a round.</summary>
internal interface IRoundOwner
{
    /// <summary>All have answered that will.</summary>
    void OnRound();
}

/// <summary>One round of questions, and the answers.</summary>
internal sealed class InformationRound : IExchangeOwner
{
    private const int Milliseconds = 500;

    private readonly Members _members;
    private readonly IRoundOwner _owner;
    private readonly Exchange[] _exchanges = new Exchange[Members.Capacity];
    private readonly SystemInformation[] _information = new SystemInformation[Members.Capacity];
    private readonly bool[] _answered = new bool[Members.Capacity];
    private int _open;

    internal InformationRound(Env env, Network network, Members members, ExchangeTable table, IRoundOwner owner)
    {
        _members = members;
        _owner = owner;
        for (int i = 0; i < Members.Capacity; i++)
        {
            _exchanges[i] = table.Create(env, network, this);
            _exchanges[i].Tag = i;
        }
    }

    /// <summary>Whether a member has answered in this round.</summary>
    internal bool Has(int member) => _answered[member];

    /// <summary>What a member has answered.</summary>
    internal SystemInformation this[int member] => _information[member];

    internal void Begin()
    {
        _open = 0;
        for (int i = 0; i < Members.Capacity; i++)
        {
            _answered[i] = false;
            if (_members[i].IsUsed)
            {
                _open++;
                _members[i].Open(_exchanges[i], ServiceId.Information, Milliseconds);
                _exchanges[i].Ask(InformationOperation.Read);
                _exchanges[i].Send();
            }
        }
    }

    public void OnAnswer(Exchange exchange, Error status, Frame? answer)
    {
        SystemInformation information = default;
        _answered[exchange.Tag] = status == Error.None && answer != null && information.Read(answer);
        _information[exchange.Tag] = information;
        exchange.End();
        _open--;
        if (_open == 0)
        {
            _owner.OnRound();
        }
    }

    public void OnImage(Exchange exchange)
    {
    }
}
