// The checkpointer: from a held target and its online storage to an image. Capturing holds the target; sealing does not.
// Order (as in RTCR): pause; capability space; online to offline storage; memory; resume.
// Invariants: an image is whole or refused; whatever the target can name and RTCR does not know refuses it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Takes checkpoints by shared memory: the target's contents are copied while it is held.</summary>
internal sealed class Checkpointer
{
    private readonly Env _env;
    private readonly ImageWriter _writer;
    private readonly CallRecord _scratch = new CallRecord();
    private Region _region;

    internal Checkpointer(Env env)
    {
        _env = env;
        _writer = new ImageWriter(env.Memory);
    }

    /// <summary>Writes a target's state into a part of a dataspace. The target must be paused.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">Where the image goes.</param>
    /// <param name="mac">The MAC address of this board.</param>
    /// <param name="size">The image's size.</param>
    /// <returns>Full when the image does not fit; BadData when the target names something of unknown origin.</returns>
    internal Error Capture(Target target, ImagePlace place, long mac, out int size)
    {
        size = 0;
        _writer.Begin(place.Address, place.Capacity);
        Error error = WriteCapabilities(target);
        WriteIdentity(target);
        error = error == Error.None ? WriteEntries(target) : error;
        WriteCalls(target);
        error = error == Error.None ? WriteRegions(target) : error;
        error = error == Error.None ? WriteRequests(target) : error;
        if (error != Error.None || _writer.Overflow)
        {
            return error == Error.None ? Error.Full : error;
        }

        _writer.Align(_env.Memory.PageSize);
        int memoryAt = _writer.Position;
        error = CopyMemory(target, place);
        _writer.Skip(ImageFormat.TrailerSize);
        if (error == Error.None && _writer.Overflow)
        {
            error = Error.Full;
        }

        if (error == Error.None)
        {
            size = _writer.Position;
            WriteHeader(target, mac, memoryAt, size);
        }

        return error;
    }

    private void WriteHeader(Target target, long mac, int memoryAt, int size)
    {
        _writer.SetHeader(0, ImageFormat.Magic);
        _writer.SetHeader(ImageFormat.VersionAt, ImageFormat.Version | (ImageFormat.HeaderSize << 16));
        _writer.SetHeader(ImageFormat.SizeAt, size);
        _writer.SetHeader(ImageFormat.CommitAt, target.Commit);
        _writer.SetHeader(ImageFormat.EpochAt, target.Epoch);
        _writer.SetHeader(ImageFormat.PageSizeAt, _env.Memory.PageSize);
        _writer.SetHeader(ImageFormat.MacAt, (int)mac);
        _writer.SetHeader(ImageFormat.MacAt + 4, (int)(mac >> 32));
        _writer.SetHeader(ImageFormat.MemoryAt, memoryAt);
    }

    private void WriteIdentity(Target target)
    {
        var quota = default(Quota);
        new PdSession(_env, target.Child!.Pd).ReadQuota(ref quota);
        Message message = _env.Compose(NativePdOperation.NextToken).Add(0);
        _env.Call(target.Child.Native, message);
        int nextToken = message.Word(0);

        _writer.BeginSection(Section.Identity, 1);
        _writer.Text(target.Name);
        _writer.Text(target.Binary);
        _writer.Int64(quota.RamQuota);
        _writer.Int32(quota.CapQuota);
        _writer.Byte(target.Priority);
        _writer.Int32(nextToken);
        _writer.Int32(target.ConfigLength);
    }

    private Error WriteCapabilities(Target target)
    {
        var native = new NativePd(_env, target.Child!.Native);
        int count = 0;
        int size = native.CapabilitySpaceSize();
        _writer.BeginSection(Section.Capabilities, 0);
        for (int selector = 0; selector < size; selector++)
        {
            native.ReadSelector(selector, out int badge);
            if (badge == 0 && !native.IsUsed(selector))
            {
                continue;
            }

            int entry = target.Storage.Find(badge);
            if (entry < 0 && badge != 0)
            {
                return Error.BadData;
            }

            _writer.UInt16(selector);
            _writer.UInt16(entry);
            count++;
        }

        _writer.SetCount(Section.Capabilities, count);
        return Error.None;
    }

