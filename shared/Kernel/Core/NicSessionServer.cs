// Core's Nic service: one client's flows on the board's sockets. This file: the session; beside it: its flows.
// Invariants: the client pays for the session's memory, but only core can free it, so core never touches memory that is
// gone; which socket a flow has is known from core's own table, not from the shared memory.
namespace Tern.Kernel;

/// <summary>Core's side of a Nic session.</summary>
internal sealed partial class NicSessionServer : CoreSession
{
    private readonly NicDevice _device;
    private SignalTarget _client;
    private FlowTable _table;
    private int[] _row = NoRows;
    private int _dataspace;
    private int _signal;
    private int _size;
    private int _wantedAddress;
    private bool _isOver;

    private static readonly int[] NoRows = [];

    private NicSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
        _device = core.Nic;
        _device.Join(this);
    }

    /// <summary>The device's list of sessions.</summary>
    internal NicSessionServer? NextOnDevice;

    private ISockets Sockets => _device.Sockets!;

    private FlowProvider Flows => new FlowProvider(_table);

    private bool IsSetUp => _dataspace != 0;

    internal static Error Create(Core core, Task client, string label, out CoreSession? session)
    {
        session = core.Nic.Sockets == null ? null : new NicSessionServer(core, client, label);
        return session == null ? Error.NoDevice : Error.None;
    }

    internal override Error Request(Task caller, Message message)
        => message.Opcode == NicOperation.Setup ? SetUp(message) : Error.UnknownOpcode;

    /// <summary>The link went up or down.</summary>
    internal void OnLink()
    {
        if (IsSetUp && !_isOver)
        {
            Publish();
            _client.Trigger(this, 1);
        }
    }

    internal override void Close()
    {
        _device.Leave(this);
        CloseSockets();
        if (_signal != 0)
        {
            Core.Kernel.Lifecycle.Destroy(_signal);
        }

        if (_dataspace != 0)
        {
            Core.Kernel.Lifecycle.Destroy(_dataspace);
            Client.RamUsed -= _size;
        }
    }

    private Error SetUp(Message message)
    {
        int flows = message.Word(3) == 0 ? FlowTable.DefaultFlows : message.Word(3);
        int ringSize = message.Word(4) == 0 ? FlowTable.DefaultRingSize : message.Word(4);
        if (IsSetUp || !FlowTable.IsGeometry(flows, ringSize))
        {
            return IsSetUp ? Error.Exists : Error.BadArgument;
        }

        _wantedAddress = message.Word(0);
        if (!HasWantedAddress)
        {
            return Error.BadArgument;
        }

        Error error = _client.Set(Core, message);
        error = error == Error.None ? MakeMemory(flows, ringSize) : error;
        if (error != Error.None)
        {
            return error;
        }

        Publish();
        message.Add(flows).Add(ringSize).AddCapability(_dataspace).AddCapability(_signal);
        return Error.None;
    }

    private Error MakeMemory(int flows, int ringSize)
    {
        VirtualMemory memory = Core.Kernel.Memory;
        int size = memory.RoundUp(FlowTable.SizeOf(flows, ringSize));
        if (Client.RamQuota - Client.RamUsed < size)
        {
            return Error.OutOfRam;
        }

        int dataspace = memory.CreateDataspace(Core.Task, size, true, out Error error);
        if (error != Error.None)
        {
            return error;
        }

        error = memory.Attach(Core.Task.AddressSpaceIdentity, dataspace, 0, 0, -1, Rights.ReadWrite, out int address);
        _signal = error == Error.None ? Core.Kernel.Lifecycle.CreateIrq(Core.Task, null, Index) : 0;
        if (_signal == 0)
        {
            Core.Kernel.Lifecycle.Destroy(dataspace);
            return error == Error.None ? Error.TableFull : error;
        }

        _dataspace = dataspace;
        _size = size;
        Client.RamUsed += size;
        _row = new int[flows + 1];
        _table = new FlowTable(Core.Task.Env.Memory, address, flows, ringSize);
        return Error.None;
    }

    /// <summary>Whether the board has, as far as it has one, the address that the client was configured for.</summary>
    private bool HasWantedAddress => _wantedAddress == 0 || Sockets.Address == 0 || Sockets.Address == _wantedAddress;

    private void Publish()
    {
        if (HasWantedAddress)
        {
            Flows.PublishLink(Sockets.Address != 0, Sockets.Address, Sockets.Netmask, Sockets.Gateway, Sockets.Mac);
        }
        else
        {
            End(Error.BadArgument);
        }
    }

    private void End(Error reason)
    {
        _isOver = true;
        Core.Board.Console.WriteLine(ConsoleLine.Of(Label, "Error: Nic session ended: " + Errors.Name(reason)));
        Flows.EndSession(reason);
        CloseSockets();
        _client.Trigger(this, 1);
    }

    private void CloseSockets()
    {
        for (int flow = 1; flow < _row.Length; flow++)
        {
            CloseSocket(flow);
        }
    }

    private void CloseSocket(int flow)
    {
        if (_row[flow] != 0)
        {
            _device.Close(_row[flow]);
            _row[flow] = 0;
        }
    }
}
