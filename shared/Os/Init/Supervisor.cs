// Starts the children, and takes apart those that exit or fault. What they may have is decided here, too: what their start
// nodes say, or what is left.
// Invariant: whatever init spent on a child is init's again when the child has been taken apart.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The life of init's children.</summary>
internal sealed class Supervisor
{
    /// <summary>RAM in bytes that init keeps back for itself when the configuration asks for more than there is.</summary>
    internal const int RamReserve = 16 * 1024;

    /// <summary>Capabilities that init keeps back likewise.</summary>
    internal const int CapsReserve = 32;

    /// <summary>A child's parent gate and fault signal have its number and this as label; its configuration's gate has
    /// <see cref="ConfigLabel"/> more.</summary>
    internal const int FirstLabel = 1;

    /// <summary>What distinguishes labels of configurations.</summary>
    internal const int ConfigLabel = 1000;

    private readonly Env _env;
    private readonly InitLog _log;
    private readonly ChildTable _children;
    private readonly SessionBroker _sessions;
    private readonly RestartLimit _restarts;
    private readonly int _work;

    // Percent of init's processor time that no child has.
    private int _cpuLeft = 100;

    /// <param name="env">init's environment.</param>
    /// <param name="log">init's log.</param>
    /// <param name="children">The children.</param>
    /// <param name="sessions">Who is told of their end.</param>
    /// <param name="work">The signal whose handler calls <see cref="Work"/>.</param>
    internal Supervisor(Env env, InitLog log, ChildTable children, SessionBroker sessions, int work)
    {
        _env = env;
        _log = log;
        _children = children;
        _sessions = sessions;
        _work = work;
        _restarts = new RestartLimit(env);
    }

    /// <summary>Makes a child and starts it; what is wrong is said in the log.</summary>
    internal void Start(int child)
    {
        StartNode start = _children.Start(child);
        Error error = start.Config.IsValid ? Config(child, out _) : Error.None;
        if (error == Error.None)
        {
            if (!Budget(start, out int ram, out int caps) || !TakeCpu(child, start))
            {
                TakeApart(child, false);
                return;
            }

            error = Make(child, start, ram, caps);
        }

        if (error != Error.None)
        {
            _log.Error(start.Place + Reason(error, start));
            TakeApart(child, false);
        }
    }

    /// <summary>The child's configuration as a ROM session, made when it is first needed.</summary>
    internal Error Config(int child, out int gate)
    {
        ConfigRom? rom = _children.Config(child);
        Error error = Error.None;
        if (rom == null)
        {
            error = ConfigRom.Create(_env, _children.Start(child).Config, ConfigLabel + FirstLabel + child, out rom);
            _children.SetConfig(child, rom);
        }

        gate = rom == null ? Selectors.Invalid : rom.Gate;
        return error;
    }

    /// <summary>A child has done its work. It is still on the call chain, so it is taken apart later.</summary>
    internal void Exit(int child, int value)
    {
        if (_children.State(child) == ChildState.Running)
        {
            _children.Component(child)!.Halt();
            _children.SetState(child, ChildState.Exiting);
            _children.SetExitValue(child, value);
            _env.Submit(_work);
        }
    }

    /// <summary>Takes apart who has exited.</summary>
    internal void Work()
    {
        for (int child = 0; child < _children.Count; child++)
        {
            if (_children.State(child) == ChildState.Exiting)
            {
                Exited(child);
            }
        }
    }

    private void Exited(int child)
    {
        StartNode start = _children.Start(child);
        int value = _children.ExitValue(child);
        bool again = start.RestartOnExit && _restarts.Allows(child);
        string what = "child \"" + start.Name + "\" exited with exit value " + value.ToString();
        _log.Info(what + (again ? "; starting it again"
            : start.RestartOnExit ? "; it stays ended after " + RestartLimit.Most.ToString() + " restarts in " + RestartLimit.WindowSeconds.ToString() + " s"
            : start.PropagateExit ? "; so does this init" : ""));
        TakeApart(child, again);
        if (again)
        {
            Start(child);
        }
        else if (start.PropagateExit)
        {
            _env.Exit(value);
        }
    }

    /// <summary>The kernel has stopped a child.</summary>
    internal void Fault(int child)
    {
        if (_children.State(child) == ChildState.Ended)
        {
            return;
        }

        StartNode start = _children.Start(child);
        bool exiting = _children.State(child) == ChildState.Exiting;
        bool again = !exiting && start.Restart && _restarts.Allows(child);
        string reason = _children.Component(child)!.DescribeFault();
        _log.Error("child \"" + start.Name + "\" faulted: " + reason + "; " + (again ? "starting it again"
            : exiting || !start.Restart ? "it stays stopped"
            : "it stays stopped after " + RestartLimit.Most.ToString() + " restarts in " + RestartLimit.WindowSeconds.ToString() + " s"));
        TakeApart(child, again);
        if (again)
        {
            Start(child);
        }
    }