    private Error WriteEntries(Target target)
    {
        OnlineStorage storage = target.Storage;
        int memory = 0;
        _writer.BeginSection(Section.Entries, storage.Count);
        for (int entry = 0; entry < storage.Count; entry++)
        {
            _writer.Byte((int)storage.Kind(entry));
            if (storage.Kind(entry) == ObjectKind.Free)
            {
                continue;
            }

            int selector = storage.Selector(entry);
            ObjectType type = _env.TypeOf(selector);
            _writer.Text(storage.Name(entry));
            _writer.Byte((int)type);
            _writer.Int32(storage.Badge(entry));
            int amount = type == ObjectType.Thread
                ? TargetThreads.Read(_env, target, entry, target.State == TargetState.Held ? 2 : 1)
                : _env.SizeOf(selector);
            if (amount < 0)
            {
                return Error.BadData;
            }

            _writer.Int32(amount);
            _writer.Int32(storage.HasContent(entry, type) ? memory : -1);
            memory += storage.HasContent(entry, type) ? _env.SizeOf(selector) : 0;
            WriteOrigin(storage, entry);
            Error error = WriteState(storage, entry);
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }

    private void WriteOrigin(OnlineStorage storage, int entry)
    {
        CallRecord? origin = storage.Origin(entry);
        int leader = origin == null ? -1 : storage.Leader(entry);
        _writer.UInt16(leader);
        _writer.Byte(storage.Result(entry));
        if (leader == entry)
        {
            _writer.Call(origin!);
        }
    }

    private Error WriteState(OnlineStorage storage, int entry)
    {
        bool isSession = storage.Kind(entry) == ObjectKind.Session || storage.Kind(entry) == ObjectKind.InitialSession;
        int read = isSession ? storage.Service(entry).ReadState : 0;
        if (read == 0)
        {
            _writer.Byte(0);
            return Error.None;
        }

        Message message = _env.Compose(read);
        Error error = _env.Call(storage.RealOf(entry), message);
        _writer.Byte(message.WordCount);
        for (int i = 0; i < message.WordCount; i++)
        {
            _writer.Int32(message.Word(i));
        }

        return error;
    }

    private void WriteCalls(Target target)
    {
        int count = 0;
        _writer.BeginSection(Section.Calls, 0);
        CallRecord[] calls = target.Storage.Calls;
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].Session >= 0)
            {
                _writer.Call(calls[i]);
                count++;
            }
        }

        _writer.SetCount(Section.Calls, count);
    }

    private Error WriteRegions(Target target)
    {
        OnlineStorage storage = target.Storage;
        int count = 0;
        _writer.BeginSection(Section.Regions, 0);
        for (int entry = 0; entry < storage.Count; entry++)
        {
            int map = storage.Kind(entry) == ObjectKind.Free ? Selectors.Invalid : storage.Selector(entry);
            for (int i = 0; _env.ReadRegion(map, i, ref _region); i++)
            {
                int shown = storage.Find(_region.Badge);
                if (shown < 0)
                {
                    return Error.BadData;
                }

                _writer.UInt16(entry);
                _writer.UInt16(shown);
                _writer.Int32(_region.Start);
                _writer.Int32(_region.Size);
                _writer.Int32(_region.Offset);
                _writer.Byte((int)_region.Rights);
                count++;
            }
        }

        _writer.SetCount(Section.Regions, count);
        return Error.None;
    }

    private Error WriteRequests(Target target)
    {
        _writer.BeginSection(Section.Requests, 0);
        int count = 0;
        Error error = WriteOutstanding(target, ref count);
        error = error == Error.None ? WriteEvents(target, ref count) : error;
        _writer.SetCount(Section.Requests, count);
        return error;
    }

    /// <summary>Writes the requests whose answers do not wait for the target yet.</summary>
    private Error WriteOutstanding(Target target, ref int count)
    {
        int number = 0;
        while (true)
        {
            Message message = _env.Compose(NativePdOperation.ReadRequest).Add(number);
            Error error = _env.Call(target.Child!.Native, message);
            number = message.Word(0);
            if (error != Error.None || number == 0)
            {
                return error;
            }

            int phase = message.Word(1);
            if (phase == RequestPhase.Asked || phase == RequestPhase.KeptItself)
            {
                error = WriteRequest(target, number, message);
                count++;
            }

            if (error != Error.None)
            {
                return error;
            }
        }
    }

    /// <summary>Writes what waits for the target, in the order of its delivery.</summary>
    private Error WriteEvents(Target target, ref int count)
    {
        int native = target.Child!.Native;
        for (int place = 0; ; place++)
        {
            Message message = _env.Compose(NativePdOperation.ReadEvent).Add(place);
            Error error = _env.Call(native, message);
            int badge = message.Word(0);
            int number = message.Word(1);
            if (error != Error.None || (badge == 0 && number == 0))
            {
                return error;
            }

            if (badge != 0)
            {
                error = WriteSignal(target, badge, number);
                count++;
            }
            else if (number > 0)
            {
                message = _env.Compose(NativePdOperation.ReadRequest).Add(number - 1);
                error = _env.Call(native, message);
                error = error == Error.None ? WriteRequest(target, number, message) : error;
                count++;
            }

            // What somebody else asks the target is his to ask again.
            if (error != Error.None)
            {
                return error;
            }
        }
    }

    private Error WriteSignal(Target target, int badge, int triggered)
    {
        int entry = target.Storage.Find(badge);
        _writer.Byte(ImageFormat.SignalPhase);
        _writer.UInt16(entry);
        _writer.Int32(triggered);
        return entry < 0 ? Error.BadData : Error.None;
    }

    private Error WriteRequest(Target target, int number, Message request)
    {
        bool answered = request.Word(1) == RequestPhase.Answered;
        int gate = answered ? -1 : target.Storage.Find(request.Word(4));
        int opcode = answered ? 0 : request.Word(5);
        _writer.Byte(request.Word(1));
        _writer.Int32(request.Word(2));
        _writer.Int32(request.Word(3));
        _writer.Int32(request.Word(6));
        if (!ReadContent(target, target.Child!.Native, number))
        {
            return Error.BadData;
        }

        _scratch.Session = gate;
        _scratch.Opcode = opcode;
        _writer.Call(_scratch);
        return Error.None;
    }

    /// <summary>Reads what a request or answer contains, its capabilities as entries.</summary>
    private bool ReadContent(Target target, int native, int number)
    {
        Message message = _env.Compose(NativePdOperation.ReadContent).Add(number);
        bool known = _env.Call(native, message) == Error.None
            && _scratch.Remember(_env, target.Storage, 0, message);
        for (int i = 0; i < message.CapabilityCount; i++)
        {
            _env.Release(message.Capability(i));
        }

        return known;
    }

    private Error CopyMemory(Target target, ImagePlace place)
    {
        OnlineStorage storage = target.Storage;
        for (int entry = 0; entry < storage.Count; entry++)
        {
            int selector = storage.Selector(entry);
            if (storage.Kind(entry) == ObjectKind.Free || !storage.HasContent(entry, _env.TypeOf(selector)))
            {
                continue;
            }

            int at = _writer.Position;
            int size = _env.SizeOf(selector);
            _writer.Skip(size);
            if (_writer.Overflow)
            {
                return Error.Full;
            }

            Error error = _env.CopyDataspace(selector, 0, place.Dataspace, place.Offset + at, size);
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }
}
