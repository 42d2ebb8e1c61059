// The section of entries: online storage, each object with the call that made it and the state that passes by itself.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's online storage.</summary>
internal sealed class EntryWriter
{
    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly long[] _order;

    internal EntryWriter(Env env, ImageWriter image, int objects)
    {
        _env = env;
        _order = new long[objects];
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>BadData when a region map has a fault handler of unknown origin; otherwise what a session said.</returns>
    internal Error Write(Target target)
    {
        OnlineStorage storage = target.Storage;
        int memory = 0;
        ReadOrders(storage);
        _image.BeginSection(Section.Entries, storage.Count);
        for (int entry = 0; entry < storage.Count; entry++)
        {
            _image.Byte((int)storage.Kind(entry));
            if (storage.Kind(entry) == ObjectKind.Free)
            {
                continue;
            }

            int selector = storage.Selector(entry);
            ObjectType type = _env.TypeOf(selector);
            _image.Text(storage.Name(entry));
            _image.Byte((int)type);
            _image.Int32(storage.Badge(entry));
            _image.Int32(_env.SizeOf(selector));
            _image.Int32(storage.HasContent(entry, type) ? memory : -1);
            memory += storage.HasContent(entry, type) ? _env.SizeOf(selector) : 0;
            Error error = WriteHandler(storage, selector);
            WriteOrigin(target, entry);
            error = error == Error.None ? WriteState(target, entry) : error;
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }

    private Error WriteHandler(OnlineStorage storage, int map)
    {
        int badge = _env.FaultHandlerOf(map);
        int handler = storage.Find(badge);
        _image.UInt16(handler);
        return handler < 0 && badge != 0 ? Error.BadData : Error.None;
    }

    private void WriteOrigin(Target target, int entry)
    {
        OnlineStorage storage = target.Storage;
        CallRecord? origin = storage.Origin(entry);
        int leader = origin == null ? -1 : storage.Leader(entry);
        _image.UInt16(leader);
        _image.Byte(storage.Result(entry));
        if (leader == entry)
        {
            NoteQuotas(target, entry, origin!);
            _image.Call(origin!);
        }
    }

    /// <summary>A domain is made again with what it and those below it have now, whatever it was opened with.</summary>
    private void NoteQuotas(Target target, int entry, CallRecord origin)
    {
        if (target.Storage.Kind(entry) == ObjectKind.Session && target.Storage.IsPd(entry))
        {
            var quota = default(Quota);
            Domains.ReadWhole(_env, target, target.Storage.NativeOf(entry), ref quota);
            origin.WordCount = origin.WordCount < 3 ? 3 : origin.WordCount;
            origin.Words[1] = (int)quota.RamQuota;
            origin.Words[2] = quota.CapQuota;
        }
    }

    private Error WriteState(Target target, int entry)
    {
        OnlineStorage storage = target.Storage;
        if (storage.Number(entry) != 0)
        {
            _image.Byte(1);
            _image.Int32(storage.Number(entry));
            return Error.None;
        }

        if (storage.Kind(entry) == ObjectKind.Session && storage.Service(entry).HasFlows)
        {
            return WriteFlows(target, entry);
        }

        int read = ReaderOf(storage, entry);
        if (read == 0)
        {
            _image.Byte(0);
            return Error.None;
        }

        int orderAt = storage.Service(entry).OrderAt;
        Message message = _env.Compose(read);
        Error error = _env.Call(storage.RealOf(entry), message);
        if (storage.Service(entry).IsVersioned)
        {
            return WriteVersion(target, error, message);
        }

        int count = orderAt > 0 ? orderAt + 1 : message.WordCount;
        _image.Byte(count);
        for (int i = 0; i < count; i++)
        {
            _image.Int32(orderAt > 0 && i == orderAt ? Rank(storage, entry) : message.Word(i));
        }

        return error;
    }

    /// <summary>Which flows the target has, or that it may not lose them.</summary>
    private Error WriteFlows(Target target, int entry)
    {
        Error error = SessionFlows.Read(_env, target.Storage, entry, out long flows);
        bool refuses = flows != 0 && target.Policy != null && target.Policy.RefusesOpenFlows(target.Name);
        _image.Byte(2);
        _image.Int32((int)flows);
        _image.Int32((int)(flows >> 32));
        return error == Error.None && refuses ? Error.FlowsOpen : error;
    }

    /// <summary>What version of something the target depends on, and whether another one will do. A sibling that serves it is not asked.</summary>
    private Error WriteVersion(Target target, Error error, Message message)
    {
        if (error != Error.None)
        {
            _image.Byte(0);
            return error == Error.MustSend || error == Error.UnknownOpcode ? Error.None : error;
        }

        bool refuses = message.Word(3) != 0 || (target.Policy != null && target.Policy.RefusesOtherRoms(target.Name));
        _image.Byte(4);
        _image.Int32(message.Word(0));
        _image.Int32(message.Word(1));
        _image.Int32(message.Word(2));
        _image.Int32(refuses ? 1 : 0);
        return Error.None;
    }

    /// <summary>Learns in which order sessions stand that have one.</summary>
    private void ReadOrders(OnlineStorage storage)
    {
        for (int entry = 0; entry < storage.Count; entry++)
        {
            int orderAt = ReaderOf(storage, entry) == 0 ? 0 : storage.Service(entry).OrderAt;
            if (orderAt > 0)
            {
                Message message = _env.Compose(storage.Service(entry).ReadState);
                _env.Call(storage.RealOf(entry), message);
                _order[entry] = message.Word64(orderAt);
            }
        }
    }

    /// <summary>How many sessions of the same service stand before one. The order's own numbers are this board's.</summary>
    private int Rank(OnlineStorage storage, int entry)
    {
        int rank = 0;
        for (int other = 0; other < storage.Count; other++)
        {
            bool isPeer = other != entry && ReaderOf(storage, other) != 0 && storage.Name(other) == storage.Name(entry);
            rank += isPeer && (_order[other] < _order[entry] || (_order[other] == _order[entry] && other < entry)) ? 1 : 0;
        }

        return rank;
    }

    private static int ReaderOf(OnlineStorage storage, int entry)
        => storage.HasState(entry) ? storage.Service(entry).ReadState : 0;
}
