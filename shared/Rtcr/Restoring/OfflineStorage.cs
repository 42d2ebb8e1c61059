// Offline storage, read back: the parts of an image that become a target's identity and online storage.
// Invariants: nothing here was believed unchecked; an entry refers only to entries before it.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Reads an image's identity, entries and calls into a free target's place.</summary>
internal sealed class OfflineStorage
{
    private readonly ImageReader _reader;
    private readonly int[] _memory;
    private readonly int[] _size;
    private readonly int[] _state;
    private readonly int[] _handler;

    internal OfflineStorage(ImageReader reader, int objects)
    {
        _reader = reader;
        _handler = new int[objects];
        _memory = new int[objects];
        _size = new int[objects];
        _state = new int[objects * (Message.MaxWords + 1)];
    }

    /// <summary>The entry of the gate that a region map's faults go to; −1 for none.</summary>
    internal int HandlerOf(int entry) => _handler[entry];

    /// <summary>Where an entry's contents are, from the beginning of the memory contents; −1 for none.</summary>
    internal int MemoryOf(int entry) => _memory[entry];

    /// <summary>The size of an entry's memory.</summary>
    internal int SizeOf(int entry) => _size[entry];

    /// <summary>How many words of state a session has.</summary>
    internal int StateCount(int entry) => _state[entry * (Message.MaxWords + 1)];

    /// <summary>A word of a session's state.</summary>
    internal int StateWord(int entry, int index) => _state[(entry * (Message.MaxWords + 1)) + 1 + index];

    /// <summary>Reads who the target is.</summary>
    internal bool ReadIdentity(Target target)
    {
        _reader.BeginSection(Section.Identity, 1);
        target.Name = _reader.Text();
        target.Binary = _reader.Text();
        long ram = _reader.Int64();
        target.Ram = (int)ram;
        target.Caps = _reader.Int32();
        target.Priority = _reader.Byte();
        target.ConfigLength = _reader.Int32();
        target.Commit = _reader.Header(ImageFormat.CommitAt);
        _reader.Check(_reader.Count == 1 && target.Name.Length > 0 && target.Binary.Length > 0);
        _reader.Check(ram > 0 && ram <= int.MaxValue && target.Caps > 0 && target.Priority < Priorities.Count);
        _reader.Check(target.ConfigLength >= 0);
        return !_reader.IsBad;
    }

    /// <summary>Reads the entries of the online storage, and the calls to be issued again.</summary>
    internal bool ReadEntries(Target target, int memorySize)
    {
        OnlineStorage storage = target.Storage;
        storage.Clear();
        _reader.BeginSection(Section.Entries, _memory.Length);
        int count = _reader.Count;
        for (int entry = 0; entry < count && !_reader.IsBad; entry++)
        {
            int kind = _reader.Byte();
            _reader.Check(kind <= (int)ObjectKind.Native);
            if (kind != (int)ObjectKind.Free && !_reader.IsBad)
            {
                ReadEntry(target, entry, (ObjectKind)kind, memorySize);
            }
        }

        _reader.BeginSection(Section.Calls, storage.Calls.Length);
        count = _reader.Count;
        for (int i = 0; i < count && !_reader.IsBad; i++)
        {
            _reader.Call(storage.Calls[i]);
            CheckCall(storage, storage.Calls[i], storage.Count);
            CheckSet(storage, storage.Calls[i]);
        }

        _reader.Check(storage.Count > TargetStarter.ParentEntry && storage.Kind(TargetStarter.ParentEntry) == ObjectKind.Parent);
        CheckDomains(storage);
        return !_reader.IsBad;
    }

    /// <summary>A domain that RTCR could not look into again is none; and what a map's faults go to has to be there.</summary>
    private void CheckDomains(OnlineStorage storage)
    {
        _reader.Check(!_reader.IsBad && Domains.Count(storage) <= ImageFormat.MaxDomains);
        for (int entry = 0; entry < storage.Count && !_reader.IsBad; entry++)
        {
            bool isDomain = storage.Kind(entry) == ObjectKind.Session && storage.IsPd(entry);
            _reader.Check(!isDomain || storage.NativeOf(entry) >= 0);
            _reader.Check(!storage.Has(entry) || _handler[entry] < 0 || storage.Has(_handler[entry]));
        }
    }

