// The improviser's steps. Each answers a number that tells how it went: an error, a size, what memory held. Selectors and
// badges are the board's business and never part of it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>What a component can do, one step each.</summary>
internal static class ImproviserSteps
{
    /// <summary>Steps with memory.</summary>
    internal static int Memory(Env env, ImproviserState state, int kind, int slot, int amount)
    {
        int block = state.Read(ImproviserState.Blocks, slot);
        int attached = state.Read(ImproviserState.Attached, slot);
        switch (kind)
        {
            case 0:
                if (block != 0)
                {
                    return Fill(env, block, 16, amount);
                }

                block = env.Allocate(16 + (amount * 9));
                state.Write(ImproviserState.Blocks, slot, block);
                return block == 0 ? (int)env.LastError : Fill(env, block, 16 + (amount * 9), amount);
            case 1:
                env.Free(block);
                state.Write(ImproviserState.Blocks, slot, 0);
                return block == 0 ? 0 : 1;
            case 2:
                return block == 0 ? -1 : env.Memory.ReadInt32(block + 3);
            case 3:
                return attached == 0 ? -1 : Fill(env, attached + amount, 40, amount);
            case 4:
                return attached == 0 ? -1 : env.Memory.ReadInt32(attached + (amount * 5));
            default:
                return attached == 0 || block == 0 ? -1 : Move(env, attached, block);
        }
    }

    /// <summary>Steps with kernel objects and sessions.</summary>
    internal static int Objects(Env env, ImproviserState state, int kind, int slot, int amount)
    {
        switch (kind)
        {
            case 6:
                return Dataspace(env, state, slot, amount);
            case 7:
                return AttachOrDetach(env, state, slot, amount);
            case 8:
                return Managed(env, state, slot, amount);
            case 9:
                return Signal(env, state, slot);
            case 10:
                return (int)env.Submit(state.Read(ImproviserState.Signals, slot), 1 + (amount % 5));
            case 11:
                return Timer(env, state, slot, amount);
            default:
                int timer = state.Read(ImproviserState.Timers, slot);
                state.Write(ImproviserState.Timers, slot, 0);
                return timer == 0 ? -1 : (int)env.Close(timer);
        }
    }

    /// <summary>Steps with requests, capabilities and reports.</summary>
    internal static int Requests(Env env, ImproviserState state, int kind, int slot, int amount)
    {
        switch (kind)
        {
            case 13:
            case 14:
                return (int)env.Send(state.Gate, env.Compose(slot).Add(amount).AddText("step"), 20 + slot);
            case 15:
                // Delegates: a signal context, a dataspace or nothing, to itself.
                int given = amount % 3 == 0 ? state.Read(ImproviserState.Signals, slot) : state.Read(ImproviserState.Dataspaces, slot);
                return (int)env.Send(state.Gate, env.Compose(slot).Add(amount).AddCapability(given), 30 + slot);
            case 16:
                int token = state.Read(ImproviserState.Tokens, slot);
                state.Write(ImproviserState.Tokens, slot, 0);
                return token == 0 ? -1 : (int)env.Reply(token, Error.None, env.Compose(0).Add(amount).AddText("late"));
            case 17:
                int kept = state.Read(ImproviserState.Kept, slot);
                env.Release(kept);
                state.Write(ImproviserState.Kept, slot, 0);
                return kept == 0 ? -1 : 0;
            case 18:
                return (int)env.Submit(state.Read(ImproviserState.Kept, slot), 2);
            default:
                return (int)new ReportSession(env, state.Report).Submit("step number=" + state.Steps + " digest=" + state.Digest);
        }
    }

    private static int Fill(Env env, int address, int size, int value)
    {
        for (int i = 0; i + 4 <= size; i += 4)
        {
            env.Memory.WriteInt32(address + i, (value * 0x01010101) + i);
        }

        return size;
    }

    private static int Move(Env env, int from, int to)
    {
        env.Memory.Copy(from, to, 16);
        return env.Memory.ReadInt32(to + 4);
    }

