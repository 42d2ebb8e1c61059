// A server that answers at once or later, as it is asked, and serves a second service only when a test lets it.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Serves <c>Slow</c>, and <c>Late</c> once its interrupt line was raised; each time, it answers what waits.</summary>
public sealed class SlowServer : PinnedProgram
{
    public const int Line = 6;

    /// <summary>Answers at once. Word 0: a number; answer: one more.</summary>
    public const int Echo = 1;

    /// <summary>Answers when the line is raised, like <see cref="Echo"/>.</summary>
    public const int Later = 2;

    /// <summary>Answers an RPC object, which echoes too.</summary>
    public const int Make = 3;

    /// <summary>Triggers capability 0, and answers at once.</summary>
    public const int Signal = 4;

    /// <summary>Sends a capability of its own to capability 0.</summary>
    public const int Visit = 5;

    private const int Object = 77;

    private readonly int[] _token = new int[16];
    private readonly int[] _number = new int[16];
    private int _count;
    private IrqSession _irq;
    private bool _announced;

    public override void Construct(Env env)
    {
        _irq = new IrqSession(env, env.Connect("IRQ", "", 0, 0, Line));
        _irq.Sigh(env.Signal(1));
        env.Announce("Slow", 8);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        _irq.Acknowledge();
        if (!_announced)
        {
            _announced = true;
            env.Announce("Late", 8);
        }

        for (int i = 0; i < _count; i++)
        {
            env.Reply(_token[i], Error.None, env.Compose(0).Add(_number[i] + 1));
        }

        _count = 0;
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        switch (request.Opcode)
        {
            case Echo:
                request.Add(request.Word(0) + (label == Object ? 1000 : 1)).AddText(request.Text);
                return Error.None;
            case Later:
                _number[_count] = request.Word(0);
                _token[_count++] = env.Defer();
                return Error.Deferred;
            case Make:
                request.AddCapability(env.Gate(Object));
                return Error.None;
            case Signal:
                return env.Submit(request.Capability(0));
            case Visit:
                return env.Send(request.Capability(0), env.Compose(9).AddCapability(env.Gate(Object)), 1);
            default:
                return Error.UnknownOpcode;
        }
    }
}
