// Memory beside a co-processor, as a target's place has it, with the co-processor's part played by the test: copies are ordered
// while the target is held, and brought into the image when it has long run on.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>Banks for all places of a commanded RTCR.</summary>
public sealed class TestBank
{
    private const int Size = 256 * 1024;

    private readonly int[] _memory;
    private readonly CopyPlan _plan;

    /// <summary>Makes the banks, in RTCR's handler.</summary>
    public TestBank(Env env, Supervisor rtcr)
    {
        var pd = new PdSession(env, Selectors.Pd);
        var rm = new RmSession(env, env.Connect("RM"));
        int blank = pd.AllocateDataspace(env.Memory.PageSize, out Error _);
        int scratch = pd.AllocateDataspace(env.Memory.PageSize, out Error _);
        _memory = new int[rtcr.Count];
        _plan = new CopyPlan(rtcr.MostObjects);
        for (int slot = 0; slot < rtcr.Count; slot++)
        {
            _memory[slot] = pd.AllocateDataspace(Size, out Error error);
            Expect.Ok(error);
            int map = rm.Create(Size, out error);
            Expect.Ok(error);
            env.AttachAt(map, _memory[slot], 0, 0, 0, Rights.ReadWrite);
            Expect.Ok(env.LastError);
            var bank = new LiveBank(env, blank, scratch);
            bank.Begin(map);
            rtcr.SetBank(slot, bank);
        }
    }

    /// <summary>Pieces that the last checkpoint left to the co-processor.</summary>
    public int Pieces => _plan.Count;

    /// <summary>Takes a checkpoint.</summary>
    public Error Checkpoint(Env env, Supervisor rtcr, int slot, int dataspace, int address, int capacity, out int size)
    {
        _plan.Clear();
        var place = new ImagePlace(dataspace, address, 0, capacity);
        Error error = rtcr.Capture(slot, place, 42, _plan, out size);
        if (error != Error.None)
        {
            return error;
        }

        for (int piece = 0; piece < _plan.Count; piece++)
        {
            Expect.Ok(env.CopyDataspace(_memory[slot], _plan.From(piece), dataspace, _plan.To(piece), _plan.Size(piece)));
        }

        rtcr.LetRun(slot);
        return rtcr.Close(slot, place, size);
    }
}
