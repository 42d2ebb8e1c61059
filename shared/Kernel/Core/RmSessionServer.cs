// Core's RM service: region maps beyond a component's address space, to be used as managed dataspaces.
namespace Tern.Kernel;

/// <summary>Core's side of an RM session.</summary>
internal sealed class RmSessionServer : CoreSession
{
    internal RmSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
    }

    internal override Error Request(Task caller, Message message) => message.Opcode switch
    {
        RmOperation.Create => Create(caller, message),
        RmOperation.Destroy => Destroy(message.Capability(0)),
        _ => Error.UnknownOpcode,
    };

    internal override void Close()
    {
        ObjectTable objects = Core.Kernel.Objects;
        for (int id = 1; id <= objects.Capacity; id++)
        {
            if (objects.Type(id) == ObjectType.RegionMap && Core.Kernel.Memory.Map(id).Session == this)
            {
                Core.Kernel.Lifecycle.Destroy(id);
            }
        }
    }

    private Error Create(Task caller, Message message)
    {
        int size = Core.Kernel.Memory.RoundUp(message.Word(0));
        Error room = Core.Kernel.Lifecycle.MayOwn(Client, caller);
        if (size <= 0 || room != Error.None)
        {
            return size <= 0 ? Error.BadArgument : room;
        }

        int id = Core.Kernel.Memory.CreateMap(Client, 0, size, null);
        if (id == 0)
        {
            return Error.TableFull;
        }

        Core.Kernel.Memory.Map(id).Session = this;
        message.AddCapability(id);
        return Error.None;
    }

    private Error Destroy(int id)
    {
        ObjectTable objects = Core.Kernel.Objects;
        if (objects.Type(id) != ObjectType.RegionMap)
        {
            return Error.WrongObject;
        }

        if (objects.Owner(id) != Client.Index || Core.Kernel.Memory.Map(id).Space != null)
        {
            return Error.NotPermitted;
        }

        Core.Kernel.Lifecycle.Destroy(id);
        return Error.None;
    }
}
