// How kernel objects and tasks come and go.
// Invariants: destroying an object ends every capability to it; ending a task ends everything it made, returns its
// memory, and answers everybody who waited for it.
namespace Tern.Kernel;

/// <summary>Makes and ends kernel objects.</summary>
internal sealed class Lifecycle
{
    private readonly Microkernel _kernel;

    internal Lifecycle(Microkernel kernel)
    {
        _kernel = kernel;
    }

    /// <summary>Makes a task with an empty address space.</summary>
    internal Task? CreateTask(Task? parent, string label)
    {
        int index = _kernel.Tasks.FindFree();
        if (index < 0)
        {
            return null;
        }

        var task = new Task(_kernel, index, parent, label);
        _kernel.Tasks.Set(index, task);
        task.Identity = _kernel.Objects.Create(ObjectType.Task, index, index);
        task.AddressSpace = new AddressSpace(_kernel.Profile.PageSize);
        task.AddressSpaceIdentity = _kernel.Memory.CreateMap(task, AddressSpace.Base, _kernel.Profile.AddressSpaceSize, task);
        if (task.Identity == 0 || task.AddressSpaceIdentity == 0)
        {
            DestroyTask(task);
            return null;
        }

        task.Env.Attach();
        return task;
    }

    /// <summary>Whether a task may have one more object and another one room to name it. Objects count though their selectors were given up: else a
    /// component could fill the board's tables at no cost.</summary>
    internal Error MayOwn(Task owner, Task holder)
        => _kernel.Objects.OwnedCount(owner.Index) >= owner.CapQuota ? Error.OutOfCaps : holder.Capabilities.Room(1);

    /// <summary>Makes a gate; 0 when a table is full.</summary>
    internal int CreateGate(Task owner, Thread? thread, int label)
    {
        int gate = _kernel.Gates.Create(thread, label);
        int id = gate == 0 ? 0 : _kernel.Objects.Create(ObjectType.Gate, gate, owner.Index);
        if (id == 0 && gate != 0)
        {
            _kernel.Gates.Destroy(gate);
        }

        return id;
    }

    /// <summary>Makes an Irq object; 0 when a table is full.</summary>
    internal int CreateIrq(Task owner, Thread? thread, int label)
    {
        int irq = _kernel.Irqs.Create(thread, label);
        int id = irq == 0 ? 0 : _kernel.Objects.Create(ObjectType.Irq, irq, owner.Index);
        if (id == 0 && irq != 0)
        {
            _kernel.Irqs.Destroy(irq);
        }

        _kernel.Irqs.SetIdentity(irq, id);
        return id;
    }

    /// <summary>Ends an object and every capability to it.</summary>
    internal void Destroy(int id)
    {
        Revoke(id);
        int index = _kernel.Objects.Index(id);
        switch (_kernel.Objects.Type(id))
        {
            case ObjectType.Gate:
                _kernel.Gates.Destroy(index);
                break;
            case ObjectType.Irq:
                if (_kernel.Irqs.IsQueued(index))
                {
                    _kernel.Events.Remove(_kernel.Irqs.Thread(index)!, -index);
                }

                _kernel.Irqs.Destroy(index);
                break;
            case ObjectType.Dataspace:
            case ObjectType.RegionMap:
                _kernel.Memory.Release(id);
                break;
            case ObjectType.Thread:
                DestroyThread(_kernel.Threads[index]!, index);
                break;
            default:
                break;
        }

        _kernel.Objects.Destroy(id);
    }

    /// <summary>Ends a thread, and with it the gates and signal contexts that lead to it: nobody would ever answer there.</summary>
    private void DestroyThread(Thread thread, int index)
    {
        thread.Running = false;
        int next;
        for (int id = _kernel.Objects.FirstOwned(thread.Task.Index); id != 0; id = next)
        {
            next = _kernel.Objects.NextOwned(id);
            ObjectType type = _kernel.Objects.Type(id);
            if ((type == ObjectType.Gate && _kernel.Gates.Thread(_kernel.Objects.Index(id)) == thread)
                || (type == ObjectType.Irq && _kernel.Irqs.Thread(_kernel.Objects.Index(id)) == thread))
            {
                Destroy(id);
            }
        }

        _kernel.Ipc.Abandon(thread.Task, thread);
        ThreadFactory.Remove(_kernel, thread, index);
    }

    /// <summary>Ends every capability to an object.</summary>
    internal void Revoke(int id)
    {
        for (int link = _kernel.Objects.Holders(id); link != 0; link = _kernel.Objects.Holders(id))
        {
            _kernel.Tasks.SpaceOf(link).Revoke(link & 0xffff);
        }
    }

    /// <summary>Keeps a task's threads from ever being dispatched again.</summary>
    internal static void Stop(Task task)
    {
        for (Thread? thread = task.Threads; thread != null; thread = thread.NextOfTask)
        {
            thread.Running = false;
        }
    }

    /// <summary>Ends a task and all it made. It must not be on the call chain.</summary>
    internal void DestroyTask(Task task)
    {
        Invariant.That(!_kernel.Ipc.IsActive(task));
        Stop(task);
        _kernel.Ipc.Abandon(task, null);
        task.Capabilities.Clear();
        for (int id = _kernel.Objects.FirstOwned(task.Index); id != 0; id = _kernel.Objects.FirstOwned(task.Index))
        {
            Destroy(id);
        }

        _kernel.Shares.Release(task.Cpu?.Share);
        task.RamUsed = 0;
        _kernel.Tasks.Set(task.Index, null);
    }
}
