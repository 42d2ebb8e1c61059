// The last steps of a restore, when all objects are there: memory, regions, capabilities, the capability map, calls,
// session states, signals and requests.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Brings the state of a target's objects back.</summary>
internal sealed class StateLoader
{
    private const int MostRegions = 4096;
    private const int MostCapabilities = 4096;
    private const int MostRequests = 256;

    private readonly Env _env;
    private readonly ImageReader _reader;
    private readonly OfflineStorage _offline;
    private readonly CallRecord _content = new CallRecord();
    private Region _region;

    // What stands, while capabilities and their map are loaded, for objects that had ended already.
    private int _ended;

    internal StateLoader(Env env, ImageReader reader, OfflineStorage offline)
    {
        _env = env;
        _reader = reader;
        _offline = offline;
    }

    /// <summary>Loads everything; the target does not run yet.</summary>
    internal Error Load(Target target, ImagePlace place)
    {
        _reader.Begin(place.Address, place.Capacity - ImageFormat.TrailerSize);
        Error error = LoadMemory(target, place);
        error = error == Error.None ? LoadRegions(target) : error;
        error = error == Error.None ? LoadCapabilities(target) : error;
        error = error == Error.None ? Rebadge(target) : error;
        EndTheEnded();
        error = error == Error.None ? IssueCalls(target) : error;
        error = error == Error.None ? LoadStates(target) : error;
        return error == Error.None ? LoadRequests(target) : error;
    }

    private Error LoadMemory(Target target, ImagePlace place)
    {
        OnlineStorage storage = target.Storage;
        int memoryAt = place.Offset + _reader.Header(ImageFormat.MemoryAt);
        for (int entry = 0; entry < storage.Count; entry++)
        {
            if (storage.Kind(entry) == ObjectKind.Free || _offline.MemoryOf(entry) < 0)
            {
                continue;
            }

            int selector = storage.Selector(entry);
            if (_env.SizeOf(selector) != _offline.SizeOf(entry))
            {
                return Error.BadData;
            }

            Error error = _env.CopyDataspace(
                place.Dataspace, memoryAt + _offline.MemoryOf(entry), selector, 0, _offline.SizeOf(entry));
            if (error != Error.None)
            {
                return error;
            }
        }

        return Error.None;
    }

    private Error LoadRegions(Target target)
    {
        _reader.BeginSection(Section.Regions, MostRegions);
        int count = _reader.Count;
        for (int i = 0; i < count; i++)
        {
            int map = _reader.Entry();
            int shown = _reader.Entry();
            int start = _reader.Int32();
            int size = _reader.Int32();
            int offset = _reader.Int32();
            var rights = (Rights)_reader.Byte();
            _reader.Check(IsEntry(target, map) && IsEntry(target, shown) && start >= 0 && size > 0);
            if (_reader.IsBad)
            {
                break;
            }

            _env.AttachAt(target.Storage.Selector(map), target.Storage.Selector(shown), offset, size, start, rights);
            if (_env.LastError != Error.None)
            {
                return _env.LastError;
            }
        }

        return Verdict();
    }

    private Error LoadCapabilities(Target target)
    {
        var native = new NativePd(_env, target.Child!.Native);
        _reader.BeginSection(Section.Capabilities, MostCapabilities);
        int count = _reader.Count;
        for (int i = 0; i < count; i++)
        {
            int selector = _reader.UInt16();
            int entry = _reader.Entry();
            _reader.Check(entry < 0 || IsEntry(target, entry));
            if (_reader.IsBad)
            {
                break;
            }

            Error error = native.Install(selector, entry < 0 ? Ended(target) : target.Storage.Selector(entry));
            if (error != Error.None)
            {
                return error;
            }
        }

        return Verdict();
    }

    /// <summary>A selector whose object had ended stays in use: here it names something that ends before the target runs.</summary>
    private int Ended(Target target)
    {
        if (_ended == Selectors.Invalid)
        {
            _ended = _env.Gate(target.LabelOf(TargetStarter.ParentEntry));
        }

        return _ended;
    }

    private void EndTheEnded()
    {
        if (_ended != Selectors.Invalid)
        {
            new PdSession(_env, Selectors.Pd).FreeGate(_ended);
            _ended = Selectors.Invalid;
        }
    }

