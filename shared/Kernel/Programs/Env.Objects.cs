// A component's environment: its own kernel objects and its address space.
namespace Tern.Kernel;

public sealed partial class Env
{
    /// <summary>Makes a signal context.</summary>
    /// <param name="label">The number that <see cref="Program.OnSignal"/> gets.</param>
    /// <returns>Its selector; 0 with <see cref="LastError"/>.</returns>
    public int Signal(int label) => AllocateObject(PdOperation.AllocateSignal, label, Selectors.Invalid);

    /// <summary>Makes a signal context that leads to one of this component's entrypoints.</summary>
    /// <param name="label">The number that <see cref="Program.OnSignal"/> gets.</param>
    /// <param name="entrypoint">See <see cref="Entrypoint"/>; <see cref="Selectors.Invalid"/> for the first one.</param>
    public int Signal(int label, int entrypoint) => AllocateObject(PdOperation.AllocateSignal, label, entrypoint);

    /// <summary>Makes a gate to an RPC object of this component.</summary>
    /// <param name="label">More than 0; the number that <see cref="Program.OnRequest"/> gets.</param>
    /// <returns>Its selector; 0 with <see cref="LastError"/>.</returns>
    public int Gate(int label) => AllocateObject(PdOperation.AllocateGate, label, Selectors.Invalid);

    /// <summary>Makes a gate that leads to one of this component's entrypoints.</summary>
    /// <param name="label">More than 0; the number that <see cref="Program.OnRequest"/> gets.</param>
    /// <param name="entrypoint">See <see cref="Entrypoint"/>; <see cref="Selectors.Invalid"/> for the first one.</param>
    public int Gate(int label, int entrypoint) => AllocateObject(PdOperation.AllocateGate, label, entrypoint);

    /// <summary>Triggers a signal context, whosoever it is.</summary>
    public Error Submit(int signal) => Submit(signal, 1);

    /// <summary>Triggers a signal context several times at once.</summary>
    public Error Submit(int signal, int count)
    {
        _kernel.Cross(_task);
        int id = _task.Capabilities.Lookup(signal, ObjectType.Irq);
        if (id == 0 || count <= 0)
        {
            Denied("Submit", signal, id == 0 ? _task.Capabilities.Reason(signal) : Error.BadArgument);
            return id == 0 ? _task.Capabilities.Reason(signal) : Error.BadArgument;
        }

        _kernel.Trigger(_kernel.Objects.Index(id), count);
        return Error.None;
    }

    /// <summary>How often a signal context was triggered and not delivered yet; 0 for anything else.</summary>
    public int PendingSignals(int signal)
    {
        int id = _task.Capabilities.Lookup(signal, ObjectType.Irq);
        return id == 0 ? 0 : _kernel.Irqs.Pending(_kernel.Objects.Index(id));
    }

