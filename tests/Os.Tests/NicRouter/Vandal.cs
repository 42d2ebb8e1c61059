// A client that writes what it likes into the memory of its session, and signals.
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>Sets a session up properly and then spoils it, a word at each tick of its timer.</summary>
internal sealed class Vandal : PinnedProgram
{
    private readonly string _service;
    private int _session;
    private int _signal;
    private int _memory;
    private int _random;
    private bool _settingUp;

    internal Vandal(string service, int seed)
    {
        _service = service;
        _random = seed;
    }

    /// <summary>How many sessions it has used up.</summary>
    internal int Sessions { get; private set; }

    public override void Construct(Env env)
    {
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(1));
        timer.TriggerPeriodic(1000);
        Open(env);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (!_settingUp)
        {
            _session = answer.Capability(0);
            _settingUp = true;
            env.Send(_session, Setup(env), 1);
        }
        else
        {
            Begin(env, answer);
        }
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (label != 1 || _memory == 0)
        {
            return;
        }

        // The part before the rings is where the words are that matter.
        int words = 16 + (17 * 4);
        for (int i = 0; i < 3; i++)
        {
            int value = Next() % 4 == 0 ? Next() : Next() % 6;
            env.Memory.WriteInt32(_memory + (4 * (int)((uint)Next() % words)), value);
        }

        env.Submit(_signal);
        if (env.Memory.ReadInt32(_memory + 48) != 0)
        {
            env.Detach(_memory);
            env.Close(_session);
            _memory = 0;
            _settingUp = false;
            Open(env);
        }
    }

    private void Open(Env env)
    {
        Sessions++;
        _session = env.Connect(_service);
        if (_session == Selectors.Invalid)
        {
            env.Open(_service, "", 1);
            return;
        }

        Message message = Setup(env);
        if (env.Call(_session, message) == Error.None)
        {
            Begin(env, message);
        }
    }

    private static Message Setup(Env env)
    {
        int signal = env.Signal(2);
        return env.Compose(NicOperation.Setup).Add(0).Add(0).Add(0).Add(4).Add(64).AddCapability(signal);
    }

    private void Begin(Env env, Message answer)
    {
        _signal = answer.Capability(1);
        _memory = env.Attach(answer.Capability(0));
    }

    private int Next()
    {
        _random = (_random * 1103515245) + 12345;
        return (_random >> 8) & 0x7fffff;
    }
}
