// Whom a session of core signals: an Irq object that its client named, which may end at any time.
namespace Tern.Kernel;

/// <summary>A reference to an Irq object that does not keep it alive.</summary>
internal partial struct SignalTarget
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

    /// <summary>Signals on behalf of a session, if there is whom.</summary>
    internal readonly void Trigger(CoreSession session, int count)
    {
        if (IsLive(session.Core))
        {
            session.Core.Kernel.Trigger(session.Core.Kernel.Objects.Index(_id), count);
        }
        else
        {
            Unheard(session);
        }
    }

    // Something happened that its client did not ask to hear of.
    static partial void Unheard(CoreSession session);
}
