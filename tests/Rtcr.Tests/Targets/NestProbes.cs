// Targets that make children and end, pause, fund or furnish them, each bringing itself and them into one state.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>A child that lives for itself.</summary>
public class Brooder : Nest
{
    protected virtual string Binary => Kid.Name;

    protected override void Enter(Env env, Notes notes) => Hatch(env, notes, 0, "kid 0", Binary, 64 * 1024, 60);

    protected override string Check(Env env, Notes notes, int number) => "";
}

/// <summary>Ends its child at the second check, with a request of either to the other outstanding, and makes another at the fourth.</summary>
public sealed class Killer : Brooder
{
    protected override string Binary => Asker.Binary;

    protected override Error Doubled(Env env, ref Nestling nestling, Message request)
    {
        nestling.Token = env.Defer();
        return Error.Deferred;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number == 1)
        {
            Must(env, env.Send(new Nestling(notes, 0).Gate, env.Compose(Kid.Later).Add(1), 1), "send");
        }

        if (number == 2)
        {
            Destroy(env, notes, 0);
        }

        if (number == 4)
        {
            Hatch(env, notes, 0, "kid 0", Kid.Name, 48 * 1024, 50);
        }

        return "";
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
        => env.Log("answer to " + label + ": " + Errors.Name(outcome));
}

/// <summary>Two children that come and go, so that the places of what they had are used again by others.</summary>
public sealed class Restarter : Brooder
{
    protected override void Enter(Env env, Notes notes)
    {
        Hatch(env, notes, 0, "kid 0", Kid.Name, 64 * 1024, 60);
        Hatch(env, notes, 1, "kid 1", Asker.Binary, 48 * 1024, 50);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int place = number % 2;
        Destroy(env, notes, place);
        Hatch(env, notes, place, "kid " + place, place == 0 ? Asker.Binary : Kid.Name, 40 * 1024, 50);
        return "";
    }
}

/// <summary>A child with a child of its own.</summary>
public sealed class Grandparent : Brooder
{
    protected override string Binary => NestedKid.Binary;

    protected override void Enter(Env env, Notes notes) => Hatch(env, notes, 0, "kid 0", Binary, 128 * 1024, 120);
}

/// <summary>A child that faults; its parent is told, sees why, and leaves it as it is until much later.</summary>
public sealed class Mourner : Brooder
{
    protected override string Binary => FaultyKid.Binary;

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Log("told " + label + " of " + count + " faults");

    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        env.Log("its fault: " + Errors.Name(new NativePd(env, nestling.Native).Fault()));
        if (number > 3)
        {
            Error error = new CpuSession(env, nestling.Cpu).Start(nestling.Thread, false);
            env.Log("started again: " + Errors.Name(error));
        }

        return "";
    }
}

/// <summary>Gives its child more and takes it back, in odd amounts.</summary>
public sealed class Donor : Brooder
{
    protected override bool OwnsBudgets => false;

    protected override string Binary => Ward.Binary;

    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        var own = new PdSession(env, Selectors.Pd);
        Error error = number % 3 == 0
            ? new PdSession(env, nestling.Pd).TransferQuota(Selectors.Pd, 3001, 5)
            : own.TransferQuota(nestling.Pd, 1733, 3);
        Must(env, error, "transfer");
        var quota = default(Quota);
        Must(env, new PdSession(env, nestling.Pd).ReadQuota(ref quota), "quota");
        env.Log("the child has " + quota.RamQuota + " bytes and " + quota.CapQuota + " capabilities");
        return "";
    }
}

/// <summary>Pauses its child at the first check and lets it go on at the fifth.</summary>
public sealed class Pauser : Brooder
{
    protected override string Check(Env env, Notes notes, int number)
    {
        var nestling = new Nestling(notes, 0);
        var cpu = new CpuSession(env, nestling.Cpu);
        Must(env, env.Submit(nestling.Signal, number), "submit");
        if (number == 1)
        {
            Must(env, cpu.Pause(nestling.Thread), "pause");
            Must(env, cpu.Pause(nestling.Thread), "pause");
            Must(env, cpu.SetPriority(nestling.Thread, Priorities.Default - 1), "priority");
        }

        if (number == 4 || number == 5)
        {
            Must(env, cpu.Resume(nestling.Thread), "resume");
        }

        return "";
    }
}

/// <summary>A managed dataspace in a managed dataspace, shown to the child read-only in two places and out of order; it writes, the child reads.</summary>
public sealed class Sharer : Brooder
{
    private const int Page = Reader.Page;

    protected override string Binary => Reader.Binary;

