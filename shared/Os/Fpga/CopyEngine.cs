// The co-processor as the driver has it: there or not there, with its jobs. Puts the rooms beside it together.
// Invariants: after each event everything that was found lost is dealt with, whatever can be given is given, clients that have news are signalled, and a timer
// runs while there is anything to wait for. A loss is only noted where it is noticed, and dealt with here, when nothing else is under way.
using Tern.Fpga;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The co-processor.</summary>
internal sealed class CopyEngine
{
    /// <summary>The label of the first bank's gate. Those of sessions are addresses, which are larger than all of the banks'.</summary>
    internal const int FirstGate = 1;

    private const int None = -1;

    private readonly Env _env;
    private readonly FrameBuffer _frames;
    private readonly JobTable _jobs;
    private readonly Flight _flight;
    private readonly StepMaker _steps;
    private readonly Turns _turns;
    private readonly Presence _presence;
    private int _oldest = None;

    internal CopyEngine(Env env, FpgaDriverConfig config, FrameBuffer frames, JobTable jobs, Presence presence)
    {
        _env = env;
        _frames = frames;
        _jobs = jobs;
        _presence = presence;
        Link = new SpiLink(frames);
        Identity = new Introduction(Link);
        Endings = new Endings(env, jobs);
        Interception = new Interception(env, this);
        _flight = new Flight(Link, Identity, jobs, Endings);
        _steps = new StepMaker(env, _flight, frames, Identity, jobs, Endings);
        _turns = new Turns(env, _flight, _steps);
        var store = new EngineStore(env, this, _flight, frames);
        Pager = new Pager(env, store, config.Frames, Banks.MaxBanks, FirstGate);
        Banks = new Banks(env, Pager, this);
    }

    /// <summary>The link.</summary>
    internal SpiLink Link { get; }

    /// <summary>What the co-processor can hold.</summary>
    internal Introduction Identity { get; }

    /// <summary>How jobs end.</summary>
    internal Endings Endings { get; }

    /// <summary>The intercepted regions.</summary>
    internal Interception Interception { get; }

    /// <summary>Who shows its memory.</summary>
    internal Pager Pager { get; }

    /// <summary>The sessions' banks.</summary>
    internal Banks Banks { get; }

    /// <summary>Whether it was there when it was last heard of.</summary>
    internal bool IsPresent { get; private set; }

    /// <summary>The interrupt line has risen.</summary>
    internal void OnInterrupt()
    {
        if (IsPresent)
        {
            _flight.Acknowledge();
        }
    }

    /// <summary>The timer has fired: looks for a co-processor that is absent, and after one that should have said something.</summary>
    internal void OnTimer()
    {
        _presence.HasFired();
        if (!IsPresent)
        {
            Meet();
        }
        else if (Link.Poll(0) == Error.None)
        {
            if (Link.Reply.HasInterrupt)
            {
                _flight.Acknowledge();
            }

            _flight.Land();
            LookForProgress();
        }
    }

    /// <summary>Finishes an event.</summary>
    /// <param name="steps">Most steps of jobs to give now: the fewer, the sooner whoever waits for this event is answered. The rest follows at once.</param>
    internal void Settle(int steps)
    {
        bool more = IsPresent && _turns.Run(steps);
        if (IsPresent && Link.IsLost)
        {
            Lose();
            more = false;
        }

        bool hasSessions = false;
        for (int at = _env.NextSession(0); at != 0; at = _env.NextSession(at))
        {
            hasSessions = true;
            var session = new EngineSession(_env.Memory, at);
            if (session.HasNews && session.Signal != Selectors.Invalid)
            {
                _env.Submit(session.Signal);
            }

            session.HasNews = false;
        }

        _presence.Schedule(IsPresent, more, _flight.Steps.Count > 0, hasSessions);
    }

