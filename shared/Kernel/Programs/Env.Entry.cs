// How the kernel enters a program: the runtime's part before the program's own handler.
namespace Tern.Kernel;

public sealed partial class Env
{
    private const int InitialMapSize = 32;

    /// <summary>Joins the environment to the task's address space, which is made after it.</summary>
    internal void Attach() => Memory = new Memory(_kernel, _task);

    /// <summary>First start: lays the runtime's block out, then lets the program construct itself.</summary>
    internal void Start()
    {
        var block = new RuntimeBlock(Memory);
        block.Format();
        int row = _kernel.Memory.Map(_task.AddressSpaceIdentity).Find(RuntimeBlock.Address);
        int size = _kernel.Memory.Regions.Size[row];
        new Heap(Memory).Add(RuntimeBlock.Address + RuntimeBlock.Size, size - RuntimeBlock.Size);
        block.CapabilityMap = new Heap(Memory).Allocate(4 * InitialMapSize);
        block.CapabilityMapSize = InitialMapSize;
        for (int selector = 0; selector < _task.Capabilities.Size; selector++)
        {
            if (_task.Capabilities.Lookup(selector) != 0)
            {
                Record(selector);
            }
        }

        _task.Program!.Construct(this);
    }

    /// <summary>A request: to the root of a service, which the runtime serves, or to the program.</summary>
    internal Error Request(int label, Message message)
    {
        Error error = label >= 0
            ? _task.Program!.OnRequest(this, label, message)
            : message.Opcode switch
            {
                RootOperation.Create => CreateSession(-label, message),
                RootOperation.Close => CloseSession(message.Capability(0)),
                RootOperation.Upgrade => UpgradeSession(message),
                _ => Error.UnknownOpcode,
            };
        Answered(label, message, error);
        return error;
    }

    /// <summary>An answer to a send.</summary>
    internal void Answer(int label, Error error, Message message)
    {
        if (label == IgnoredReply)
        {
            for (int i = 0; i < message.CapabilityCount; i++)
            {
                _task.Capabilities.Remove(message.Capability(i));
            }

            return;
        }

        error = Adopt(message, error);
        Learned(label, error);
        _task.Program!.OnReply(this, label, error, message);
    }

    private Error CreateSession(int service, Message message)
    {
        var sessions = new ServedSessions(Memory);
        int block = Allocate(sessions.RecordSize(service) + ServedSessions.Header);
        if (block == 0)
        {
            return Error.OutOfRam;
        }

        int session = block + ServedSessions.Header;
        int gate = Gate(session, sessions.Entrypoint(service));
        if (gate == Selectors.Invalid)
        {
            Error reason = LastError;
            Free(block);
            return reason;
        }

        sessions.Add(session, service, gate);
        sessions.AddDonation(session, message.Word(0), message.Word(1));
        Error error = _task.Program!.OnOpen(this, session, message);
        message.Out.CapabilityCount = 0;
        error = error == Error.None && message.Out.Overflow ? Error.MessageTooLong : error;
        if (error == Error.None)
        {
            message.AddCapability(gate);
        }
        else
        {
            EndSession(session, gate);
        }

        return error;
    }

    private Error CloseSession(int capability)
    {
        int session = LabelOf(capability);
        var sessions = new ServedSessions(Memory);
        if (session <= 0 || !sessions.Contains(session))
        {
            return Error.InvalidCapability;
        }

        _task.Program!.OnClose(this, session);
        EndSession(session, sessions.Gate(session));
        return Error.None;
    }

    private Error UpgradeSession(Message message)
    {
        int session = LabelOf(message.Capability(0));
        var sessions = new ServedSessions(Memory);
        if (session <= 0 || !sessions.Contains(session))
        {
            return Error.InvalidCapability;
        }

        int ram = message.Word(0);
        int caps = message.Word(1);
        if (ram < 0 || caps < 0)
        {
            return Error.BadArgument;
        }

        sessions.AddDonation(session, ram, caps);
        _task.Program!.OnUpgrade(this, session, ram, caps);
        return Error.None;
    }

    // How a request was answered that this component got.
    partial void Answered(int label, Message message, Error error);

    // How a request was answered that this component sent.
    partial void Learned(int label, Error error);

    private void EndSession(int session, int gate)
    {
        new ServedSessions(Memory).Remove(session);
        Call(Selectors.Pd, Compose(PdOperation.FreeGate).AddCapability(gate));
        Release(gate);
        Free(session - ServedSessions.Header);
    }
}
