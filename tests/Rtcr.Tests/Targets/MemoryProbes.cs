// Targets with more memory than they were born with.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A heap that grew by several dataspaces, with holes; blocks keep their contents, and further ones come where they would have come.</summary>
public sealed class HeapUser : Probe
{
    private const int Blocks = 24;
    private const int Size = 700;

    protected override void Enter(Env env, Notes notes)
    {
        for (int i = 0; i < Blocks; i++)
        {
            notes.Write(i, env.Allocate(Size + i));
            Fill(env, notes.Read(i), i);
        }

        for (int i = 0; i < Blocks; i += 5)
        {
            env.Free(notes.Read(i));
            notes.Write(i, 0);
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        for (int i = 0; i < Blocks; i++)
        {
            int block = notes.Read(i);
            for (int offset = 0; block != 0 && offset < Size - 4; offset += 4)
            {
                if (env.Memory.ReadInt32(block + offset) != (i * 0x10001) + offset)
                {
                    return "block " + i + " at " + offset;
                }
            }
        }

        int next = env.Allocate(300 * number);
        env.Log("allocated at " + next);
        return next != 0 ? "" : "no memory";
    }

    private static void Fill(Env env, int block, int number)
    {
        for (int offset = 0; offset < Size - 4; offset += 4)
        {
            env.Memory.WriteInt32(block + offset, (number * 0x10001) + offset);
        }
    }
}

/// <summary>Dataspaces attached in every manner: twice, at an offset, in part, read-only, at a chosen address, detached again but held.</summary>
public sealed class Attacher : Probe
{
    private const int Pages = 4;
    private const int Far = 0x800000;

    protected override void Enter(Env env, Notes notes)
    {
        int page = 4096;
        var pd = new PdSession(env, Selectors.Pd);
        int a = pd.AllocateDataspace(Pages * page, out Error error);
        Must(env, error, "allocate");
        int b = pd.AllocateDataspace(2 * page, out error);
        Must(env, error, "allocate");
        int held = pd.AllocateDataspace(page, out error);
        Must(env, error, "allocate");
        int freed = pd.AllocateDataspace(page, out error);
        Must(env, error, "allocate");
        notes.Write(0, env.Attach(a));
        notes.Write(1, env.Attach(a));
        notes.Write(2, env.AttachAt(Selectors.AddressSpace, a, 2 * page, page, Far, Rights.ReadWrite));
        notes.Write(3, env.AttachAt(Selectors.AddressSpace, a, page, 0, Far + (3 * page), Rights.Read));
        notes.Write(4, env.AttachAt(Selectors.AddressSpace, b, page, 0, -1, Rights.Read));
        notes.Write(5, env.Attach(b));
        int at = env.Attach(held);
        env.Memory.WriteInt32(at + 8, 4711);
        Must(env, env.Detach(at), "detach");
        notes.Write(6, held);
        pd.FreeDataspace(freed);
        env.Memory.WriteInt32(notes.Read(5) + page + 4, 77);
        for (int offset = 0; offset < Pages * page; offset += 4)
        {
            env.Memory.WriteInt32(notes.Read(0) + offset, offset + 5);
        }
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int page = 4096;
        Memory memory = env.Memory;
        for (int offset = 0; offset < Pages * page; offset += 4)
        {
            if (memory.ReadInt32(notes.Read(1) + offset) != offset + 5)
            {
                return "contents at " + offset;
            }
        }

        bool windows = memory.ReadInt32(notes.Read(2)) == (2 * page) + 5
            && memory.ReadInt32(notes.Read(3)) == page + 5
            && memory.ReadInt32(notes.Read(4) + 4) == 76 + number;
        memory.WriteInt32(notes.Read(5) + page + 4, 77 + number);
        int at = env.Attach(notes.Read(6));
        bool held = memory.ReadInt32(at + 8) == 4711;
        Must(env, env.Detach(at), "detach");

        // One write is seen through all windows.
        memory.WriteInt32(notes.Read(2) + 12, -number);
        bool alias = memory.ReadInt32(notes.Read(0) + (2 * page) + 12) == -number
            && memory.ReadInt32(notes.Read(1) + (2 * page) + 12) == -number
            && memory.ReadInt32(notes.Read(3) + page + 12) == -number;
        memory.WriteInt32(notes.Read(2) + 12, (2 * page) + 12 + 5);
        return !windows ? "a window shows something else" : !held ? "the detached one changed" : alias ? "" : "windows came apart";
    }
}

/// <summary>Dies of the attempt to write to what it attached read-only, at the fourth check: rights survive too.</summary>
public sealed class ReadOnlyWriter : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int a = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error error);
        Must(env, error, "allocate");
        notes.Write(0, env.AttachAt(Selectors.AddressSpace, a, 0, 0, -1, Rights.Read));
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 4)
        {
            env.Memory.WriteInt32(notes.Read(0), 1);
            return "wrote to what is read-only";
        }

        return env.Memory.ReadInt32(notes.Read(0)) == 0 ? "" : "not zero";
    }
}