    /// <summary>Has a session's memory emptied; it is ready then.</summary>
    /// <param name="at">The session.</param>
    /// <param name="now">Whether to wait for that; the session is new.</param>
    internal void Empty(int at, bool now)
    {
        if (!IsPresent)
        {
            return;
        }

        var session = new EngineSession(_env.Memory, at);
        int row = _jobs.Add(_env.Memory, at);
        if (row != 0)
        {
            _jobs.Operation[row] = CopyEngineOperation.Fill;
            _jobs.First[row] = 0;
            _jobs.Second[row] = session.Base;
            _jobs.Length[row] = session.Size;
        }

        if (now)
        {
            Quiesce(at);
        }
    }

    /// <summary>A session ends.</summary>
    internal void End(int at)
    {
        Endings.Cancel(at);
        Banks.EndAll(at);
        Interception.EndAll(at);
        _jobs.Abandon(_env.Memory, at);
        _turns.End(at);
    }

    /// <summary>Waits until all that a session has submitted has ended.</summary>
    internal Error Quiesce(int at)
    {
        Error error = _turns.Flush(at);
        return error == Error.None ? _flight.Drain() : error;
    }

    /// <summary>Does a step of the driver's own and waits for its end.</summary>
    /// <param name="command">See <see cref="FpgaCommand"/>.</param>
    /// <param name="argument0">First argument.</param>
    /// <param name="argument1">Second argument.</param>
    /// <param name="argument2">Third argument.</param>
    /// <param name="payload">Bytes of payload, which stand in the frame already.</param>
    internal Error DoOwn(byte command, int argument0, int argument1, int argument2, int payload)
    {
        Error error = _flight.Drain();
        error = error == Error.None ? _flight.Give(command, argument0, argument1, argument2, payload, 0, 0) : error;
        error = error == Error.None ? _flight.Drain() : error;
        return error == Error.None ? Endings.OwnOutcome : error;
    }

    /// <summary>Takes a list out of a session's buffer, to the scratch memory, where its entries have the co-processor's own addresses.</summary>
    /// <returns>BadArgument: an entry is not in order.</returns>
    internal Error TakeList(EngineSession session, int offset, int entries)
    {
        int length = entries * CopyEngineList.EntrySize;
        Error error = _env.CopyDataspace(session.Buffer, offset, _frames.Dataspace, FrameBuffer.ScratchAt, length);
        return error == Error.None ? CopyLists.Translate(_env.Memory, _frames.Scratch, entries, session, out int _) : error;
    }

    /// <summary>A list that was taken will be done.</summary>
    internal Error BeforeList(int at, int entries)
    {
        Error error = Error.None;
        for (int entry = 0; entry < entries && error == Error.None; entry++)
        {
            int address = _frames.Scratch + (entry * CopyEngineList.EntrySize);
            error = Banks.BeforeCopying(
                at,
                _env.Memory.ReadInt32(address + CopyEngineList.Source),
                _env.Memory.ReadInt32(address + CopyEngineList.Destination),
                _env.Memory.ReadInt32(address + CopyEngineList.Length));
        }

        return error;
    }

    private void LookForProgress()
    {
        bool same = _flight.Steps.Count > 0 && _flight.Steps.FirstNumber == _oldest;
        _oldest = _flight.Steps.Count > 0 ? _flight.Steps.FirstNumber : None;
        if (!same)
        {
            _presence.HasProgressed();
        }
        else if (_presence.IsStuck(_flight.Steps.FirstBytes))
        {
            Link.Lose();
        }
    }

    private void Meet()
    {
        Error error = Identity.Meet();
        IsPresent = error == Error.None;
        _presence.Met(error);
        for (int at = _env.NextSession(0); at != 0 && IsPresent; at = _env.NextSession(at))
        {
            Empty(at, false);
        }
    }

    private void Lose()
    {
        IsPresent = false;
        _presence.Lost();
        _flight.Forget();
        Interception.Forget();
        Banks.Break();
        for (int at = _env.NextSession(0); at != 0; at = _env.NextSession(at))
        {
            Endings.LoseAll(at);
            var session = new EngineSession(_env.Memory, at);
            session.HasNews |= session.State == CopyEngineState.Ready;
            session.State = CopyEngineState.Absent;
        }
    }
}
