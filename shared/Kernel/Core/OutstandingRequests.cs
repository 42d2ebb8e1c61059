// Reading and posting the requests that a protection domain has outstanding: what "in the middle of an RPC" means for a
// checkpoint and its restore.
namespace Tern.Kernel;

/// <summary>The part of a domain's native interface that is about its outstanding requests.</summary>
internal sealed class OutstandingRequests
{
    private readonly Microkernel _kernel;
    private readonly Task _task;

    // What the next posted message contains; made on first use, since most domains are never restored.
    private MessageBuffer? _content;
    private int[] _badges = NoBadges;

    private static readonly int[] NoBadges = [];

    internal OutstandingRequests(Microkernel kernel, Task task)
    {
        _kernel = kernel;
        _task = task;
    }

    internal Error Handle(Message message) => message.Opcode switch
    {
        NativePdOperation.ReadRequest => Read(message),
        NativePdOperation.ReadContent => ReadContent(message),
        NativePdOperation.SetContent => SetContent(message),
        NativePdOperation.PostRequest => Post(message),
        NativePdOperation.PostAnswer => PostAnswer(message),
        _ => Error.UnknownOpcode,
    };

    private Error Read(Message message)
    {
        RequestTable requests = _kernel.Requests;
        int row = requests.FindNext(_task, message.Word(0));
        if (row == 0)
        {
            message.Add(0);
            return Error.None;
        }

        bool gateIsLive = _kernel.Objects.IsLive(requests.Gate[row], requests.GateBadge[row]);
        message.Add(requests.Sequence[row])
            .Add(requests.State(row) == RequestState.Answered ? 1 : 0)
            .Add(requests.ReplyLabel[row])
            .Add((int)requests.Outcome[row])
            .Add(gateIsLive ? requests.GateBadge[row] : 0)
            .Add(requests.Content(row).Opcode);
        return Error.None;
    }

    private Error ReadContent(Message message)
    {
        int row = _kernel.Requests.FindNext(_task, message.Word(0) - 1);
        if (row == 0 || _kernel.Requests.Sequence[row] != message.Word(0))
        {
            return Error.NotFound;
        }

        _kernel.Requests.Content(row).CopyTo(message.Out);
        for (int i = 0; i < message.Out.CapabilityCount; i++)
        {
            int badge = _kernel.Requests.CapabilityBadges[(row * Message.MaxCapabilities) + i];
            if (!_kernel.Objects.IsLive(message.Out.Capabilities[i], badge))
            {
                message.Out.Capabilities[i] = 0;
            }
        }

        return Error.None;
    }

    private Error SetContent(Message message)
    {
        if (_content == null)
        {
            _content = new MessageBuffer();
            _badges = new int[Message.MaxCapabilities];
        }

        message.In.CopyTo(_content);
        for (int i = 0; i < _content.CapabilityCount; i++)
        {
            _badges[i] = _kernel.Objects.Badge(_content.Capabilities[i]);
        }

        return Error.None;
    }

    /// <summary>Drops what has ended since the content was set: its identity may be another object's by now.</summary>
    private MessageBuffer LiveContent()
    {
        for (int i = 0; i < _content!.CapabilityCount; i++)
        {
            if (!_kernel.Objects.IsLive(_content.Capabilities[i], _badges[i]))
            {
                _content.Capabilities[i] = 0;
            }
        }

        return _content;
    }

    private Error Post(Message message)
    {
        int gate = message.Capability(0);
        if (_content == null || _kernel.Objects.Type(gate) != ObjectType.Gate)
        {
            return _content == null ? Error.BadArgument : Error.InvalidCapability;
        }

        _content.Opcode = message.Word(1);
        return _kernel.Ipc.Post(_task, gate, message.Word(0), LiveContent());
    }

    private Error PostAnswer(Message message)
        => _content == null
            ? Error.BadArgument
            : _kernel.Ipc.PostAnswer(_task, message.Word(0), (Error)message.Word(1), LiveContent());
}
