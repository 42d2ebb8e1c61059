// A target that drives a device on the SPI bus and a storage device, from memory that it shares with a keeper.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>At each check one transfer over the bus, whose answer it compares, and one block written.</summary>
public sealed class BusUser : Probe
{
    private const int Opened = 500;
    private const int Length = 8;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, SpiSession.Open(env, "fpga"));
        notes.Write(1, env.Connect("Block"));
        notes.Write(2, new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error error));
        Must(env, error, "allocate");
        notes.Write(3, env.Attach(notes.Read(2)));
        Must(env, env.Open("Keep", "", Opened), "open");
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        Must(env, outcome, "answer");
        if (label == Opened)
        {
            Must(env, env.Send(answer.Capability(0), env.Compose(Keeper.Give).AddCapability(notes.Read(2)), 1), "send");
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        env.Memory.WriteByte(notes.Read(3), (byte)number);
        Must(env, new SpiSession(env, notes.Read(0)).Transfer(notes.Read(2), 0, Length, Length), "transfer");
        Must(env, new BlockSession(env, notes.Read(1)).Write(number, 1, notes.Read(2), 0), "write");
        return env.Memory.ReadByte(notes.Read(3) + Length) == (byte)~number ? "" : "wrong answer";
    }
}
