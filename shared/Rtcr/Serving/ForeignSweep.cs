// Targets give capabilities up without telling anybody. What a target was given and can name no longer is forgotten here.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Finds entries for objects of others that their target has given up.</summary>
internal sealed class ForeignSweep
{
    private readonly Env _env;
    private readonly ForeignTable _foreign;
    private readonly LateTable _late;

    internal ForeignSweep(Env env, ForeignTable foreign, LateTable late)
    {
        _env = env;
        _late = late;
        _foreign = foreign;
    }

    /// <summary>Forgets what a living target cannot name any more.</summary>
    internal void Run(Target target)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = storage.Count - 1; entry >= 0 && target.IsAlive; entry--)
        {
            // Most entries are the target's own, and whether a call mentions one is a walk over all calls.
            if (storage.Kind(entry) != ObjectKind.Foreign)
            {
                continue;
            }

            bool isInUse = storage.IsMentioned(entry) || _late.Awaits(target, entry);
            if (!isInUse && !CanName(target, storage.Selector(entry)))
            {
                Forget(target, entry);
            }
        }
    }

    /// <summary>Forgets an entry.</summary>
    internal void Forget(Target target, int entry)
    {
        if (target.Storage.Name(entry).Length == 0)
        {
            _foreign.Forget(target.Name, target.Storage.Number(entry));
        }

        target.Storage.Remove(entry);
    }

    private bool CanName(Target target, int selector)
    {
        Message message = _env.Compose(NativePdOperation.Holders).AddCapability(selector);
        return _env.Call(target.Child!.Native, message) == Error.None && message.Word(0) > 0;
    }
}
