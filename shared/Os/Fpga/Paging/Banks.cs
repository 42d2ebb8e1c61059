// The sessions' banks, and what keeps them and jobs coherent: before a job is submitted, what it reads is written back from the pages that are
// shown, and what it writes is shown no more.
// Invariants: a bank shows a part of its session's memory and ends with it; no bank shows a redundant part of an intercepted region, which
// changes without a job that names it.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Banks.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="pager">Who shows them.</param>
/// <param name="engine">The co-processor.</param>
internal sealed class Banks(Env env, Pager pager, CopyEngine engine)
{
    /// <summary>Most banks.</summary>
    internal const int MaxBanks = 32;

    /// <summary>Most banks of a session.</summary>
    internal const int MostOfSession = 24;

    private readonly int[] _session = new int[MaxBanks];
    private readonly int[] _address = new int[MaxBanks];
    private readonly int[] _size = new int[MaxBanks];
    private readonly int[] _bank = new int[MaxBanks];

    /// <summary>Makes a bank as a client asks.</summary>
    internal Error Make(int at, Message request)
    {
        var session = new EngineSession(env.Memory, at);
        int size = request.Word(1);
        if (!session.Has(request.Word(0), size))
        {
            return Error.BadArgument;
        }

        if (session.State != CopyEngineState.Ready)
        {
            return Error.Unreachable;
        }

        int address = request.Word(0) + session.Base;
        int row = CountOf(at) < MostOfSession ? Find(0, 0) : -1;
        if (row < 0 || engine.Interception.HasRedundant(at, address, size))
        {
            return row < 0 ? Error.TableFull : Error.Exists;
        }

        Error error = pager.Create(address, size, out int bank);
        if (error == Error.None)
        {
            _session[row] = at;
            _address[row] = address;
            _size[row] = size;
            _bank[row] = bank;
            request.AddCapability(bank);
        }

        return error;
    }

    /// <summary>Ends a bank of a session.</summary>
    internal Error End(int at, int bank)
    {
        int badge = env.Badge(bank);
        int row = badge == 0 ? -1 : Find(at, badge);
        if (row < 0)
        {
            return Error.InvalidCapability;
        }

        _session[row] = 0;
        return pager.Destroy(_bank[row]);
    }

    /// <summary>Ends all banks of a session that ends; what was written through them is nobody's any more.</summary>
    internal void EndAll(int at)
    {
        for (int row = 0; row < MaxBanks; row++)
        {
            if (_session[row] == at)
            {
                pager.Break(_address[row], _size[row]);
                pager.Destroy(_bank[row]);
                _session[row] = 0;
            }
        }
    }

    /// <summary>Whether a session has a bank that shows something of a part.</summary>
    internal bool Shows(int at, int address, int size)
    {
        bool shows = false;
        for (int row = 0; row < MaxBanks; row++)
        {
            shows |= _session[row] == at && _address[row] < address + size && address < _address[row] + _size[row];
        }

        return shows;
    }

    /// <summary>The co-processor was lost: no bank shows anything any more.</summary>
    internal void Break() => pager.Break(0, int.MaxValue);

    /// <summary>A job will read a part.</summary>
    internal Error BeforeReading(int at, int address, int length)
    {
        Error error = Shows(at, address, length) ? pager.WriteBack(address, length) : Error.None;
        return error == Error.None ? engine.Interception.BeforeReading(at, address, length) : error;
    }

    /// <summary>A job will write a part.</summary>
    internal Error BeforeWriting(int at, int address, int length) => Shows(at, address, length) ? pager.Drop(address, length) : Error.None;

    /// <summary>A job will copy from one part to another.</summary>
    internal Error BeforeCopying(int at, int source, int destination, int length)
    {
        Error error = BeforeReading(at, source, length);
        return error == Error.None ? BeforeWriting(at, destination, length) : error;
    }

    /// <summary>The row of a session's bank by its badge; for session 0 the first that is free. −1: there is none.</summary>
    private int Find(int at, int badge)
    {
        for (int row = 0; row < MaxBanks; row++)
        {
            if (_session[row] == at && (at == 0 || env.Badge(_bank[row]) == badge))
            {
                return row;
            }
        }

        return -1;
    }

    private int CountOf(int at)
    {
        int count = 0;
        for (int row = 0; row < MaxBanks; row++)
        {
            count += _session[row] == at ? 1 : 0;
        }

        return count;
    }
}
