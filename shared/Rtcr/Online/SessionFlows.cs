// The flows of a target's Nic session, in the memory that the target shares with the session's server. A flow cannot be kept
// across a restore: RTCR notes which ones the target has, and in the place of the target prepares the memory of the session that
// was opened anew, so that the target learns of their end by its ordinary code.
// Invariant: nothing in that memory is believed; the worst that it can do is to have flows ended that were none.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Looks into a Nic session's shared memory.</summary>
internal static class SessionFlows
{
    /// <summary>Which flows the target has in a session.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="storage">The target's online storage.</param>
    /// <param name="session">The session's entry.</param>
    /// <param name="flows">The flows as <see cref="FlowUser.Held"/> tells them; none while the session is not set up.</param>
    internal static Error Read(Env env, OnlineStorage storage, int session, out long flows)
    {
        flows = 0;
        int entry = Find(storage, session);
        if (entry < 0 || env.SizeOf(storage.Selector(entry)) == 0)
        {
            return Error.None;
        }

        Error error = Attach(env, storage, entry, out int address, out FlowUser user);
        if (error == Error.None)
        {
            flows = user.Held();
            env.Detach(address);
        }

        return error;
    }

    /// <summary>Has the target learn that these flows have ended.</summary>
    internal static Error Lose(Env env, OnlineStorage storage, int session, long flows)
    {
        int entry = Find(storage, session);
        if (entry < 0)
        {
            return Error.None;
        }

        Error error = Attach(env, storage, entry, out int address, out FlowUser user);
        if (error != Error.None)
        {
            return error;
        }

        user.Lose(flows);
        env.Detach(address);
        CallRecord setup = storage.Origin(entry)!;
        int signal = setup.ObjectCount > 0 ? setup.Objects[0] : -1;
        return signal < 0 ? Error.None : env.Submit(storage.Selector(signal));
    }

    /// <summary>The entry of a session's shared memory; −1 while it has none.</summary>
    private static int Find(OnlineStorage storage, int session)
    {
        for (int entry = session + 1; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.Made && storage.Result(entry) == 0
                && storage.Origin(entry)!.Session == session && storage.Origin(entry)!.Opcode == NicOperation.Setup)
            {
                return entry;
            }
        }

        return -1;
    }

    private static Error Attach(Env env, OnlineStorage storage, int entry, out int address, out FlowUser user)
    {
        CallRecord setup = storage.Origin(entry)!;
        int flows = WordOf(setup, 3, FlowTable.DefaultFlows);
        int ringSize = WordOf(setup, 4, FlowTable.DefaultRingSize);
        bool fits = FlowTable.IsGeometry(flows, ringSize)
            && FlowTable.SizeOf(flows, ringSize) <= env.SizeOf(storage.Selector(entry));
        address = fits ? env.Attach(storage.Selector(entry)) : 0;
        user = new FlowUser(new FlowTable(env.Memory, address, flows, ringSize));
        return !fits ? Error.BadData : address == 0 ? env.LastError : Error.None;
    }

    private static int WordOf(CallRecord call, int index, int fallback)
        => call.WordCount > index && call.Words[index] != 0 ? call.Words[index] : fallback;
}
