// Targets with much, or something special, in their capability spaces.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>More capabilities than the first capability map has room for, some given up again.</summary>
public sealed class Hoarder : Probe
{
    private const int Many = 40;

    protected override void Enter(Env env, Notes notes)
    {
        for (int i = 0; i < Many; i++)
        {
            notes.Write(i, env.Signal(i + 1));
        }

        for (int i = 3; i < Many; i += 7)
        {
            new PdSession(env, Selectors.Pd).FreeSignal(notes.Read(i));
            notes.Write(i, 0);
        }
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        if (notes.Read(label - 1) == 0)
        {
            env.Log("broken: signal " + label);
        }

        notes.Write(41, notes.Read(41) + label);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        int sum = notes.Read(40);
        if (notes.Read(41) != sum)
        {
            return "signals sum up to " + notes.Read(41) + ", not to " + sum;
        }

        for (int i = 0; i < Many; i++)
        {
            if (notes.Read(i) != 0)
            {
                Must(env, env.Submit(notes.Read(i)), "submit " + i);
                sum += i + 1;
            }
        }

        notes.Write(40, sum);
        return "";
    }
}

/// <summary>Gates and RPC objects of its own, asked by itself: every label leads to its object.</summary>
public sealed class GateOwner : Probe
{
    private const int Gates = 12;

    protected override void Enter(Env env, Notes notes)
    {
        for (int i = 0; i < Gates; i++)
        {
            notes.Write(i, env.Gate(1000 + i));
        }

        new PdSession(env, Selectors.Pd).FreeGate(notes.Read(5));
        notes.Write(5, 0);
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        request.Add(label + request.Word(0));
        return label == 1007 ? Error.Full : Error.None;
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        bool right = answer.Word(0) == 1000 + (2 * label) && (outcome == Error.Full) == (label == 7);
        env.Log(right ? "gate " + label : "broken: gate " + label + " answers " + answer.Word(0));
        notes.Write(20, notes.Read(20) + 1);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        string wrong = notes.Read(20) == (Gates - 1) * (number - 1) ? "" : notes.Read(20) + " answers";
        for (int i = 0; i < Gates; i++)
        {
            if (notes.Read(i) != 0)
            {
                wrong = env.LabelOf(notes.Read(i)) == 1000 + i ? wrong : "gate " + i + " has label " + env.LabelOf(notes.Read(i));
                Must(env, env.Send(notes.Read(i), env.Compose(1).Add(i), i), "send");
            }
        }

        return wrong;
    }
}

/// <summary>A capability delegated into itself, so that two selectors name one object, and one whose object has ended.</summary>
public sealed class SelfDelegator : Probe
{
    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Gate(1));
        notes.Write(1, env.Signal(2));
        notes.Write(2, env.Signal(3));
        Must(env, env.Send(notes.Read(0), env.Compose(1).AddCapability(notes.Read(1)).AddCapability(notes.Read(2)), 1), "send");
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        notes.Write(3, env.Keep(request.Capability(0)));
        notes.Write(4, env.Keep(request.Capability(1)));
        return Error.None;
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
    {
        // The other selector of this object keeps its number, and names nothing.
        Must(env, outcome, "self-request");
        Must(env, new PdSession(env, Selectors.Pd).FreeSignal(notes.Read(2)), "free");
    }

    protected override void Signalled(Env env, Notes notes, int label, int count)
    {
        env.Log("signal " + label + " times " + count);
        notes.Write(5, notes.Read(5) + count);
    }

    protected override string Check(Env env, Notes notes, int number)
    {
        bool right = env.Badge(notes.Read(1)) == env.Badge(notes.Read(3)) && env.Badge(notes.Read(1)) != 0
            && env.Badge(notes.Read(4)) == 0 && notes.Read(5) == 3 * (number - 1);
        env.Submit(notes.Read(1));
        env.Submit(notes.Read(3), 2);
        env.Log("next at " + env.Signal(9) + " and " + env.Signal(9));
        return right ? "" : "the selectors name " + env.Badge(notes.Read(1)) + ", " + env.Badge(notes.Read(3)) + ", "
            + env.Badge(notes.Read(4)) + " after " + notes.Read(5);
    }
}

/// <summary>
/// The capability space of the IRQ-session report's dump: gates and IRQ objects at the selectors that they have there,
/// those included that its restore lost (gates at 0x213, 0x214, 0x219, the IRQ object at 0x218).
/// </summary>
public sealed class Report2018 : Probe
{
    /// <summary>Rows of four selectors from <see cref="First"/> on: G a gate, I an IRQ object, a dot nothing.</summary>
    public const string Layout = "GGGGGGGGGGG....GGGGGIG....GGG...";

    public const int First = 0x204;

    protected override void Enter(Env env, Notes notes)
    {
        notes.Write(0, env.Gate(1));
        notes.Write(1, env.Signal(2));
        int filler = env.Connect("ROM", "config", 0, 0, 0);
        int lowest = filler;
        int made = 0;
        for (int i = 0; i < Layout.Length; i++)
        {
            while (filler < First + i - 1)
            {
                filler = env.Connect("ROM", "config", 0, 0, 0);
            }

            if (Layout[i] == '.')
            {
                continue;
            }

            filler = Layout[i] == 'G' ? env.Gate(100 + made) : env.Signal(100 + made);
            made++;
            if (filler != First + i)
            {
                env.Log("broken: " + filler + " in the place of " + (First + i));
            }
        }

        for (int i = lowest; i < First + Layout.Length; i++)
        {
            if (i < First || Layout[i - First] == '.')
            {
                env.Release(i);
            }
        }
    }

    protected override Error Requested(Env env, Notes notes, int label, Message request)
    {
        request.Add(label);
        return Error.None;
    }

    protected override void Answered(Env env, Notes notes, int label, Error outcome, Message answer)
        => env.Log(answer.Word(0) == label ? "gate " + label : "broken: gate " + label + " answers " + answer.Word(0));

    protected override void Signalled(Env env, Notes notes, int label, int count) => env.Log("signal " + label);

    protected override string Check(Env env, Notes notes, int number)
    {
        int made = 0;
        for (int i = 0; i < Layout.Length; i++)
        {
            if (Layout[i] == 'G')
            {
                Must(env, env.Send(First + i, env.Compose(1), 100 + made), "send");
            }
            else if (Layout[i] == 'I')
            {
                Must(env, env.Submit(First + i), "submit");
            }

            made += Layout[i] == '.' ? 0 : 1;
        }

        return "";
    }
}