    private static string Reason(Error error, StartNode start) => error switch
    {
        Error.NotFound => "there is no program \"" + start.Binary + "\"; name one of the boot image in <binary>",
        Error.OutOfRam => "not started: out of RAM; give it more, or leave more to this init",
        Error.OutOfCaps => "not started: out of capabilities; give it more caps, or leave more to this init",
        _ => "not started: " + Errors.Name(error),
    };

    /// <summary>What a child gets: what it asks for, or what is left.</summary>
    private bool Budget(StartNode start, out int ram, out int caps)
    {
        var quota = default(Quota);
        new PdSession(_env, Selectors.Pd).ReadQuota(ref quota);
        long ramLeft = quota.RamQuota - quota.RamUsed - RamReserve;
        int capsLeft = quota.CapQuota - quota.CapUsed - CapsReserve;
        ram = start.Ram < ramLeft ? start.Ram : ramLeft > 0 ? (int)ramLeft : 0;
        caps = start.Caps < capsLeft ? start.Caps : capsLeft > 0 ? capsLeft : 0;
        int least = Child.InitialMemoryOn(_env);
        if (ram < least || caps < Child.InitialCaps)
        {
            _log.Error(start.Place + "not started: " + ram.ToString() + " bytes of RAM and " + caps.ToString()
                + " caps are left for it; it needs at least " + least.ToString() + " and "
                + Child.InitialCaps.ToString());
            return false;
        }

        if (ram < start.Ram)
        {
            _log.Warning(start.Place + "RAM exceeds what is left; proceeding with " + ram.ToString() + " of " + start.Ram.ToString()
                + " bytes");
        }

        if (caps < start.Caps)
        {
            _log.Warning(start.Place + "caps exceed what is left; proceeding with " + caps.ToString() + " of " + start.Caps.ToString());
        }

        return true;
    }

    /// <summary>The child's share of the processor: what it asks for, or what is left.</summary>
    private bool TakeCpu(int child, StartNode start)
    {
        if (start.Cpu > 0 && _cpuLeft == 0)
        {
            _log.Error(start.Place + "not started: the other children have all the CPU quota; give them less");
            return false;
        }

        int percent = start.Cpu < _cpuLeft ? start.Cpu : _cpuLeft;
        if (percent < start.Cpu)
        {
            _log.Warning(start.Place + "CPU quota exceeds what is left; proceeding with " + percent.ToString() + " of " + start.Cpu.ToString() + " percent");
        }

        _children.SetCpu(child, percent);
        _cpuLeft -= percent;
        return true;
    }

    private Error Make(int child, StartNode start, int ram, int caps)
    {
        int label = FirstLabel + child;
        var processor = new ProcessorPart(start.AffinitySpace, start.Location, 100 * _children.Cpu(child));
        Error error = Child.Create(_env, start.Name, start.Binary, ram, caps, start.Priority, label, processor, out Child? component);
        if (component == null)
        {
            return error;
        }

        _children.SetComponent(child, component);
        error = component.AddInitialMemory(Child.InitialMemoryOn(_env), out int memory);
        if (memory != Selectors.Invalid)
        {
            _env.Release(memory);
        }

        error = error == Error.None ? component.Furnish(component.Pd, component.Cpu, component.Log) : error;
        if (error != Error.None)
        {
            return error;
        }

        int signal = _env.Signal(label);
        _children.SetFaultSignal(child, signal);
        error = signal == Selectors.Invalid ? _env.LastError : new NativePd(_env, component.Native).SetFaultSignal(signal);
        _children.SetState(child, ChildState.Running);
        return error == Error.None ? component.Start(true) : error;
    }

    private void TakeApart(int child, bool returns)
    {
        _children.SetState(child, ChildState.Ended);
        _cpuLeft += _children.Cpu(child);
        _children.SetCpu(child, 0);
        _children.Component(child)?.Destroy();
        _children.SetComponent(child, null);
        _children.Config(child)?.Destroy();
        _children.SetConfig(child, null);
        if (_children.FaultSignal(child) != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeSignal(_children.FaultSignal(child));
            _children.SetFaultSignal(child, Selectors.Invalid);
        }

        _sessions.Ended(child, returns);
    }
}
