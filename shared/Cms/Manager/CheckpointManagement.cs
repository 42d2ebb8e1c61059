// The subsystems behind both facades: acquaintance, storing, migrating. A request comes here with where its answer goes.
// Invariant: of one checkpoint at most one store and one migration are under way; whoever asks for more gets Busy.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>What the manager does, whoever asks and however.</summary>
internal sealed class CheckpointManagement : IDsmOwner
{
    internal const int MaxStores = 4;
    internal const int MaxMigrations = 4;

    /// <summary>Exchanges of all its state machines.</summary>
    internal const int Exchanges = MaxStores + (MaxMigrations * (InformationRound.Width + 1));

    /// <summary>
    /// Flows of the Nic session, one half for those that connect (two a member), the other for the manager's own: a listener
    /// for each member and what the state machines have open. When these run out a machine waits and tries again; more
    /// would cost at every event, because a session's user walks over all of them.
    /// </summary>
    internal const int Flows = 40;

    private readonly Replies _replies;
    private readonly StoreJob[] _stores = new StoreJob[MaxStores];
    private readonly Migration[] _migrations = new Migration[MaxMigrations];

    internal CheckpointManagement(Env env, Network network, ManagerConfig config, ExchangeTable exchanges)
    {
        var crypto = new CryptoSession(env, env.Connect("Crypto"));
        _replies = new Replies(env);
        Members = new Members(env, config, crypto, this);
        for (int i = 0; i < MaxStores; i++)
        {
            _stores[i] = new StoreJob(env, network, config, _replies, exchanges);
        }

        for (int i = 0; i < MaxMigrations; i++)
        {
            _migrations[i] = new Migration(env, network, config, Members, _replies, crypto, exchanges);
        }
    }

    internal Members Members { get; }

    internal void Answer(ref ReplyTo to, Error status, in Checkpoint checkpoint, int extra)
        => _replies.Send(ref to, status, in checkpoint, extra);

    /// <summary>A new checkpoint: it is stored, and then the request is answered.</summary>
    internal void NewCheckpoint(in Checkpoint checkpoint, ref ReplyTo replyTo)
    {
        int member = Members.Find(checkpoint.Mac);
        StoreJob? free = null;
        for (int i = 0; i < MaxStores; i++)
        {
            free = _stores[i].IsIdle ? _stores[i] : free;
            if (_stores[i].Is(checkpoint.Mac, checkpoint.Offset))
            {
                free = null;
                break;
            }
        }

        if (member < 0 || free == null || checkpoint.Size == 0)
        {
            Error error = member < 0 ? Error.NotFound : free == null ? Error.Busy : Error.BadArgument;
            _replies.Send(ref replyTo, error, in checkpoint, 0);
            return;
        }

        free.Begin(Members[member], in checkpoint, ref replyTo);
    }

    /// <summary>A call for migration: answered when it is over.</summary>
    internal void Migrate(in Checkpoint checkpoint, int destination, ref ReplyTo replyTo)
    {
        if (destination < ManagerOperation.AnyBoard || destination > ManagerOperation.AnyOtherBoard || checkpoint.Epoch == 0)
        {
            // Without its epoch it is not known which component of this key is meant, and a migration ends one.
            _replies.Send(ref replyTo, Error.BadArgument, in checkpoint, 0);
            return;
        }

        Migration? free = null;
        for (int i = 0; i < MaxMigrations; i++)
        {
            if (_migrations[i].Is(checkpoint.Mac, checkpoint.Offset))
            {
                _migrations[i].Rejoin(ref replyTo);
                return;
            }

            free = _migrations[i].IsIdle ? _migrations[i] : free;
        }

        int origin = Members.Find(checkpoint.Mac);
        bool storing = false;
        for (int i = 0; i < MaxStores; i++)
        {
            storing |= _stores[i].Is(checkpoint.Mac, checkpoint.Offset);
        }

        if (origin < 0 || free == null || storing)
        {
            _replies.Send(ref replyTo, origin < 0 ? Error.NotFound : Error.Busy, in checkpoint, 0);
            return;
        }

        free.Begin(origin, in checkpoint, destination, ref replyTo);
    }

    /// <summary>A DSM has a new commit: whoever waits for it goes on.</summary>
    public void OnCommit(DsmReader dsm)
    {
        for (int i = 0; i < MaxStores; i++)
        {
            _stores[i].OnCommit();
        }
    }
}
