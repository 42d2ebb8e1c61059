// Asks all known RTCRs for their system information, a few at a time: flows are scarce.
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
    /// <summary>Most RTCRs that are asked at the same time.</summary>
    internal const int Width = 3;

    private const int Milliseconds = 500;

    private readonly Members _members;
    private readonly IRoundOwner _owner;
    private readonly Exchange[] _exchanges = new Exchange[Width];
    private readonly SystemInformation[] _information = new SystemInformation[Members.Capacity];
    private readonly bool[] _answered = new bool[Members.Capacity];
    private int _open;
    private int _next;

    internal InformationRound(Env env, Network network, Members members, ExchangeTable table, IRoundOwner owner)
    {
        _members = members;
        _owner = owner;
        for (int i = 0; i < Width; i++)
        {
            _exchanges[i] = table.Create(env, network, this);
        }
    }

    /// <summary>Whether a member has answered in this round.</summary>
    internal bool Has(int member) => _answered[member];

    /// <summary>What a member has answered.</summary>
    internal SystemInformation this[int member] => _information[member];

    internal void Begin()
    {
        _open = 0;
        _next = 0;
        for (int i = 0; i < Members.Capacity; i++)
        {
            _answered[i] = false;
        }

        for (int i = 0; i < Width; i++)
        {
            AskNext(_exchanges[i]);
        }
    }

    public void OnAnswer(Exchange exchange, Error status, Frame? answer)
    {
        SystemInformation information = default;
        _answered[exchange.Tag] = status == Error.None && answer != null && information.Read(answer);
        _information[exchange.Tag] = information;
        exchange.End();
        _open--;
        AskNext(exchange);
        if (_open == 0)
        {
            _owner.OnRound();
        }
    }

    public void OnImage(Exchange exchange)
    {
    }

    private void AskNext(Exchange exchange)
    {
        while (_next < Members.Capacity && !_members[_next].IsUsed)
        {
            _next++;
        }

        if (_next < Members.Capacity)
        {
            exchange.Tag = _next++;
            _open++;
            _members[exchange.Tag].Open(exchange, ServiceId.Information, Milliseconds);
            exchange.Ask(InformationOperation.Read);
            exchange.Send();
        }
    }
}
