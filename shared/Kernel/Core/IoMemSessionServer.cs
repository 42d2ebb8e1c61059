// Core's IO_MEM service: a range of a device's registers, as a dataspace that is no memory.
// Invariants: no register belongs to two sessions; the dataspace is core's, so its client cannot free it as RAM, and it ends
// with the session.
namespace Tern.Kernel;

/// <summary>Core's side of an IO_MEM session.</summary>
internal sealed class IoMemSessionServer : CoreSession
{
    private readonly int _window;
    private readonly int _offset;
    private readonly int _size;
    private readonly int _dataspace;

    private IoMemSessionServer(Core core, Task client, string label, int window, int offset, int size, int dataspace)
        : base(core, client, label)
    {
        _window = window;
        _offset = offset;
        _size = size;
        _dataspace = dataspace;
    }

    internal static Error Create(Core core, Task client, string label, int offset, int size, out CoreSession? session)
    {
        session = null;
        IIoMemory? device = core.Board.IoMemory;
        int window = device == null ? -1 : device.Find(LastOf(label));
        if (window < 0)
        {
            return Error.NoDevice;
        }

        int available = device!.Size(window) - offset;
        size = size == 0 ? available : size;
        if (offset < 0 || size <= 0 || size > available || offset % core.Kernel.Profile.PageSize != 0)
        {
            return Error.BadArgument;
        }

        if (IsTaken(core, window, offset, core.Kernel.Memory.RoundUp(size)))
        {
            return Error.Exists;
        }

        int dataspace = core.Kernel.Memory.CreateDevice(core.Task, window, offset, size);
        session = dataspace == 0 ? null : new IoMemSessionServer(core, client, label, window, offset, size, dataspace);
        return dataspace == 0 ? Error.TableFull : Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        if (message.Opcode != IoMemOperation.Dataspace)
        {
            return Error.UnknownOpcode;
        }

        message.Add(_size).AddCapability(_dataspace);
        return Error.None;
    }

    internal override void Close() => Core.Kernel.Lifecycle.Destroy(_dataspace);

    private static bool IsTaken(Core core, int window, int offset, int size)
    {
        for (int i = 0; i < core.Kernel.Profile.MaxSessions; i++)
        {
            var other = core.SessionAt(i) as IoMemSessionServer;
            if (other != null && other._window == window && offset < other._offset + other._size && other._offset < offset + size)
            {
                return true;
            }
        }

        return false;
    }
}
