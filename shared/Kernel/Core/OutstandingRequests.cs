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

    internal Error Handle(Task caller, Message message) => message.Opcode switch
    {
        NativePdOperation.ReadRequest => Read(caller, message),
        NativePdOperation.ReadContent => ReadContent(message),
        NativePdOperation.SetContent => SetContent(message),
        NativePdOperation.PostRequest => Post(caller, message),
        NativePdOperation.PostAnswer => PostAnswer(message),
        NativePdOperation.ReadEvent => ReadEvent(caller, message),
        NativePdOperation.ReadKept => ReadKept(caller, message),
        NativePdOperation.Holders => Holders(caller, message),
        _ => Error.UnknownOpcode,
    };

    private Error Read(Task caller, Message message)
    {
        RequestTable requests = _kernel.Requests;
        int row = requests.FindNext(_task, message.Word(0));
        if (row == 0)
        {
            message.Add(0);
            return Error.None;
        }

        bool gateIsLive = _kernel.Objects.IsLive(requests.Gate[row], requests.GateBadge[row]);
        int phase = PhaseOf(caller, row);
        message.Add(requests.Sequence[row])
            .Add(phase)
            .Add(requests.ReplyLabel[row])
            .Add(phase == RequestPhase.Answered ? (int)requests.Outcome[row] : phase == RequestPhase.Kept ? BadgeOf(requests.Server[row]) : 0)
            .Add(gateIsLive ? requests.GateBadge[row] : 0)
            .Add(requests.Content(row).Opcode)
            .Add(phase == RequestPhase.Kept ? requests.Token[row] : 0)
            .Add(BadgeOf(requests.Client[row]));
        return Error.None;
    }

    private int BadgeOf(Thread? thread) => thread == null ? 0 : _kernel.Objects.Badge(thread.Identity);

    private int PhaseOf(Task caller, int row)
    {
        RequestState state = _kernel.Requests.State(row);
        if (state == RequestState.Answered)
        {
            return RequestPhase.Answered;
        }

        bool isInside = IsInside(caller, _kernel.Requests.Server[row]);
        return !isInside ? RequestPhase.Asked : state == RequestState.Queued ? RequestPhase.Queued : RequestPhase.Kept;
    }

    private Error ReadKept(Task caller, Message message)
    {
        RequestTable requests = _kernel.Requests;
        int row = requests.FindNext(caller, message.Word(0));
        while (row != 0 && (requests.State(row) != RequestState.Taken || requests.Server[row]!.Task != _task))
        {
            row = requests.FindNext(caller, requests.Sequence[row]);
        }

        message.Add(row == 0 ? 0 : requests.Sequence[row]).Add(requests.ReplyLabel[row]).Add(requests.Token[row]);
        return Error.None;
    }

    private Error Holders(Task caller, Message message)
    {
        int id = message.Capability(0);
        if (id == 0)
        {
            return Error.InvalidCapability;
        }

        int own = _kernel.Requests.CountMentions(_task, id, _kernel.Objects.Badge(id));
        int others = 0;
        for (int link = _kernel.Objects.Holders(id); link != 0;)
        {
            CapabilitySpace space = _kernel.Tasks.SpaceOf(link);
            bool isOwn = _task.IsOrHasBelow(space.Task);
            own += isOwn ? 1 : 0;
            others += isOwn || space == caller.Capabilities ? 0 : 1;
            link = space.NextHolder(link & 0xffff);
        }

        message.Add(own).Add(others);
        return Error.None;
    }
    /// <summary>Whether a thread is the domain's own or of another one that the caller has below itself: whoever checkpoints domains
    /// together reads both ends of what they ask each other.</summary>
    private bool IsInside(Task caller, Thread? thread)
        => thread != null && (thread.Task == _task || caller.IsAncestorOf(thread.Task));

    private Error ReadEvent(Task caller, Message message)
    {
        int rest = message.Word(0);
        for (Thread? thread = _task.Threads; thread != null; thread = thread.NextOfTask)
        {
            for (int what = thread.FirstEvent; what != 0; what = _kernel.Events.Next(what))
            {
                if (rest-- == 0)
                {
                    Describe(caller, message, what);
                    message.Add(_kernel.Objects.Badge(thread.Identity)).Add(ReplyLabelOf(caller, what));
                    return Error.None;
                }
            }
        }

        message.Add(0).Add(0);
        return Error.None;
    }

    private void Describe(Task caller, Message message, int what)
    {
        if (what < 0)
        {
            message.Add(_kernel.Objects.Badge(_kernel.Irqs.Identity(-what))).Add(_kernel.Irqs.Pending(-what));
            return;
        }

        Thread? client = _kernel.Requests.Client[what];
        message.Add(0).Add(IsInside(caller, client) ? _kernel.Requests.Sequence[what] : client?.Task == caller ? -2 : -1);
    }

    private int ReplyLabelOf(Task caller, int what)
        => what > 0 && _kernel.Requests.Client[what]?.Task == caller ? _kernel.Requests.ReplyLabel[what] : 0;

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

    private Error Post(Task caller, Message message)
    {
        int gate = message.Capability(0);
        int token = message.Word(2);
        bool isGate = _kernel.Objects.Type(gate) == ObjectType.Gate;
        if (_content == null || (!isGate && (token == 0 || gate != 0)))
        {
            return _content == null ? Error.BadArgument : Error.InvalidCapability;
        }

        Thread? server = message.Capability(2) != 0
            ? ThreadOf(message.Capability(2))
            : isGate ? _kernel.Gates.Thread(_kernel.Objects.Index(gate)) : null;
        if (token < 0 || (token > 0 && !IsInside(caller, server)))
        {
            return token < 0 ? Error.BadArgument : Error.NotPermitted;
        }

        _content.Opcode = message.Word(1);
        Thread? client = message.Word(3) == 0 ? ClientOf(message, 1) : _kernel.Ipc.Current.Thread;
        return _kernel.Ipc.Post(client, _task, gate, message.Word(0), LiveContent(), server, token);
    }

    private Error PostAnswer(Message message)
        => _content == null
            ? Error.BadArgument
            : _kernel.Ipc.PostAnswer(ClientOf(message, 0), message.Word(0), (Error)message.Word(1), LiveContent());

    /// <summary>The thread of the domain that gets an answer: the one that a message names, or the first; <c>null</c> when it is none of the domain's.</summary>
    private Thread? ClientOf(Message message, int index)
    {
        int id = message.Capability(index);
        if (id == 0)
        {
            return message.CapabilityCount > index ? null : _task.FirstThread;
        }

        Thread? thread = ThreadOf(id);
        return thread?.Task == _task ? thread : null;
    }

    private Thread? ThreadOf(int id)
        => _kernel.Objects.Type(id) == ObjectType.Thread ? _kernel.Threads[_kernel.Objects.Index(id)] : null;
}
