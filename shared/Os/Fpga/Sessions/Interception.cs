// The co-processor's intercepted regions, and which session has which.
// Invariants: a region's parts are within its session's memory, and those of a session do not overlap; a region's dirty bits are
// cleared before it becomes somebody's, so nobody sees what another one wrote.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Regions.</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="engine">The co-processor.</param>
internal sealed class Interception(Env env, CopyEngine engine)
{
    private const int PageMask = 4095;
    private const int LeastGranularity = 8;
    private const int MostGranularity = 16;
    private const int MostBits = 8 * ReplyFrame.MostPayload;

    private readonly int[] _session = new int[Introduction.MostRegions];
    private readonly int[] _number = new int[Introduction.MostRegions];
    private readonly int[] _primary = new int[Introduction.MostRegions];
    private readonly int[] _redundant = new int[Introduction.MostRegions];
    private readonly int[] _size = new int[Introduction.MostRegions];

    /// <summary>How many regions nobody has.</summary>
    internal int Free
    {
        get
        {
            int free = 0;
            for (int i = 0; i < engine.Identity.Regions; i++)
            {
                free += _session[i] == 0 ? 1 : 0;
            }

            return free;
        }
    }

    /// <summary>Sets or ends a region as a client asks.</summary>
    internal Error Set(int at, Message request)
    {
        int number = request.Word(0);
        int size = request.Word(3);
        if ((uint)number >= Introduction.MostRegions)
        {
            return Error.BadArgument;
        }

        var session = new EngineSession(env.Memory, at);
        int place = PlaceOf(at, number);
        Error error = size == 0 ? Error.None : Check(session, at, number, request);
        if (error != Error.None)
        {
            return error;
        }

        if (session.State != CopyEngineState.Ready)
        {
            return Error.Unreachable;
        }

        if (size == 0)
        {
            return place < 0 ? Error.None : End(at, place);
        }

        place = place < 0 ? PlaceOf(0, 0) : place;
        if (engine.Banks.Shows(at, request.Word(2) + session.Base, size))
        {
            return Error.Exists;
        }

        return place < 0 ? Error.Full
            : Begin(at, place, number, request.Word(1) + session.Base, request.Word(2) + session.Base, size, request.Word(4));
    }

    /// <summary>The first dirty bit of a session's region; −1 when it has none of that number.</summary>
    internal int FirstBit(int at, int number)
    {
        int place = PlaceOf(at, number);
        return place < 0 ? -1 : place * engine.Identity.DirtyBits;
    }

    /// <summary>A job will look at a region's dirty bits: what was written through a bank is to be among them.</summary>
    internal Error BeforeLooking(int at, int number)
    {
        int place = PlaceOf(at, number);
        return engine.Banks.BeforeReading(at, _primary[place], _size[place]);
    }

    /// <summary>A job will read a part: where that is redundant, what was written to the primary part through a bank is to be there.</summary>
    internal Error BeforeReading(int at, int address, int length)
    {
        Error error = Error.None;
        for (int i = 0; i < Introduction.MostRegions && error == Error.None; i++)
        {
            if (_session[i] == at && Overlap(address, length, _redundant[i], _size[i]))
            {
                error = engine.Banks.BeforeReading(at, _primary[i], _size[i]);
            }
        }

        return error;
    }

    /// <summary>Whether a part of the memory lies in a redundant part of a session's regions.</summary>
    internal bool HasRedundant(int at, int address, int size)
    {
        bool has = false;
        for (int i = 0; i < Introduction.MostRegions; i++)
        {
            has |= _session[i] == at && Overlap(address, size, _redundant[i], _size[i]);
        }

        return has;
    }

    /// <summary>Ends all regions of a session that ends.</summary>
    internal void EndAll(int at)
    {
        for (int i = 0; i < Introduction.MostRegions; i++)
        {
            if (_session[i] == at)
            {
                End(at, i);
            }
        }
    }

    /// <summary>The co-processor was lost, and its regions with it.</summary>
    internal void Forget()
    {
        for (int i = 0; i < Introduction.MostRegions; i++)
        {
            _session[i] = 0;
        }
    }

    private Error Begin(int at, int place, int number, int primary, int redundant, int size, int granularity)
    {
        // The region counts from the next write on: what was submitted before is done first, and so is the clearing of its bits.
        Error error = engine.Banks.BeforeReading(at, primary, size);
        error = error == Error.None ? engine.Quiesce(at) : error;
        error = error == Error.None && _session[place] != 0 ? End(at, place) : error;
        error = error == Error.None ? Clear(place) : error;
        error = error == Error.None ? Tell(place, primary, redundant, size | granularity) : error;
        if (error == Error.None)
        {
            _session[place] = at;
            _number[place] = number;
            _primary[place] = primary;
            _redundant[place] = redundant;
            _size[place] = size;
        }

        return error;
    }

    private Error End(int at, int place)
    {
        Error error = engine.Quiesce(at);
        error = error == Error.None ? Tell(place, 0, 0, LeastGranularity) : error;
        _session[place] = 0;
        return error;
    }

    private Error Tell(int place, int primary, int redundant, int last)
    {
        Error error = engine.Link.Execute(FpgaCommand.InterceptRegion, primary | place, redundant, last);
        return error == Error.None && engine.Link.Reply.Status != FpgaStatus.Ok ? Error.BadArgument : error;
    }

    private Error Clear(int place)
    {
        int bits = engine.Identity.DirtyBits;
        Error error = Error.None;
        for (int done = 0; done < bits && error == Error.None; done += MostBits)
        {
            int rest = bits - done < MostBits ? bits - done : MostBits;
            error = engine.DoOwn(FpgaCommand.DirtyClear, (place * bits) + done, 0, rest / 8, 0);
        }

        return error;
    }

    private Error Check(EngineSession session, int at, int number, Message request)
    {
        int primary = request.Word(1);
        int redundant = request.Word(2);
        int size = request.Word(3);
        int granularity = request.Word(4);
        if (granularity < LeastGranularity || granularity > MostGranularity || !session.Has(primary, size) || !session.Has(redundant, size))
        {
            return Error.BadArgument;
        }

        int mask = (1 << granularity) - 1;
        bool aligned = ((primary | redundant | size) & PageMask) == 0 && ((primary | size) & mask) == 0;
        if (!aligned || size >> granularity > engine.Identity.DirtyBits || Overlap(primary, size, redundant, size))
        {
            return Error.BadArgument;
        }

        int offset = session.Base;
        for (int i = 0; i < Introduction.MostRegions; i++)
        {
            if (_session[i] == at && _number[i] != number
                && (Overlap(primary + offset, size, _primary[i], _size[i]) || Overlap(primary + offset, size, _redundant[i], _size[i])
                    || Overlap(redundant + offset, size, _primary[i], _size[i]) || Overlap(redundant + offset, size, _redundant[i], _size[i])))
            {
                return Error.BadArgument;
            }
        }

        return Error.None;
    }

    /// <summary>A session's region by its number; for session 0 the first that is free. −1: there is none.</summary>
    private int PlaceOf(int at, int number)
    {
        for (int i = 0; i < engine.Identity.Regions; i++)
        {
            if (_session[i] == at && (at == 0 || _number[i] == number))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Overlap(int first, int firstSize, int second, int secondSize)
        => first < second + secondSize && second < first + firstSize;
}
