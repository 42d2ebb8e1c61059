// What the CMS agent wants of rtcr: where its targets' checkpoints are, what became of them, and room for those of others.
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Rtcr;

public sealed partial class Rtcr
{
    /// <inheritdoc/>
    void ICmsOwner.OnReady() => _schedule.Begin(true);

    /// <inheritdoc/>
    void ICmsOwner.OnCommitted(int offset, int commit, Error error)
    {
        int after = _config.Migration.AfterMilliseconds;
        if (error == Error.None && !_hasCalled && after > 0 && !_timeouts.IsSet(_callTimeout))
        {
            _timeouts.Set(_callTimeout, after);
        }

        _protection.Committed(offset, commit, error);
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnStop(int offset, int claim) => _protection.Stop(offset);

    /// <inheritdoc/>
    void ICmsOwner.OnMigrated(int offset, Error error) => _protection.Migrated(offset, error);

    /// <inheritdoc/>
    void ICmsOwner.ReadInformation(ref SystemInformation information)
    {
        var quota = default(Quota);
        new PdSession(_env, Selectors.Pd).ReadQuota(ref quota);
        bool hasPlace = _supervisor.FindFree() >= 0 && !_sleep.IsLeaving;
        information.FreeRam = hasPlace ? quota.RamQuota - quota.RamUsed : 0;
        information.FreeCaps = hasPlace ? quota.CapQuota - quota.CapUsed : 0;
        information.LoadPermille = _load.Read();
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnRestoreBegin(int restore, Checkpoint checkpoint, out int dataspace)
    {
        dataspace = Selectors.Invalid;
        int slot = _restores.IsFull || _sleep.IsLeaving ? -1 : _supervisor.FindFree();
        return slot < 0 ? Error.Full : _restores.Begin(restore, checkpoint.Size, out dataspace);
    }

    /// <inheritdoc/>
    Error ICmsOwner.OnRestore(int restore, Checkpoint checkpoint, out int offset)
    {
        offset = -1;
        int slot = _sleep.IsLeaving ? -1 : _supervisor.FindFree();
        if (slot < 0)
        {
            return Error.Full;
        }

        Error error = _restores.Attach(restore, slot, in checkpoint, out int dataspace, out int address);
        error = error == Error.None
            ? _supervisor.Restore(slot, dataspace, address, 0, checkpoint.Size, checkpoint.Claim)
            : error;
        offset = _protection.OffsetOf(slot);
        if (error == Error.None)
        {
            Restored(restore);
        }

        return error;
    }

    /// <inheritdoc/>
    void ICmsOwner.OnRestoreEnd(int restore) => _restores.End(restore);

    private void CompleteRestore(Error error)
    {
        int restore = _restores.UnderWay;
        if (restore < 0)
        {
            return;
        }

        if (error == Error.None)
        {
            Restored(restore);
        }

        _agent!.CompleteRestore(restore, error, _protection.OffsetOf(_restores.SlotOf(restore)));
    }

    /// <summary>A checkpoint of somebody else's runs here now.</summary>
    private void Restored(int restore)
    {
        int slot = _restores.SlotOf(restore);
        Checkpoint checkpoint = _restores.CheckpointOf(restore);
        string name = _supervisor.NameOf(slot);
        _protection.Begin(slot);
        _protection.Keep(slot, _restores.DataspaceOf(restore), checkpoint.Size);
        _overload.Arrived();
        _schedule.Renew();
        _reports.Restored(name, checkpoint.Size, checkpoint.Mac, checkpoint.Claim);
        _reports.Started(name);
        _env.Log("[Migr thread] Checkpoint " + name + " received. Migration successful");
    }
}