    private void ReadEntry(Target target, int entry, ObjectKind kind, int memorySize)
    {
        OnlineStorage storage = target.Storage;
        string name = _reader.Text();
        bool isSession = kind == ObjectKind.Session || kind == ObjectKind.InitialSession || kind == ObjectKind.ClosedSession;
        storage.Put(
            entry, kind, name, kind == ObjectKind.Native ? ServiceCatalogue.Native() : isSession ? ServiceCatalogue.Find(name) : null);
        _reader.Byte();
        _reader.Int32();
        int amount = _reader.Int32();
        _memory[entry] = _reader.Int32();
        _handler[entry] = _reader.Entry();
        _size[entry] = amount;
        _reader.Check(amount >= 0 && _memory[entry] >= -1);
        _reader.Check(_memory[entry] < 0 || _size[entry] <= memorySize - _memory[entry]);
        if (kind == ObjectKind.InitialMemory)
        {
            target.InitialMemorySize = amount;
        }

        ReadOrigin(storage, entry, kind);
        int words = _reader.Byte();
        _reader.Check(words <= Message.MaxWords);
        _state[entry * (Message.MaxWords + 1)] = words;
        for (int i = 0; i < words && !_reader.IsBad; i++)
        {
            _state[(entry * (Message.MaxWords + 1)) + 1 + i] = _reader.Int32();
        }

        ReadNumber(storage, entry, kind);
    }

    /// <summary>A foreign object has a number; a session with a single word is another target's.</summary>
    private void ReadNumber(OnlineStorage storage, int entry, ObjectKind kind)
    {
        bool isForeign = kind == ObjectKind.Foreign;
        bool isLocal = kind == ObjectKind.Session && StateCount(entry) == 1;
        if (isForeign || isLocal)
        {
            int number = StateWord(entry, 0);
            _reader.Check(StateCount(entry) == 1 && (isForeign ? number != 0 && number != int.MinValue : number == 1));
            _reader.Check(number > 0 || storage.Name(entry).Length > 0);
            storage.SetNumber(entry, number);
        }

        if (isLocal)
        {
            storage.SetService(entry, ServiceCatalogue.Find(""));
        }
    }

    private void ReadOrigin(OnlineStorage storage, int entry, ObjectKind kind)
    {
        int leader = _reader.Entry();
        int result = _reader.Byte();
        bool isMade = kind == ObjectKind.Session || kind == ObjectKind.Made || kind == ObjectKind.ClosedSession || kind == ObjectKind.Native;
        _reader.Check(leader <= entry && isMade == (leader >= 0) && result < Message.MaxCapabilities);
        if (_reader.IsBad || leader < 0)
        {
            return;
        }

        // A session comes alone but for a PD session's native interface, and no two objects are the same part of an answer.
        bool isNative = kind == ObjectKind.Native;
        _reader.Check(kind == ObjectKind.Made || (isNative ? leader < entry && result == 1 : leader == entry && result == 0));
        _reader.Check(isNative == (leader < entry && storage.Has(leader) && storage.Kind(leader) == ObjectKind.Session));
        for (int other = leader; other < entry; other++)
        {
            bool isSibling = storage.Has(other) && storage.Origin(other) != null && storage.Origin(other) == storage.Origin(leader);
            _reader.Check(!isSibling || storage.Result(other) != result);
        }

        CallRecord? origin = leader == entry ? new CallRecord() : storage.Origin(leader);
        _reader.Check(origin != null);
        if (leader == entry)
        {
            _reader.Call(origin!);
            CheckCall(storage, origin!, entry);
            CheckMaker(storage, origin!, entry);
        }

        if (!_reader.IsBad)
        {
            storage.SetOrigin(entry, origin!, result);
        }
    }

    /// <summary>A call may only need entries that are there before it.</summary>
    private void CheckCall(OnlineStorage storage, CallRecord call, int end)
    {
        _reader.Check(call.Session >= 0 && call.Highest() < end);
        _reader.Check(!_reader.IsBad && storage.Kind(call.Session) != ObjectKind.Free);
        for (int i = 0; i < call.ObjectCount && !_reader.IsBad; i++)
        {
            _reader.Check(call.Objects[i] < 0 || storage.Kind(call.Objects[i]) != ObjectKind.Free);
        }
    }

    /// <summary>Only what sets something in a session is issued again as it was.</summary>
    private void CheckSet(OnlineStorage storage, CallRecord call)
    {
        if (!_reader.IsBad)
        {
            ObjectKind kind = storage.Kind(call.Session);
            _reader.Check((kind == ObjectKind.Session || kind == ObjectKind.InitialSession || kind == ObjectKind.Native)
                && (storage.Service(call.Session).IsUnknown
                    || storage.Service(call.Session).EffectOf(call.Opcode) == CallEffect.Set));
        }
    }

    /// <summary>Sessions come from the parent, other objects from sessions.</summary>
    private void CheckMaker(OnlineStorage storage, CallRecord call, int entry)
    {
        if (_reader.IsBad)
        {
            return;
        }

        ObjectKind maker = storage.Kind(call.Session);
        bool fromParent = maker == ObjectKind.Parent && call.Opcode == ParentOperation.Session
            && call.Words[0] > 0 && call.WordCount > 0 && call.Words[0] <= call.Length
            && Forwarding.ServiceOf(call) == storage.Name(entry);
        bool fromSession = storage.IsSession(call.Session) || maker == ObjectKind.ClosedSession;
        _reader.Check(storage.Kind(entry) == ObjectKind.Made ? fromSession : fromParent);
    }
}
