// Core's ROM service: the boot image's modules, by the last part of the session's label.
namespace Tern.Kernel;

/// <summary>Core's side of a ROM session.</summary>
internal sealed class RomSessionServer : CoreSession
{
    private readonly int _dataspace;
    private readonly int _length;

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
        if (message.Opcode != RomOperation.Dataspace)
        {
            return Error.UnknownOpcode;
        }

        message.Add(_length).AddCapability(_dataspace);
        return Error.None;
    }
}
