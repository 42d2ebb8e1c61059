// Starts a fresh target: the entries that every component has, then their objects, then the component.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Makes targets from nothing.</summary>
internal sealed class TargetStarter
{
    /// <summary>The entry of the parent gate, which the child is made with; the entries before and after it are fixed too.</summary>
    internal const int ParentEntry = 3;

    private readonly Env _env;
    private readonly ObjectMaker _maker;
    private readonly Serving _serving;
    private readonly int _watch;

    internal TargetStarter(Env env, ObjectMaker maker, Serving serving, int watch)
    {
        _serving = serving;
        _env = env;
        _watch = watch;
        _maker = maker;
    }

    /// <summary>Makes the child of a target whose identity is known.</summary>
    internal Error CreateChild(Target target)
    {
        target.Generation++;
        target.IsBeside = false;
        target.Bank?.Check();
        int mostUrgent = new CpuSession(_env, Selectors.Cpu).Priorities() - 1;
        if (target.Priority > mostUrgent)
        {
            _env.Log("Error: target \"" + target.Name + "\" has priority " + target.Priority + ", and this RTCR's own is at most "
                + mostUrgent + ": give its start node as much");
            return Error.NotPermitted;
        }

        Error error = Child.Create(
            _env, target.Name, target.Binary, target.Ram, target.Caps, target.Priority, target.LabelOf(ParentEntry), out Child? child);
        target.Child = child;
        target.HasExited = false;
        return error == Error.None ? new NativePd(_env, child!.Native).SetFaultSignal(_watch) : error;
    }

    /// <summary>Starts a target that has a name, a program and budgets.</summary>
    internal Error Start(Target target)
    {
        target.Storage.Clear();
        target.NextNumber = 1;
        target.ClosesOrphans = false;
        target.Route = new TargetRoute();
        Error error = CreateChild(target);
        if (error != Error.None)
        {
            return error;
        }

        AddInitialEntries(target);
        OnlineStorage storage = target.Storage;
        for (int entry = 0; entry < storage.Count && error == Error.None; entry++)
        {
            error = _maker.Make(target, entry, 0);
        }

        Child child = target.Child!;
        if (error == Error.None)
        {
            _env.AttachAt(
                child.AddressSpace, storage.Selector(storage.Find(ObjectKind.InitialMemory)), 0, 0,
                MemoryLayout.InitialMemory, Rights.ReadWrite);
            error = _env.LastError;
        }

        error = error == Error.None ? child.Furnish(SessionGate(storage, "PD"), SessionGate(storage, "CPU"), SessionGate(storage, "LOG")) : error;
        error = error == Error.None ? child.Start(true) : error;
        if (error != Error.None)
        {
            End(target);
            return error;
        }

        target.State = TargetState.Running;
        return Error.None;
    }

    /// <summary>Ends a target for good and gives up everything that was made for it.</summary>
    internal void End(Target target) => End(target, TargetEnd.Stops);

    /// <summary>Ends a target and gives up everything that was made for it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="end">Whether, and where, it is to go on.</param>
    internal void End(Target target, TargetEnd end)
    {
        _serving.End(target, end);

        OnlineStorage storage = target.Storage;
        target.Generation++;
        target.Waiting = 0;
        for (int entry = storage.Count - 1; entry >= 0; entry--)
        {
            GiveUp(target, entry, end);
        }

        storage.Clear();
        target.Child?.Destroy();
        target.Child = null;
        if (target.ConfigDataspace != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeDataspace(target.ConfigDataspace);
            target.ConfigDataspace = Selectors.Invalid;
        }

        target.State = TargetState.Free;
    }

    /// <summary>Gives the target its configuration, as a module that RTCR serves.</summary>
    internal Error SetConfig(Target target, byte[] text)
    {
        target.ConfigLength = text.Length;
        target.ConfigDataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(text.Length, out Error error);
        int address = error == Error.None ? _env.Attach(target.ConfigDataspace) : 0;
        if (address == 0)
        {
            return error == Error.None ? _env.LastError : error;
        }

        _env.Memory.Write(address, text, 0, text.Length);
        return _env.Detach(address);
    }

    private static void AddInitialEntries(Target target)
    {
        OnlineStorage storage = target.Storage;
        storage.Add(ObjectKind.Task, "", null, -1);
        storage.Add(ObjectKind.AddressSpace, "", null, -1);
        storage.Add(ObjectKind.Thread, "", null, -1);
        storage.Add(ObjectKind.Parent, "", null, -1);
        AddSession(storage, "PD");
        AddSession(storage, "CPU");
        AddSession(storage, "LOG");
        storage.Add(ObjectKind.InitialMemory, "", null, -1);
        if (target.ConfigDataspace != Selectors.Invalid)
        {
            storage.Add(ObjectKind.ConfigDataspace, "", null, -1);
        }
    }

    private static void AddSession(OnlineStorage storage, string service)
        => storage.Add(ObjectKind.InitialSession, service, ServiceCatalogue.Find(service), -1);

    private static int SessionGate(OnlineStorage storage, string service)
    {
        for (int entry = 0; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.InitialSession && storage.Name(entry) == service)
            {
                return storage.Selector(entry);
            }
        }

        return Selectors.Invalid;
    }

    private void GiveUp(Target target, int entry, TargetEnd end)
    {
        OnlineStorage storage = target.Storage;
        // What could not be made on a restore that failed has no object.
        if (storage.RealOf(entry) == Selectors.Invalid)
        {
            return;
        }

        switch (storage.Kind(entry))
        {
            case ObjectKind.Session:
                _serving.Close(storage.RealOf(entry), end != TargetEnd.Stops);
                new PdSession(_env, Selectors.Pd).FreeGate(storage.Selector(entry));
                break;
            case ObjectKind.Native:
                _env.Release(storage.RealOf(entry));
                new PdSession(_env, Selectors.Pd).FreeGate(storage.Selector(entry));
                break;
            case ObjectKind.ClosedSession:
                _env.Close(storage.RealOf(entry));
                break;
            case ObjectKind.InitialSession:
            case ObjectKind.ConfigRom:
                new PdSession(_env, Selectors.Pd).FreeGate(storage.Selector(entry));
                break;
            case ObjectKind.Foreign:
                _serving.LetGo(target, entry);
                break;
            case ObjectKind.Task:
            case ObjectKind.Made:
            case ObjectKind.InitialMemory:
                _env.Release(storage.Selector(entry));
                break;
            default:
                break;
        }
    }
}
