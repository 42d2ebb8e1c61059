// The restorer: from an image to a running target. It makes the child anew, its sessions and objects, brings their states
// back, puts capabilities at their selectors, re-badges the capability map, loads memory, and starts the threads.
// Invariants: not one byte is used before the seal is checked; a target that cannot be restored whole is taken apart
// again. A session of a sibling takes a while to open, so restoring may pause between entries and go on with the answer.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Restores one target at a time.</summary>
internal sealed class Restorer
{
    private readonly Env _env;
    private readonly Seal _seal;
    private readonly ObjectMaker _maker;
    private readonly TargetStarter _starter;
    private readonly ImageReader _reader;
    private readonly OfflineStorage _offline;
    private readonly StateLoader _loader;
    private readonly ExportLoader _exports;
    private readonly Serving _serving;
    private readonly int _replyLabel;
    private ImagePlace _place;
    private Target? _target;
    private int _next;

    // The call whose answer is awaited; it is awaited also when the target has been given up meanwhile.
    private CallRecord? _asked;
    private bool _hasWaited;
    private readonly byte[] _code = new byte[CryptoSession.MacSize];

    internal Restorer(
        Env env, Seal seal, ObjectMaker maker, TargetStarter starter, Serving serving, int objects, int replyLabel)
    {
        _serving = serving;
        _env = env;
        _seal = seal;
        _maker = maker;
        _starter = starter;
        _reader = new ImageReader(env.Memory);
        _offline = new OfflineStorage(_reader, objects);
        _exports = new ExportLoader(_reader, serving);
        _loader = new StateLoader(env, _reader, _offline, serving, _exports);
        _replyLabel = replyLabel;
    }

    /// <summary>Begins to restore an image into a free place.</summary>
    /// <returns>None when the target runs; Deferred when an answer is awaited (see <see cref="Continue"/>); otherwise the reason why not.</returns>
    internal Error Begin(Target target, ImagePlace place, int epoch)
    {
        if (_target != null || _asked != null || target.State != TargetState.Free)
        {
            return Error.Busy;
        }

        Error error = _seal.Check(place);
        if (error != Error.None)
        {
            return error;
        }

        _reader.Begin(place.Address, place.Capacity - ImageFormat.TrailerSize);
        int memoryAt = _reader.Header(ImageFormat.MemoryAt);
        int memorySize = place.Capacity - ImageFormat.TrailerSize - memoryAt;
        _reader.Check(memoryAt >= ImageFormat.HeaderSize && memorySize >= 0);
        if (_reader.IsBad || !_offline.ReadIdentity(target) || !_offline.ReadEntries(target, memorySize))
        {
            target.Storage.Clear();
            return Error.BadData;
        }

        int pageSize = _reader.Header(ImageFormat.PageSizeAt);
        if (pageSize < _env.Memory.PageSize)
        {
            target.Storage.Clear();
            return Error.BadRegion;
        }

        if (_serving.IsNameTaken(target, target.Name))
        {
            target.Storage.Clear();
            return Error.Exists;
        }

        _target = target;
        _place = place;
        target.Epoch = epoch;
        _hasWaited = false;
        _seal.CopyCode(_code);
        _next = 0;
        target.State = TargetState.Restoring;
        _env.Trace(TracePoint.RestoreBegin, 0, epoch);
        error = _exports.Load(target);
        error = error == Error.None ? MakeConfig(target) : error;
        error = error == Error.None ? _starter.CreateChild(target) : error;
        return error == Error.None ? Advance() : Abort(error);
    }

    /// <summary>The answer has come that <see cref="Begin"/> left waiting.</summary>
    /// <returns>As there; Deferred also when the target was given up meanwhile.</returns>
    internal Error Continue(Error error, Message answer)
    {
        CallRecord origin = _asked!;
        Target? target = _target;
        _asked = null;
        if (target == null)
        {
            Forwarding.Discard(_env, _serving, origin, answer);
            return Error.Deferred;
        }

        error = _maker.Bind(target, origin, error, answer);
        if (error != Error.None)
        {
            return Abort(error);
        }

        _next++;
        return Advance();
    }

    /// <summary>Gives up the target that is being restored.</summary>
    internal void Cancel() => Abort(Error.Gone);

    private Error MakeConfig(Target target)
    {
        int entry = target.Storage.Find(ObjectKind.ConfigDataspace);
        if (entry < 0)
        {
            return Error.None;
        }

        if (target.ConfigLength > _offline.SizeOf(entry))
        {
            return Error.BadData;
        }

        target.ConfigDataspace = new PdSession(_env, Selectors.Pd).AllocateDataspace(_offline.SizeOf(entry), out Error error);
        return error;
    }

    private Error Advance()
    {
        Target target = _target!;
        for (; _next < target.Storage.Count; _next++)
        {
            Error error = _maker.Make(target, _next, _replyLabel);
            if (error == Error.Deferred)
            {
                _asked = target.Storage.Origin(_next);
                _hasWaited = true;
                return error;
            }

            if (error != Error.None)
            {
                return Abort(error);
            }
        }

        Error loaded = _hasWaited ? CheckAgain() : Error.None;
        loaded = loaded == Error.None ? _loader.Load(target, _place) : loaded;
        if (loaded != Error.None)
        {
            return Abort(loaded);
        }

        // Whole, it may move to where the co-processor can copy it; if that fails, it stays.
        target.Bank?.Adopt(target);
        target.State = TargetState.Running;
        _env.Trace(TracePoint.RestoreEnd, _env.Badge(target.Child!.Thread), (int)Error.None);
        _target = null;
        _serving.Resume(target);
        return Error.None;
    }

    /// <summary>While an answer was awaited, others ran: the image must still be the one that was checked.</summary>
    private Error CheckAgain()
    {
        Error error = _seal.Check(_place);
        return error == Error.None && !_seal.HasCode(_code) ? Error.BadData : error;
    }

    private Error Abort(Error error)
    {
        _starter.End(_target!);
        _env.Trace(TracePoint.RestoreEnd, 0, (int)error);
        _target = null;
        return error;
    }
}
