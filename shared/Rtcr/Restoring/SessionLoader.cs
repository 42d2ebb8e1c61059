// What sessions know of the target: the calls that set it, issued again, and then the state that passes by itself.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads the states of a target's sessions.</summary>
internal sealed class SessionLoader
{
    private readonly Env _env;
    private readonly OfflineStorage _offline;

    internal SessionLoader(Env env, OfflineStorage offline)
    {
        _env = env;
        _offline = offline;
    }

    /// <summary>Issues the remembered calls again.</summary>
    internal Error IssueCalls(Target target)
    {
        CallRecord[] calls = target.Storage.Calls;
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].Session < 0)
            {
                continue;
            }

            Error error = _env.Call(
                target.Storage.RealOf(calls[i].Session), Forwarding.Compose(_env, target, calls[i]));
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }

    /// <summary>Writes back what calls do not tell, such as the time that remains of a timer.</summary>
    internal Error LoadStates(Target target)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = 0; entry < storage.Count; entry++)
        {
            bool isSession = storage.Kind(entry) == ObjectKind.Session || storage.Kind(entry) == ObjectKind.InitialSession;
            int write = isSession ? storage.Service(entry).WriteState : 0;
            if (write == 0)
            {
                continue;
            }

            Message message = _env.Compose(write);
            for (int i = storage.Service(entry).SkippedWords; i < _offline.StateCount(entry); i++)
            {
                message.Add(_offline.StateWord(entry, i));
            }

            Error error = _env.Call(storage.RealOf(entry), message);
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }
}