    /// <summary>Attaches a whole dataspace or managed dataspace to the component's address space.</summary>
    /// <returns>Its address; 0 with <see cref="LastError"/>.</returns>
    public int Attach(int dataspace) => AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.ReadWrite);

    /// <summary>Attaches a part of a dataspace or managed dataspace to a region map.</summary>
    /// <param name="map">The region map that is changed.</param>
    /// <param name="dataspace">What appears in it.</param>
    /// <param name="offset">The first byte, a multiple of the page size.</param>
    /// <param name="size">Bytes; 0 for all the rest.</param>
    /// <param name="at">The address; −1 for the lowest that fits.</param>
    /// <param name="rights">What may be done there; writing only if the dataspace permits it.</param>
    /// <returns>The address. 0 can be one in a managed dataspace: there, <see cref="LastError"/> tells whether it worked.</returns>
    public int AttachAt(int map, int dataspace, int offset, int size, int at, Rights rights)
    {
        _kernel.Cross(_task);
        int mapId = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        int target = MemoryObject(dataspace);
        if (mapId == 0 || target == 0)
        {
            LastError = mapId == 0 ? _task.Capabilities.Reason(map) : _task.Capabilities.Reason(dataspace);
            Denied("Attach", mapId == 0 ? map : dataspace, LastError);
            return 0;
        }

        LastError = _kernel.Memory.Attach(mapId, target, offset, size, at, rights, out int start);
        Denied("Attach", dataspace, LastError);
        return LastError == Error.None ? start : 0;
    }

    /// <summary>Detaches what begins at an address of the component's address space.</summary>
    public Error Detach(int address) => DetachFrom(Selectors.AddressSpace, address);

    /// <summary>Detaches what begins at an address of a region map.</summary>
    public Error DetachFrom(int map, int address)
    {
        _kernel.Cross(_task);
        int mapId = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        Error error = mapId == 0 ? _task.Capabilities.Reason(map) : _kernel.Memory.Detach(mapId, address);
        Denied("Detach", map, error);
        return error;
    }

    /// <summary>Sets who is called when something touches a part of a region map where nothing is attached.</summary>
    /// <param name="map">The region map.</param>
    /// <param name="gate">A gate of the handler (see <see cref="FaultOperation"/>); <see cref="Selectors.Invalid"/> for none.</param>
    public Error SetFaultHandler(int map, int gate)
    {
        _kernel.Cross(_task);
        int mapId = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        int gateId = _task.Capabilities.Lookup(gate, ObjectType.Gate);
        if (mapId == 0 || (gateId == 0 && gate != Selectors.Invalid))
        {
            Denied("SetFaultHandler", mapId == 0 ? map : gate, _task.Capabilities.Reason(mapId == 0 ? map : gate));
            return _task.Capabilities.Reason(mapId == 0 ? map : gate);
        }

        RegionMap regions = _kernel.Memory.Map(mapId);
        regions.FaultHandler = gateId;
        regions.FaultHandlerBadge = _kernel.Objects.Badge(gateId);
        return Error.None;
    }

    /// <summary>The badge of a region map's fault handler; 0 for none.</summary>
    public int FaultHandlerOf(int map)
    {
        int id = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        RegionMap? regions = id == 0 ? null : _kernel.Memory.Map(id);
        return regions != null && _kernel.Objects.IsLive(regions.FaultHandler, regions.FaultHandlerBadge) ? regions.FaultHandlerBadge : 0;
    }

    /// <summary>What is behind a dataspace in place of the board's memory (see <see cref="NativePdOperation.Back"/>).</summary>
    /// <param name="dataspace">The dataspace.</param>
    /// <param name="offset">Where in the managed dataspace it begins.</param>
    /// <returns>The badge of the managed dataspace; 0 for none.</returns>
    public int BackingOf(int dataspace, out int offset)
    {
        int id = _task.Capabilities.Lookup(dataspace, ObjectType.Dataspace);
        return _kernel.Objects.Badge(_kernel.Memory.BackingOf(id, out offset));
    }

    /// <summary>The size of a dataspace or managed dataspace in bytes; 0 for anything else.</summary>
    public int SizeOf(int dataspace)
    {
        int id = MemoryObject(dataspace);
        return id == 0 ? 0 : _kernel.Memory.SizeOf(id);
    }

    /// <summary>How many regions a region map has.</summary>
    public int RegionCount(int map)
    {
        int id = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        return id == 0 ? 0 : _kernel.Memory.Map(id).Count;
    }

    /// <summary>Reads a region of a region map; regions are numbered from 0 by ascending address.</summary>
    public bool ReadRegion(int map, int index, ref Region region)
    {
        int id = _task.Capabilities.Lookup(map, ObjectType.RegionMap);
        if (id == 0 || (uint)index >= (uint)_kernel.Memory.Map(id).Count)
        {
            return false;
        }

        int row = _kernel.Memory.Map(id).Row(index);
        RegionTable regions = _kernel.Memory.Regions;
        region.Start = regions.Start[row];
        region.Size = regions.Size[row];
        region.Offset = regions.Offset[row];
        region.Rights = regions.Access[row];
        region.Badge = _kernel.Objects.Badge(regions.Target[row]);
        return true;
    }

    /// <summary>
    /// Copies between two dataspaces that this component names, without attaching them. Where a managed dataspace has a hole or lacks
    /// the right, its fault handler is asked, as an access to memory does. What lies before the place of an error has been copied.
    /// </summary>
    /// <returns>BadArgument when a range leaves its object; BadRegion when a managed dataspace has a hole there that nobody fills;
    /// NotPermitted when the target is read-only and nobody changes that; InvalidCapability when a fault handler ended what was copied.</returns>
    public Error CopyDataspace(int from, int fromOffset, int to, int toOffset, int length)
    {
        _kernel.Cross(_task);
        int source = MemoryObject(from);
        int target = MemoryObject(to);
        Error error = source == 0 || target == 0
            ? _task.Capabilities.Reason(source == 0 ? from : to)
            : _kernel.DataspaceCopy.Run(source, fromOffset, target, toOffset, length);
        Denied("CopyDataspace", source == 0 ? from : to, error);
        return error;
    }

    /// <summary>Notes in the trace, if anybody listens, that the program has passed a point. Costs next to nothing otherwise.</summary>
    /// <param name="point">The program's own number, below <see cref="TracePoint.FirstKnown"/>, or one that tools know.</param>
    /// <param name="a">Whatever helps to understand it.</param>
    /// <param name="b">The same.</param>
    public void Trace(int point, int a, int b)
    {
        if (_kernel.Tracer.IsOn)
        {
            _kernel.Tracer.Add(TraceKind.Point, _kernel.Ipc.Current.Thread, point, a, b);
        }
    }

    private int MemoryObject(int selector)
    {
        int id = _task.Capabilities.Lookup(selector);
        ObjectType type = _kernel.Objects.Type(id);
        return type == ObjectType.Dataspace || type == ObjectType.RegionMap ? id : 0;
    }

    private int AllocateObject(int opcode, int label, int thread)
    {
        Message message = Compose(opcode).Add(label);
        if (thread != Selectors.Invalid)
        {
            message.AddCapability(thread);
        }

        LastError = Call(Selectors.Pd, message);
        return message.Capability(0);
    }
}
