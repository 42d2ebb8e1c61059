// Core's ROM service: the boot image's modules, by the last part of the session's label. On one board a module stays what it
// is; for a client that was restored from elsewhere it may be another version, and then that is what it is told.
namespace Tern.Kernel;

/// <summary>Core's side of a ROM session.</summary>
internal sealed class RomSessionServer : CoreSession
{
    private readonly int _dataspace;
    private readonly int _length;
    private SignalTarget _target;
    private bool _hasChanged;
    private bool _refusesOthers;

    private RomSessionServer(Core core, Task client, string label, int dataspace, int length)
        : base(core, client, label)
    {
        _dataspace = dataspace;
        _length = length;
    }

    internal static Error Create(Core core, Task client, string label, out CoreSession? session)
    {
        int dataspace = core.Modules.Open(LastOf(label), out int length, out Error error);
        session = error == Error.None ? new RomSessionServer(core, client, label, dataspace, length) : null;
        return error;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case RomOperation.Dataspace:
                message.Add(_length).AddCapability(_dataspace);
                return Error.None;
            case RomOperation.Sigh:
                return Subscribe(message);
            case RomOperation.Update:
                _hasChanged = false;
                message.Add(1);
                return Error.None;
            case RomOperation.Version:
                message.Add(_length).Add(Core.Modules.Crc(_dataspace)).Add(_hasChanged ? 1 : 0).Add(_refusesOthers ? 1 : 0);
                return Error.None;
            case RomOperation.Compare:
                return Compare(message);
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Subscribe(Message message)
    {
        Error error = _target.Set(Core, message);
        if (error == Error.None && _hasChanged)
        {
            _target.Trigger(this, 1);
        }

        return error;
    }

    private Error Compare(Message message)
    {
        bool isOther = message.Word(0) != _length || message.Word(1) != Core.Modules.Crc(_dataspace);
        _refusesOthers = message.Word(3) != 0;
        if (isOther && _refusesOthers)
        {
            return Error.Changed;
        }

        // What the client had not noticed before is no news of this board: its signal is among those that it waits for.
        _hasChanged = isOther || message.Word(2) != 0;
        if (isOther)
        {
            _target.Trigger(this, 1);
        }

        return Error.None;
    }
}
