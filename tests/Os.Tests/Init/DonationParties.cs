// Programs that donate to sessions or serve such sessions, as their configuration says, and log what budgets they have.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>One side of a session: reads what to do from its configuration, and tells its budgets.</summary>
internal abstract class DonationParty : Program
{
    /// <summary>The budgets of whoever asks, RAM/capabilities.</summary>
    protected static string Quotas(Env env)
    {
        var quota = default(Quota);
        new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
        return quota.RamQuota + "/" + quota.CapQuota + ".";
    }

    /// <summary>A number that its configuration says; 1 for "yes" and for "Timer", -1 for whatever is negative, 0 for what is not given.</summary>
    protected static int Configured(Env env, string attribute)
    {
        int session = env.Connect("ROM", "config", 0, 0, 0);
        string text = new RomSession(env, session).ReadText(XmlLimits.Bytes, out Error _);
        env.Close(session);
        int value = 0;
        string given = XmlNode.TryParse(text, out XmlNode root, out XmlFault _) ? root.Attribute(attribute, "") : "";
        if (given.Length > 0 && given[0] == '-')
        {
            return -1;
        }

        root.Attribute(attribute).Read(ref value);
        return given == "yes" || given == "Timer" ? 1 : value;
    }

    /// <summary>Signals once, in some milliseconds.</summary>
    protected static void Tick(Env env, int label, long milliseconds)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(label));
        timer.TriggerOnce(milliseconds * 1000);
    }
}

/// <summary>Opens, upgrades and closes a session as its configuration says, and tells its budgets.</summary>
internal sealed class Donor : DonationParty
{
    public override void Construct(Env env)
    {
        env.Root = env.Allocate(8);
        env.Log("at first " + Quotas(env));
        if (Configured(env, "after") > 0)
        {
            Tick(env, 4, Configured(env, "after"));
        }
        else
        {
            Open(env);
        }

        Tick(env, 2, 20);
        if (Configured(env, "close") > 0)
        {
            Tick(env, 1, Configured(env, "close"));
        }

        if (Configured(env, "exits") > 0)
        {
            Tick(env, 3, Configured(env, "exits"));
        }
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label == 1)
        {
            env.Memory.WriteInt32(env.Root, answer.Capability(0));
        }

        env.Log((label == 1 ? "opened: " : "upgraded: ") + Errors.Name(error) + " " + Quotas(env));
        int ram = Configured(env, "more-ram");
        int caps = Configured(env, "more-caps");
        if (label == 1 && error == Error.None && (ram != 0 || caps != 0))
        {
            env.Upgrade(env.Memory.ReadInt32(env.Root), ram, caps, 2);
        }
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == 1)
        {
            env.Log("closed: " + Errors.Name(env.Close(env.Memory.ReadInt32(env.Root))) + ".");
        }
        else if (label == 3)
        {
            env.Exit(0);
        }
        else if (label == 4)
        {
            Open(env);
        }
        else
        {
            env.Log("in the end " + Quotas(env));
        }
    }

    private static void Open(Env env)
    {
        string service = Configured(env, "service") == 1 ? "Timer" : "S";
        env.OpenWith(service, "", Configured(env, "ram"), Configured(env, "caps"), 0, 1);
    }
}

/// <summary>Serves sessions, and tells what they bring.</summary>
internal sealed class Taker : DonationParty
{
    public override void Construct(Env env)
    {
        env.Log("at first " + Quotas(env));
        if (Configured(env, "late") == 0)
        {
            env.Announce("S", 16);
        }

        Tick(env, 2, 20);
        if (Configured(env, "exits") > 0)
        {
            Tick(env, 3, Configured(env, "exits"));
        }

        if (Configured(env, "faults") > 0)
        {
            Tick(env, 4, Configured(env, "faults"));
        }
    }

    public override Error OnOpen(Env env, int session, Message request)
    {
        env.Log("opened with " + request.Word(0) + "/" + request.Word(1) + ", has " + Quotas(env));
        env.Allocate(Configured(env, "wastes"));
        return Configured(env, "denies") == 1 ? Error.NotPermitted : Error.None;
    }

    public override void OnUpgrade(Env env, int session, int ram, int caps)
    {
        env.Log("upgraded by " + ram + "/" + caps + " to " + env.DonatedRam(session) + "/" + env.DonatedCaps(session) + ", has " + Quotas(env));
        if (Configured(env, "trips") == 1)
        {
            env.Memory.ReadInt32(0);
        }

        if (Configured(env, "leaves") == 1)
        {
            env.Exit(0);
        }
    }

    public override void OnClose(Env env, int session)
        => env.Log("closed with " + env.DonatedRam(session) + "/" + env.DonatedCaps(session) + ".");

    public override void OnSignal(Env env, int label, int count)
    {
        if (label == 3)
        {
            env.Exit(0);
        }
        else if (label == 4)
        {
            env.Memory.ReadInt32(0);
        }

        env.Log("in the end " + Quotas(env));
    }
}

/// <summary>Serves sessions with a root of its own, which knows nothing of upgrades.</summary>
internal sealed class Plain : DonationParty
{
    public override void Construct(Env env)
    {
        int root = env.Gate(1);
        env.Call(Selectors.Parent, env.Compose(ParentOperation.Announce).AddText("S").AddCapability(root));
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        if (request.Opcode != RootOperation.Create)
        {
            return Error.UnknownOpcode;
        }

        int session = env.Gate(2);
        request.AddCapability(session);
        return Error.None;
    }
}

/// <summary>Upgrades a session twenty times at once; then closes it, if it is configured so.</summary>
internal sealed class Hasty : DonationParty
{
    public override void Construct(Env env)
    {
        env.Open("S", "", 1);
        Tick(env, 2, 20);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label != 1)
        {
            env.Log((label == 2 ? "upgraded: " : "closed: ") + Errors.Name(error) + ".");
            return;
        }

        int session = answer.Capability(0);
        int count = Configured(env, "count") > 0 ? Configured(env, "count") : 20;
        for (int i = 0; i < count; i++)
        {
            env.Upgrade(session, 100, 0, 2);
        }

        if (Configured(env, "close") == 1)
        {
            env.Send(Selectors.Parent, env.Compose(ParentOperation.Close).AddCapability(session), 3);
        }
    }

    public override void OnSignal(Env env, int label, int count)
        => env.Log((Configured(env, "close") == 1 ? "in the end " : "left ") + Quotas(env));
}

/// <summary>Upgrades in every way that is not its to.</summary>
internal sealed class Thief : DonationParty
{
    public override void Construct(Env env) => env.Open("S", "", 1);

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label == 1)
        {
            int session = answer.Capability(0);
            int timer = env.Connect("Timer");
            int pd = env.ConnectPd("below", 4096, 20, out int _);
            env.Upgrade(Selectors.Log, 1, 0, 2);
            env.Log("call: " + Errors.Name(env.Upgrade(session, 1, 0)) + ".");
            Ask(env, session, Selectors.Invalid, 3);
            Ask(env, session, pd, 4);
            Ask(env, timer, Selectors.Log, 5);
            return;
        }

        string what = label == 2 ? "no session" : label == 3 ? "no payer" : label == 4 ? "other payer" : "no payer at core";
        env.Log(what + ": " + Errors.Name(error) + ".");
    }

    private static void Ask(Env env, int session, int payer, int label)
        => env.Send(Selectors.Parent, env.Compose(ParentOperation.Upgrade).Add(1).Add(1).AddCapability(session).AddCapability(payer), label);
}
