// Whom a session of core signals: an Irq object that its client named, which may end at any time.
namespace Tern.Kernel;

/// <summary>A reference to an Irq object that does not keep it alive.</summary>
internal struct SignalTarget
{
    private int _id;
    private int _badge;

    /// <summary>Sets the target from a request's first capability; none clears it.</summary>
    internal Error Set(Core core, Message message)
    {
        int id = message.Capability(0);
        if (id != 0 && core.Kernel.Objects.Type(id) != ObjectType.Irq)
        {
            return Error.WrongObject;
        }

        _id = id;
        _badge = core.Kernel.Objects.Badge(id);
        return Error.None;
    }

    internal readonly bool IsLive(Core core) => core.Kernel.Objects.IsLive(_id, _badge);

    internal readonly void Trigger(Core core, int count)
    {
        if (IsLive(core))
        {
            core.Kernel.Trigger(core.Kernel.Objects.Index(_id), count);
        }
    }
}