/// <summary>Managed dataspaces: nested, with holes, one dataspace shown in two of them, one detached but held, one freed.</summary>
public sealed class Manager : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int page = 4096;
        var rm = new RmSession(env, env.Connect("RM"));
        var pd = new PdSession(env, Selectors.Pd);
        int outer = rm.Create(8 * page, out Error error);
        Must(env, error, "create");
        int inner = rm.Create(4 * page, out error);
        Must(env, error, "create");
        int gone = rm.Create(4 * page, out error);
        Must(env, error, "create");
        int shared = pd.AllocateDataspace(2 * page, out error);
        Must(env, error, "allocate");
        env.AttachAt(inner, shared, 0, page, 0, Rights.ReadWrite);
        Must(env, env.LastError, "attach");
        env.AttachAt(inner, shared, page, page, 3 * page, Rights.ReadWrite);
        Must(env, env.LastError, "attach");
        env.AttachAt(outer, inner, 0, 0, 2 * page, Rights.ReadWrite);
        Must(env, env.LastError, "attach");
        env.AttachAt(outer, shared, page, page, 0, Rights.Read);
        Must(env, env.LastError, "attach");
        env.AttachAt(gone, shared, 0, 0, 0, Rights.Read);
        Must(env, rm.Destroy(gone), "destroy");
        notes.Write(0, env.Attach(outer));
        notes.Write(1, env.AttachAt(Selectors.AddressSpace, inner, 3 * page, page, -1, Rights.ReadWrite));
        env.Memory.WriteInt32(notes.Read(0) + (2 * page), 1234);
        env.Memory.WriteInt32(notes.Read(0) + (5 * page) + 8, 5678);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int page = 4096;
        int at = notes.Read(0);
        Memory memory = env.Memory;
        bool right = memory.ReadInt32(at + (2 * page)) == 1234
            && memory.ReadInt32(at + (5 * page) + 8) == 5677 + number
            && memory.ReadInt32(at + 8) == 5677 + number
            && memory.ReadInt32(notes.Read(1) + 8) == 5677 + number;
        memory.WriteInt32(notes.Read(1) + 8, 5678 + number);
        return right ? "" : "a managed dataspace shows something else";
    }
}

/// <summary>Managed dataspaces nested as deep as they may be, the innermost made first and attached last.</summary>
public sealed class DeepManager : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        var rm = new RmSession(env, env.Connect("RM"));
        int leaf = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error error);
        Must(env, error, "allocate");
        int below = leaf;
        for (int i = 0; i < 6; i++)
        {
            notes.Write(10 + i, rm.Create(4096, out error));
            Must(env, error, "create");
        }

        // From the outside in, as far as it goes.
        int depth = 5;
        while (depth > 0)
        {
            env.AttachAt(notes.Read(10 + depth), notes.Read(10 + depth - 1), 0, 0, 0, Rights.ReadWrite);
            if (env.LastError != Error.None)
            {
                break;
            }

            depth--;
        }

        env.Log("nested down to " + depth);
        env.AttachAt(notes.Read(10 + depth), below, 0, 0, 0, Rights.ReadWrite);
        Must(env, env.LastError == Error.BadRegion ? Error.None : env.LastError, "attach");
    }

    protected override string Check(Env env, Notes notes, int number) => "";
}

/// <summary>Its configuration, held open and attached.</summary>
public sealed class ConfigReader : Probe
{
    public const string Text = "<config><say what=\"hello\"/></config>";

    protected override void Enter(Env env, Notes notes)
    {
        int rom = env.Connect("ROM", "config", 0, 0, 0);
        notes.Write(0, rom);
        int dataspace = new RomSession(env, rom).Dataspace(out int length, out Error error);
        Must(env, error, "config");
        notes.Write(1, env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.Read));
        notes.Write(2, length);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var bytes = new byte[notes.Read(2)];
        env.Memory.Read(notes.Read(1), bytes, 0, bytes.Length);
        string attached = System.Text.Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        string asked = new RomSession(env, notes.Read(0)).ReadText(1000, out Error _);
        return attached == Text && asked == Text ? "" : "the configuration reads " + attached + asked;
    }
}

/// <summary>A module of the boot image, attached twice; opened by two sessions, of which the first was closed again.</summary>
public sealed class ModuleReader : Probe
{
    public const string Name = "poem";
    public const string Text = "the sheep of the north travel far";

    protected override void Enter(Env env, Notes notes)
    {
        int first = env.Connect("ROM", Name, 0, 0, 0);
        new RomSession(env, first).ReadText(100, out Error _);
        int second = env.Connect("ROM", Name, 0, 0, 0);
        int dataspace = new RomSession(env, second).Dataspace(out int length, out Error error);
        Must(env, error, "module");
        notes.Write(0, env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.Read));
        notes.Write(1, env.Attach(dataspace));
        notes.Write(2, length);
        notes.Write(3, second);
        Must(env, env.Close(first), "close");
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        var bytes = new byte[notes.Read(2)];
        env.Memory.Read(notes.Read(number % 2), bytes, 0, bytes.Length);
        string text = System.Text.Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        return text == Text ? "" : "the module reads " + text;
    }
}