    protected override void Enter(Env env, Notes notes)
    {
        var rm = new RmSession(env, env.Connect("RM"));
        int inner = rm.Create(4 * Page, out Error error);
        Must(env, error, "inner");
        int outer = rm.Create(8 * Page, out error);
        Must(env, error, "outer");
        int ram = new PdSession(env, Selectors.Pd).AllocateDataspace(4 * Page, out error);
        Must(env, error, "ram");
        for (int page = 0; page < 4; page++)
        {
            env.AttachAt(inner, ram, page * Page, Page, (3 - page) * Page, page == 1 ? Rights.Read : Rights.ReadWrite);
            Must(env, env.LastError, "attach in inner");
        }

        env.AttachAt(outer, inner, Page, 2 * Page, 2 * Page, Rights.ReadWrite);
        Must(env, env.LastError, "attach in outer");
        env.AttachAt(outer, ram, 2 * Page, 2 * Page, 6 * Page, Rights.Read);
        Must(env, env.LastError, "attach in outer again");
        notes.Write(0, env.Attach(ram));
        base.Enter(env, notes);
        int space = new Nestling(notes, 0).AddressSpace;
        env.AttachAt(space, outer, 2 * Page, 2 * Page, Reader.Window, Rights.Read);
        Must(env, env.LastError, "show");
        env.AttachAt(space, outer, 6 * Page, 2 * Page, Reader.Window + (2 * Page), Rights.ReadWrite);
        Must(env, env.LastError, "show again");
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        for (int page = 0; page < 4; page++)
        {
            env.Memory.WriteInt32(notes.Read(0) + (page * Page), (100 * page) + number);
        }

        return "";
    }
}

/// <summary>The pager of a managed dataspace in its child's address space: pages come when the child touches them.</summary>
public sealed class Pager : Brooder
{
    private const int Page = Reader.Page;
    private const int FaultGate = 600;

    protected override string Binary => Reader.Binary;

    protected override void Enter(Env env, Notes notes)
    {
        int map = new RmSession(env, env.Connect("RM")).Create(4 * Page, out Error error);
        Must(env, error, "create");
        notes.Write(0, map);
        notes.Write(1, new PdSession(env, Selectors.Pd).AllocateDataspace(4 * Page, out error));
        Must(env, error, "ram");
        Must(env, env.SetFaultHandler(map, env.Gate(FaultGate)), "handler");
        base.Enter(env, notes);
        env.AttachAt(new Nestling(notes, 0).AddressSpace, map, 0, 0, Reader.Window, Rights.Read);
        Must(env, env.LastError, "show");
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        if (label != FaultGate || request.Opcode != FaultOperation.Resolve)
        {
            return base.Requested(env, notes, label, request);
        }

        int page = request.Word(0) & -Page;
        env.Log("page " + page + " is wanted");
        env.AttachAt(notes.Read(0), notes.Read(1), page, Page, page, Rights.Read);
        return env.LastError;
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        if (number > 1)
        {
            Must(env, env.DetachFrom(notes.Read(0), number % 4 * Page), "detach");
        }

        return "";
    }
}

/// <summary>Donates to sessions of its own when it opens them and later, and has a child that donates too.</summary>
public sealed class Upgrader : Brooder
{
    protected override bool OwnsBudgets => false;

    protected override void Enter(Env env, Notes notes)
    {
        base.Enter(env, notes);
        notes.Write(0, env.Connect("Timer", "rich", 5000, 2, 0));
        notes.Write(1, env.Connect("RM"));
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        Must(env, env.Upgrade(notes.Read(number % 2), 100 * number, 1), "upgrade");
        if (number == 6)
        {
            Must(env, env.Close(notes.Read(0)), "close");
            notes.Write(0, env.Connect("Timer"));
        }

        var quota = default(Quota);
        Must(env, new PdSession(env, Selectors.Pd).ReadQuota(ref quota), "quota");
        env.Log("has " + quota.RamQuota + " bytes and " + quota.CapQuota + " capabilities");
        return "";
    }
}

/// <summary>Opens protection domains until it is told that there are enough.</summary>
public sealed class Spawner : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        int count = 0;
        while (env.ConnectPd("domain " + count, 1024, 2, out int native) != Selectors.Invalid)
        {
            notes.Write(count++, native);
        }

        env.Log(count + " domains, then " + Errors.Name(env.LastError));
    }

    protected override string Check(Env env, Notes notes, int number)
        => new NativePd(env, notes.Read(0)).Fault() == Error.None ? "" : "the first domain is not well";
}
