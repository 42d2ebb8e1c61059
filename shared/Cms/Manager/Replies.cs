// Where an answer goes: to a flow, if it is still the same one, or to a deferred request of the local facade.
using Tern.Kernel;

namespace Tern.Cms;

/// <summary>Who waits for an answer of the manager.</summary>
internal struct ReplyTo
{
    internal Channel? Channel;
    internal int Serial;
    internal int Sequence;
    internal int Opcode;

    /// <summary>The token of a deferred request; 0 for a flow.</summary>
    internal int Token;
}

/// <summary>Sends the manager's answers.</summary>
internal sealed class Replies
{
    private readonly Env _env;
    private readonly Frame _frame = new Frame();

    internal Replies(Env env)
    {
        _env = env;
    }

    /// <summary>Answers; nobody is answered twice.</summary>
    internal void Send(ref ReplyTo to, Error status, in Checkpoint checkpoint, int extra)
    {
        checkpoint.Write(_frame.Answer(ServiceId.Manager, to.Opcode, to.Sequence, status)).Put(extra);
        if (to.Token != 0)
        {
            _env.Reply(to.Token, status, _env.Compose(0).AddBytes(_frame.Bytes, Frame.HeaderSize, _frame.Length));
        }
        else if (to.Channel != null && to.Channel.Serial == to.Serial)
        {
            to.Channel.Send(_frame);
        }

        to = default;
    }
}
