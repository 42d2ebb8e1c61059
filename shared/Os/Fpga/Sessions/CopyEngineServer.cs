// The sessions: opens and closes them, and answers what is not a job (jobs: JobDesk).
// Invariants: a session has its part of the memory for itself from its opening to its end, and is ready only while that part is its own work or
// zeros; whatever it had at the co-processor ends with it.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The service "Copy_engine".</summary>
/// <param name="env">The driver's environment.</param>
/// <param name="config">Who may have how much.</param>
/// <param name="engine">The co-processor.</param>
/// <param name="desk">Where jobs are submitted.</param>
internal sealed class CopyEngineServer(Env env, FpgaDriverConfig config, CopyEngine engine, JobDesk desk)
{
    /// <summary>Most sessions.</summary>
    internal const int MaxSessions = 8;

    private const int PageSize = 4096;

    /// <summary>A client opens a session.</summary>
    /// <returns>NotPermitted: no policy permits so much; Full: no memory is left; TableFull: no session is; BadArgument: a negative size.</returns>
    internal Error Open(int at, Message request)
    {
        int most = config.MemoryOf(request.Text);
        int wanted = request.Word(2);
        wanted = wanted == 0 ? most : wanted;
        if (wanted < 0)
        {
            return Error.BadArgument;
        }

        if (wanted == 0 || wanted > most)
        {
            return Error.NotPermitted;
        }

        if (Count() > MaxSessions)
        {
            return Error.TableFull;
        }

        int size = (wanted + PageSize - 1) & -PageSize;
        int place = MemoryPlan.Find(env, size, config.Memory);
        if (place < 0)
        {
            return Error.Full;
        }

        var session = new EngineSession(env.Memory, at);
        session.Base = place;
        session.Size = size;
        engine.Empty(at, true);
        return Error.None;
    }

    /// <summary>A session ends, with all that it had.</summary>
    internal void Close(int at)
    {
        var session = new EngineSession(env.Memory, at);
        engine.End(at);
        Give(session.Buffer);
        Give(session.Signal);
        session.Size = 0;
    }

    /// <summary>A request of a session's client.</summary>
    internal Error Request(int at, Message request)
    {
        switch (request.Opcode)
        {
            case CopyEngineOperation.Info:
                return Info(at, request);
            case CopyEngineOperation.Sigh:
                return Sigh(at, request.Capability(0));
            case CopyEngineOperation.Buffer:
                return Buffer(at, request.Capability(0));
            case CopyEngineOperation.Intercept:
                return engine.Interception.Set(at, request);
            case CopyEngineOperation.Bank:
                return engine.Banks.Make(at, request);
            case CopyEngineOperation.FreeBank:
                return engine.Banks.End(at, request.Capability(0));
            case CopyEngineOperation.Collect:
                desk.Collect(at, request);
                return Error.None;
            case CopyEngineOperation.Cancel:
                engine.Endings.Cancel(at);
                return Error.None;
            default:
                return desk.Submit(at, request);
        }
    }

    private Error Info(int at, Message request)
    {
        var session = new EngineSession(env.Memory, at);
        request.Add(session.State).Add(session.Generation).Add(session.Size).Add(JobDesk.MostJobs)
            .Add(engine.Interception.Free).Add(engine.Identity.DirtyBits);
        return Error.None;
    }

    private Error Sigh(int at, int signal)
    {
        if (env.TypeOf(signal) != ObjectType.Irq)
        {
            return Error.BadArgument;
        }

        var session = new EngineSession(env.Memory, at);
        int kept = env.Keep(signal);
        if (kept == Selectors.Invalid)
        {
            return env.LastError;
        }

        Give(session.Signal);
        session.Signal = kept;
        return Error.None;
    }

    private Error Buffer(int at, int dataspace)
    {
        // Not a managed one: its fault handler may be anybody, and would run on the driver's time.
        if (env.TypeOf(dataspace) != ObjectType.Dataspace)
        {
            return Error.BadArgument;
        }

        if (desk.UsesBuffer(at))
        {
            return Error.Busy;
        }

        var session = new EngineSession(env.Memory, at);
        int kept = env.Keep(dataspace);
        if (kept == Selectors.Invalid)
        {
            return env.LastError;
        }

        Give(session.Buffer);
        session.Buffer = kept;
        return Error.None;
    }

    private void Give(int selector)
    {
        if (selector != Selectors.Invalid)
        {
            env.Release(selector);
        }
    }

    private int Count()
    {
        int count = 0;
        for (int at = env.NextSession(0); at != 0; at = env.NextSession(at))
        {
            count++;
        }

        return count;
    }
}
