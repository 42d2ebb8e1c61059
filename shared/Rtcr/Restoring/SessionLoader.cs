// What sessions know of the target: the calls that set it, issued again, and then the state that passes by itself.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads the states of a target's sessions.</summary>
internal sealed class SessionLoader
{
    private readonly Env _env;
    private readonly OfflineStorage _offline;
    private readonly Serving _serving;

    internal SessionLoader(Env env, OfflineStorage offline, Serving serving)
    {
        _serving = serving;
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

            int session = target.Storage.RealOf(calls[i].Session);
            Error error = _env.Call(session, Forwarding.Compose(_env, target, calls[i]));
            if (error == Error.MustSend)
            {
                error = Forwarding.ComposeLeaving(_env, _serving, target, calls[i], Selectors.Invalid, out Message message);
                error = error == Error.None ? _env.Send(session, message, InboundTable.Nobody) : error;
            }

            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }

    /// <summary>Writes back what calls do not tell, such as the time that remains of a timer; where sessions of a service have an
    /// order, in that order.</summary>
    /// <returns>BadData when the ranks are not those of an order.</returns>
    internal Error LoadStates(Target target)
    {
        OnlineStorage storage = target.Storage;
        int ranked = 0;
        Error error = Error.None;
        for (int entry = 0; entry < storage.Count && error == Error.None; entry++)
        {
            int orderAt = OrderOf(storage, entry);
            ranked += orderAt > 0 ? 1 : 0;
            error = orderAt == 0 ? LoadState(storage, entry) : Error.None;
        }

        for (int rank = 0; ranked > 0 && error == Error.None; rank++)
        {
            error = rank < storage.Count ? LoadRank(storage, rank, ref ranked) : Error.BadData;
        }

        return error;
    }

    private Error LoadRank(OnlineStorage storage, int rank, ref int left)
    {
        Error error = Error.None;
        for (int entry = 0; entry < storage.Count && error == Error.None; entry++)
        {
            int orderAt = OrderOf(storage, entry);
            if (orderAt > 0 && orderAt < _offline.StateCount(entry) && _offline.StateWord(entry, orderAt) == rank)
            {
                error = LoadState(storage, entry);
                left--;
            }
        }

        return error;
    }

    private Error LoadState(OnlineStorage storage, int entry)
    {
        if (storage.Kind(entry) == ObjectKind.Session && storage.Service(entry).HasFlows && _offline.StateCount(entry) == 2)
        {
            long flows = (uint)_offline.StateWord(entry, 0) | ((long)_offline.StateWord(entry, 1) << 32);
            return SessionFlows.Lose(_env, storage, entry, flows);
        }

        int write = WriterOf(storage, entry);
        if (write == 0 || (storage.Service(entry).IsVersioned && _offline.StateCount(entry) == 0))
        {
            return Error.None;
        }

        Message message = _env.Compose(write);
        for (int i = storage.Service(entry).SkippedWords; i < _offline.StateCount(entry); i++)
        {
            message.Add(_offline.StateWord(entry, i));
        }

        return _env.Call(storage.RealOf(entry), message);
    }

    private static int OrderOf(OnlineStorage storage, int entry)
        => WriterOf(storage, entry) == 0 ? 0 : storage.Service(entry).OrderAt;

    private static int WriterOf(OnlineStorage storage, int entry)
        => storage.HasState(entry) ? storage.Service(entry).WriteState : 0;
}
