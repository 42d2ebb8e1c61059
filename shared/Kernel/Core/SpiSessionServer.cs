// Core's SPI service: one device of the board's SPI bus, from and to a dataspace, a selection at a time.
// Invariants: no device belongs to two sessions; the bus gets ranges of memory that the client may read and write, each in one piece,
// the same or apart also where they lie in memory: a managed dataspace may show the same bytes twice.
namespace Tern.Kernel;

/// <summary>Core's side of an SPI session.</summary>
internal sealed class SpiSessionServer : CoreSession
{
    private readonly ISpiBus _bus;
    private readonly int _device;
    private readonly DataspaceSpan _output;
    private readonly DataspaceSpan _input;

    private SpiSessionServer(Core core, Task client, string label, ISpiBus bus, int device)
        : base(core, client, label)
    {
        _bus = bus;
        _device = device;
        _output = new DataspaceSpan(core.Kernel.Memory);
        _input = new DataspaceSpan(core.Kernel.Memory);
    }

    internal static Error Create(Core core, Task client, string label, out CoreSession? session)
    {
        session = null;
        ISpiBus? bus = core.Board.Spi;
        int device = bus == null ? -1 : bus.Find(LastOf(label));
        if (device < 0)
        {
            return Error.NoDevice;
        }

        if (IsTaken(core, device))
        {
            return Error.Exists;
        }

        session = new SpiSessionServer(core, client, label, bus!, device);
        return Error.None;
    }

    internal override Error Request(Task caller, Message message)
    {
        switch (message.Opcode)
        {
            case SpiOperation.Info:
                message.Add(_bus.ClockHz(_device)).Add(_bus.LongestTransfer(_device));
                return Error.None;
            case SpiOperation.Transfer:
                return Transfer(message.Capability(0), message.Word(0), message.Word(1), message.Word(2));
            default:
                return Error.UnknownOpcode;
        }
    }

    private Error Transfer(int dataspace, int outAt, int inAt, int length)
    {
        if (length <= 0 || length > _bus.LongestTransfer(_device))
        {
            return Error.BadArgument;
        }

        Error error = Find(_output, dataspace, outAt, length, Rights.Read);
        error = error != Error.None ? error : Find(_input, dataspace, inAt, length, Rights.Write);
        if (error != Error.None)
        {
            return error;
        }

        int apart = _output.Offset - _input.Offset;
        if (_output.Memory == _input.Memory && apart != 0 && apart < length && -apart < length)
        {
            return Error.BadArgument;
        }

        bool done = _bus.Transfer(_device, _output.Memory, _output.Offset, _input.Memory, _input.Offset, length);
        return done ? Error.None : Error.DeviceFailed;
    }

    private Error Find(DataspaceSpan span, int dataspace, int at, int length, Rights access)
    {
        if (!span.Begin(Core.Kernel.Objects, dataspace, at, length, access))
        {
            return Error.BadArgument;
        }

        return !span.Next(int.MaxValue) ? span.Error : span.IsDone ? Error.None : Error.BadRegion;
    }

    private static bool IsTaken(Core core, int device)
    {
        for (int i = 0; i < core.Kernel.Profile.MaxSessions; i++)
        {
            var other = core.SessionAt(i) as SpiSessionServer;
            if (other != null && other._device == device)
            {
                return true;
            }
        }

        return false;
    }
}
