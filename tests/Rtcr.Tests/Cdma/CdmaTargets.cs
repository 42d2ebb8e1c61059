// Targets for memory beside a co-processor: one that faults when it is told to, and one whose dataspaces come and go.
// Invariant: like every program they have no fields.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Checks itself every 100 ms, and faults when its interrupt line is raised.</summary>
public sealed class Stumbler : Probe
{
    public const string Name = "stumbler";

    /// <summary>Its interrupt line.</summary>
    public const int Line = 5;

    /// <summary>Its start node.</summary>
    public const string Start = "<start name=\"stumbler\"><resource name=\"RAM\" quantum=\"64K\"/></start>";

    private const int Stone = 7;

    protected override void Enter(Env env, Notes notes)
    {
        var irq = new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line));
        irq.Sigh(env.Signal(Stone));
        notes.Write(0, env.Allocate(9000));
        for (int at = 0; at < 9000; at += 4)
        {
            env.Memory.WriteInt32(notes.Read(0) + at, at ^ 0x5a5a);
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        for (int at = 0; at < 9000; at += 4)
        {
            if (env.Memory.ReadInt32(notes.Read(0) + at) != (at ^ 0x5a5a))
            {
                return "memory at " + at;
            }
        }

        return "";
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Memory.ReadInt32(4);
}

/// <summary>Has much more to be remembered by RTCR, and more memory, from its eighth check on.</summary>
public sealed class Grower : Probe
{
    public const string Name = "grower";

    /// <summary>Its start node.</summary>
    public const string Start = "<start name=\"grower\" caps=\"200\"><resource name=\"RAM\" quantum=\"64K\"/></start>";

    private const int Signals = 60;
    private const int Windows = 100;

    protected override void Enter(Env env, Notes notes)
        => notes.Write(0, new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _));

    protected override string Check(Env env, Notes notes, int number)
    {
        for (int i = 0; i < Signals && number == 8; i++)
        {
            notes.Write(1, env.Signal(10 + i));
        }

        for (int i = 0; i < Windows && number == 8; i++)
        {
            notes.Write(2, env.Attach(notes.Read(0)));
            env.Memory.WriteInt32(notes.Read(2), 4711);
        }

        return number < 8 || (notes.Read(1) != 0 && env.Memory.ReadInt32(notes.Read(2)) == 4711) ? "" : "notes";
    }
}

/// <summary>
/// Holds three dataspaces of different sizes; at each check it verifies one of them, frees it, and allocates it anew with another
/// size: empty, as a fresh one must be. Faults when its interrupt line is raised.
/// </summary>
public sealed class Tenant : Probe
{
    public const string Name = "tenant";

    /// <summary>Its start node.</summary>
    public const string Start = "<start name=\"tenant\"><resource name=\"RAM\" quantum=\"128K\"/></start>";

    /// <summary>Its interrupt line.</summary>
    public const int Line = 6;

    private const int Eviction = 7;
    private const int Flats = 3;
    private const int Page = 4096;

    protected override void Enter(Env env, Notes notes)
    {
        new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line)).Sigh(env.Signal(Eviction));
        for (int flat = 0; flat < Flats; flat++)
        {
            MoveIn(env, notes, flat, flat + 1);
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int flat = number % Flats;
        int address = notes.Read(flat);
        int size = env.SizeOf(notes.Read(Flats + flat));
        for (int at = 0; at < size; at += 4)
        {
            if (env.Memory.ReadInt32(address + at) != (at * 31) + notes.Read((2 * Flats) + flat))
            {
                return "flat " + flat + " at " + at;
            }
        }

        Must(env, env.Detach(address), "detach");
        Must(env, new PdSession(env, Selectors.Pd).FreeDataspace(notes.Read(Flats + flat)), "free");
        return MoveIn(env, notes, flat, 1 + ((number * 7) % 4));
    }

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Memory.ReadInt32(4);

    private static string MoveIn(Env env, Notes notes, int flat, int pages)
    {
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(pages * Page, out Error error);
        Must(env, error, "allocate");
        int address = env.Attach(dataspace);
        int seed = (notes.Checks * 131) + flat + 1;
        bool isEmpty = true;
        for (int at = 0; at < pages * Page; at += 4)
        {
            isEmpty &= env.Memory.ReadInt32(address + at) == 0;
            env.Memory.WriteInt32(address + at, (at * 31) + seed);
        }

        notes.Write(flat, address);
        notes.Write(Flats + flat, dataspace);
        notes.Write((2 * Flats) + flat, seed);
        return isEmpty ? "" : "a fresh dataspace is not empty";
    }
}