    /// <summary>Gives the capability map in the target's memory the badges that its capabilities have now.</summary>
    private Error Rebadge(Target target)
    {
        int block = TargetMemory.Attach(_env, target, MemoryLayout.InitialMemory, 64, ref _region, out int blockBase, out Error error);
        if (block == 0)
        {
            return error;
        }

        int address = CapabilityMap.Locate(_env.Memory, block, out int size);
        _env.Detach(blockBase);
        if (size == 0)
        {
            return Error.None;
        }

        if ((uint)size > MostCapabilities)
        {
            return Error.BadData;
        }

        // A heap that grew is one to its component, but it consists of several dataspaces, and the map may lie across two.
        int selector = 0;
        while (selector < size)
        {
            int at = address + (4 * selector);
            int shown = TargetMemory.Attach(_env, target, at, 4, ref _region, out blockBase, out error);
            if (shown == 0)
            {
                return error;
            }

            int end = selector + ((_region.Size - (at - _region.Start)) / 4);
            end = end < size ? end : size;
            Rebadge(target, new CapabilityMap(_env.Memory, shown - (4 * selector)), selector, end);
            selector = end;
            _env.Detach(blockBase);
        }

        return Error.None;
    }

    private void Rebadge(Target target, CapabilityMap map, int from, int end)
    {
        var native = new NativePd(_env, target.Child!.Native);
        for (int selector = from; selector < end; selector++)
        {
            if (map.Read(selector) != 0)
            {
                native.ReadSelector(selector, out int badge);
                map.Write(selector, badge);
            }
        }
    }

    private Error IssueCalls(Target target)
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

    private Error LoadStates(Target target)
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

    /// <summary>Loads what waits for the target and what it waits for, in the order in which it came.</summary>
    private Error LoadRequests(Target target)
    {
        Error error = _env.Call(target.Child!.Native, _env.Compose(NativePdOperation.NextToken).Add(_offline.NextToken));
        _reader.BeginSection(Section.Requests, MostRequests);
        int count = _reader.Count;
        for (int i = 0; i < count && error == Error.None; i++)
        {
            int phase = _reader.Byte();
            error = phase == ImageFormat.SignalPhase ? LoadSignal(target) : LoadRequest(target, phase);
        }

        return error == Error.None ? Verdict() : error;
    }

    private Error LoadSignal(Target target)
    {
        int entry = _reader.Entry();
        int count = _reader.Int32();
        _reader.Check(IsEntry(target, entry) && count > 0);
        return _reader.IsBad ? Error.BadData : _env.Submit(target.Storage.Selector(entry), count);
    }

    private Error LoadRequest(Target target, int phase)
    {
        int native = target.Child!.Native;
        int replyLabel = _reader.Int32();
        int outcome = _reader.Int32();
        int token = _reader.Int32();
        _reader.Call(_content);
        int gate = _content.Session;
        _reader.Check(phase >= 0 && phase <= RequestPhase.KeptItself && (gate < 0 || IsEntry(target, gate)));
        if (_reader.IsBad || !SetContent(target, native))
        {
            return Error.BadData;
        }

        // Whoever was asked through a gate that has gone cannot be asked again.
        if (phase == RequestPhase.Answered || gate < 0)
        {
            int result = phase == RequestPhase.Answered ? outcome : (int)Error.Gone;
            return _env.Call(native, _env.Compose(NativePdOperation.PostAnswer).Add(replyLabel).Add(result));
        }

        return _env.Call(native, _env.Compose(NativePdOperation.PostRequest)
            .Add(replyLabel).Add(_content.Opcode).Add(phase == RequestPhase.KeptItself ? token : 0)
            .AddCapability(target.Storage.Selector(gate)));
    }

    private bool SetContent(Target target, int native)
    {
        Message message = _env.Compose(NativePdOperation.SetContent);
        for (int i = 0; i < _content.WordCount; i++)
        {
            message.Add(_content.Words[i]);
        }

        for (int i = 0; i < _content.ObjectCount; i++)
        {
            int entry = _content.Objects[i];
            if (entry >= 0 && !IsEntry(target, entry))
            {
                return false;
            }

            message.AddCapability(entry < 0 ? Selectors.Invalid : target.Storage.Selector(entry));
        }

        message.AddBytes(_content.Bytes, 0, _content.Length);
        return _env.Call(native, message) == Error.None;
    }

    private static bool IsEntry(Target target, int entry)
        => entry >= 0 && entry < target.Storage.Count && target.Storage.Kind(entry) != ObjectKind.Free;

    private Error Verdict() => _reader.IsBad ? Error.BadData : Error.None;
}
