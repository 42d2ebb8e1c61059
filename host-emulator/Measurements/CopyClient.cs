// A client of the co-processor's driver that wants nothing but copies: so many given at once, and the next when all of them were collected.
// It stops at the first that fails; whoever counts its requests notices.
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator;

/// <summary>The program <c>copy_client</c> of a measurement.</summary>
/// <param name="atOnce">How many copies it gives at once, up to what the driver takes of one client.</param>
internal sealed class CopyClient(int atOnce) : PinnedProgram
{
    /// <summary>Bytes of memory beside the co-processor.</summary>
    internal const int Memory = 2 * Length;

    /// <summary>Bytes of a copy: the smallest that is measured, so that nobody ever waits for its end.</summary>
    private const int Length = 64;

    private const int Ended = 1;

    private const int Opened = 1;
    private const int Told = 2;
    private const int Asked = 3;
    private const int Given = 4;
    private const int Collected = 5;

    private int _session;
    private int _left;
    private bool _isCollecting;
    private bool _hasNews;

    /// <inheritdoc/>
    public override void Construct(Env env) => env.OpenWith(CopyEngineSession.Service, "", 0, 0, Memory, Opened);

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        if (_left == 0)
        {
            env.Send(_session, Session(env).Info(), Asked);
        }
        else if (_isCollecting)
        {
            _hasNews = true;
        }
        else
        {
            Collect(env);
        }
    }

    /// <inheritdoc/>
    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        switch (label)
        {
            case Opened when error == Error.None:
                _session = answer.Capability(0);
                env.Send(_session, Session(env).Sigh(env.Signal(Ended)), Told);
                break;
            case Told:
                env.Send(_session, Session(env).Info(), Asked);
                break;
            case Asked when _left == 0 && CopyEngineSession.IsReady(answer):
                Give(env);
                break;
            case Collected:
                OnCollected(env, answer);
                break;
        }
    }

    private CopyEngineSession Session(Env env) => new(env, _session);

    private void OnCollected(Env env, Message answer)
    {
        if (CopyEngineSession.Job(answer) == 0)
        {
            _isCollecting = false;
            if (_hasNews)
            {
                Collect(env);
            }
        }
        else if (CopyEngineSession.JobError(answer) == Error.None && --_left > 0)
        {
            Collect(env);
        }
        else if (_left == 0)
        {
            _isCollecting = false;
            Give(env);
        }
    }

    private void Collect(Env env)
    {
        _isCollecting = true;
        _hasNews = false;
        env.Send(_session, Session(env).Collect(), Collected);
    }

    private void Give(Env env)
    {
        _left = atOnce;
        for (int i = 0; i < atOnce; i++)
        {
            env.Send(_session, Session(env).Copy(0, Length, Length), Given);
        }
    }
}
