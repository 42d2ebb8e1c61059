// A client of the co-processor's driver that has it fill, copy and check a piece of memory, again and again.
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator.Tests;

/// <summary>
/// Reports <c>ready</c> and <c>absent</c> as the session becomes so, <c>checked round= crc=</c> when a round has gone well, and <c>failed error=</c> for the
/// first job of a round that did not.
/// </summary>
internal sealed class Copier : PinnedProgram
{
    internal const int Size = 64 * 1024;
    internal const int Half = Size / 2;

    private const int Opened = 1;
    private const int Sighed = 2;
    private const int Asked = 3;
    private const int Submitted = 4;
    private const int Collected = 5;
    private const int JobsOfARound = 3;

    private int _session;
    private int _report;
    private int _round;
    private int _left;
    private bool _isReady;
    private bool _isWell;

    public override void Construct(Env env)
    {
        _report = env.Connect("Report");
        env.OpenWith(CopyEngineSession.Service, "", 0, 0, Size, Opened);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        env.Send(_session, Session(env).Collect(), Collected);
        env.Send(_session, Session(env).Info(), Asked);
    }

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        switch (label)
        {
            case Opened:
                _session = answer.Capability(0);
                env.Send(_session, Session(env).Sigh(env.Signal(1)), Sighed);
                break;
            case Sighed:
                env.Send(_session, Session(env).Info(), Asked);
                break;
            case Asked:
                Change(env, CopyEngineSession.IsReady(answer));
                break;
            case Submitted when error != Error.None:
                End(env, error);
                break;
            case Collected when CopyEngineSession.Job(answer) != 0:
                env.Send(_session, Session(env).Collect(), Collected);
                End(env, CopyEngineSession.JobError(answer), CopyEngineSession.JobValue(answer));
                break;
        }
    }

    private CopyEngineSession Session(Env env) => new(env, _session);

    private void Change(Env env, bool isReady)
    {
        if (isReady != _isReady)
        {
            _isReady = isReady;
            Say(env, isReady ? "ready" : "absent");
        }

        if (_isReady && _left == 0)
        {
            _round++;
            _left = JobsOfARound;
            _isWell = true;
            env.Send(_session, Session(env).Fill(_round, 0, Half), Submitted);
            env.Send(_session, Session(env).Copy(0, Half, Half), Submitted);
            env.Send(_session, Session(env).Crc(Half, Half), Submitted);
        }
    }

    private void End(Env env, Error error, int value = 0)
    {
        _left--;
        if (error != Error.None && _isWell)
        {
            Say(env, "failed error=" + (int)error);
        }

        _isWell &= error == Error.None;
        if (_left == 0)
        {
            if (_isWell)
            {
                Say(env, $"checked round={_round} crc={value}");
            }

            env.Send(_session, Session(env).Info(), Asked);
        }
    }

    private void Say(Env env, string text) => new ReportSession(env, _report).Submit(text);
}