    private static int Dataspace(Env env, ImproviserState state, int slot, int amount)
    {
        var pd = new PdSession(env, Selectors.Pd);
        int dataspace = state.Read(ImproviserState.Dataspaces, slot);
        if (dataspace != 0)
        {
            state.Write(ImproviserState.Dataspaces, slot, 0);
            state.Write(ImproviserState.Attached, slot, 0);
            return (int)pd.FreeDataspace(dataspace);
        }

        dataspace = pd.AllocateDataspace(2048 + (amount * 64), out Error error);
        state.Write(ImproviserState.Dataspaces, slot, dataspace);
        return (int)error;
    }

    private static int AttachOrDetach(Env env, ImproviserState state, int slot, int amount)
    {
        int attached = state.Read(ImproviserState.Attached, slot);
        if (attached != 0)
        {
            state.Write(ImproviserState.Attached, slot, 0);
            return (int)env.Detach(attached);
        }

        bool whole = amount % 4 != 3;
        int map = state.Read(ImproviserState.Maps, slot);
        int shown = amount % 2 == 1 && map != 0 ? map : state.Read(ImproviserState.Dataspaces, slot);
        attached = env.AttachAt(Selectors.AddressSpace, shown, 0, whole ? 0 : 1, -1, Rights.ReadWrite);
        state.Write(ImproviserState.Attached, slot, attached);
        return attached == 0 ? (int)env.LastError : 1;
    }

    /// <summary>Makes a managed dataspace without holes, of the dataspaces of two slots; or ends it.</summary>
    private static int Managed(Env env, ImproviserState state, int slot, int amount)
    {
        var rm = new RmSession(env, state.Rm);
        int map = state.Read(ImproviserState.Maps, slot);
        if (map != 0)
        {
            // What it showed may be a hole from now on; nobody looks there any more.
            int attached = state.Read(ImproviserState.Attached, slot);
            state.Write(ImproviserState.Maps, slot, 0);
            state.Write(ImproviserState.Attached, slot, 0);
            return (attached == 0 ? 0 : (int)env.Detach(attached)) + (int)rm.Destroy(map);
        }

        map = rm.Create(8 * 4096, out Error error);
        state.Write(ImproviserState.Maps, slot, map);
        for (int page = 0; page < 8 && error == Error.None; page++)
        {
            // Dataspaces that nobody frees: a hole would stop the component, which is not the point here.
            int dataspace = page == 0 || amount % 2 == 0
                ? new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out error)
                : Selectors.Invalid;
            if (dataspace != Selectors.Invalid)
            {
                env.AttachAt(map, dataspace, 0, 0, page * 4096, Rights.ReadWrite);
            }
        }

        return (int)error;
    }

    private static int Signal(Env env, ImproviserState state, int slot)
    {
        int signal = state.Read(ImproviserState.Signals, slot);
        if (signal != 0)
        {
            state.Write(ImproviserState.Signals, slot, 0);
            return (int)new PdSession(env, Selectors.Pd).FreeSignal(signal);
        }

        signal = env.Signal(100 + slot);
        state.Write(ImproviserState.Signals, slot, signal);
        return signal == 0 ? (int)env.LastError : 0;
    }

    private static int Timer(Env env, ImproviserState state, int slot, int amount)
    {
        int session = state.Read(ImproviserState.Timers, slot);
        if (session == 0)
        {
            session = env.Connect("Timer");
            state.Write(ImproviserState.Timers, slot, session);
        }

        var timer = new TimerSession(env, session);
        Error error = session == 0 ? env.LastError : timer.Sigh(state.Read(ImproviserState.Signals, slot));
        long microseconds = (1 + (amount % 16)) * 5_000L;
        error = error == Error.None ? (amount < 128 ? timer.TriggerOnce(microseconds) : timer.TriggerPeriodic(microseconds)) : error;
        return (int)error;
    }
}
