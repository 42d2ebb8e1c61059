// The outermost init, watched: what it has of its budgets after each of its handlers.
using Tern.Kernel;

namespace Tern.Os.Tests;

internal sealed class InitProbe : PinnedProgram
{
    private readonly Init _init = new Init();
    private Quota _quota;

    internal Quota Quota => _quota;

    public override void Construct(Env env)
    {
        _init.Construct(env);
        Measure(env);
    }

    public override Error OnRequest(Env env, int label, Message request)
    {
        Error error = _init.OnRequest(env, label, request);
        Measure(env);
        return error;
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        _init.OnReply(env, label, error, answer);
        Measure(env);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        _init.OnSignal(env, label, count);
        Measure(env);
    }

    private void Measure(Env env) => new PdSession(env, Selectors.Pd).ReadQuota(ref _quota);
}
