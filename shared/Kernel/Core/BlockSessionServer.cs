// Core's Block service: the board's storage device, from and to dataspaces.
namespace Tern.Kernel;

/// <summary>Core's side of a Block session.</summary>
internal sealed class BlockSessionServer : CoreSession
{
    private readonly IBlockDevice _device;
    private readonly DataspaceSpan _span;

    private BlockSessionServer(Core core, Task client, string label, IBlockDevice device)
        : base(core, client, label)
    {
        _device = device;
        _span = new DataspaceSpan(core.Kernel.Memory);
    }

    internal static Error Create(Core core, Task client, string label, out CoreSession? session)
    {
        IBlockDevice? device = core.Board.Storage;
        session = device == null ? null : new BlockSessionServer(core, client, label, device);
        return device == null ? Error.NoDevice : Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case BlockOperation.Info:
                message.Add(_device.BlockSize).Add(_device.BlockCount);
                return Error.None;
            case BlockOperation.Read:
            case BlockOperation.Write:
                return Transfer(message, message.Opcode == BlockOperation.Write);
            case BlockOperation.Flush:
                return _device.Flush() ? Error.None : Error.DeviceFailed;
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Transfer(Message message, bool write)
    {
        int block = message.Word(0);
        int count = message.Word(1);
        if (block < 0 || count <= 0 || block > _device.BlockCount - count || count > int.MaxValue / _device.BlockSize)
        {
            return Error.BadArgument;
        }

        // Reading from the device writes to the dataspace.
        Rights access = write ? Rights.Read : Rights.Write;
        if (!_span.Begin(Core.Kernel.Objects, message.Capability(0), message.Word(2), count * _device.BlockSize, access))
        {
            return Error.BadArgument;
        }

        while (_span.Next(int.MaxValue))
        {
            int blocks = _span.Length / _device.BlockSize;
            if (blocks * _device.BlockSize != _span.Length)
            {
                return Error.BadRegion;
            }

            bool done = write
                ? _device.Write(block, _span.Memory, _span.Offset, blocks)
                : _device.Read(block, _span.Memory, _span.Offset, blocks);
            Core.Kernel.Spend(Work.StorageBytes, _span.Length);
            if (!done)
            {
                return Error.DeviceFailed;
            }

            block += blocks;
        }

        return _span.IsDone ? Error.None : _span.Error;
    }
}
