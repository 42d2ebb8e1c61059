// fpga_drv: the driver of the co-processor on the SPI bus. Serves "Copy_engine" sessions: memory beside the co-processor, and jobs there.
// This file only hands events on; what they mean is told in the rooms beside it (Link, Jobs, Sessions, Paging).
using Tern.Kernel;

namespace Tern.Os;

/// <summary>The program <c>fpga_drv</c>.</summary>
public sealed class FpgaDriver : PinnedProgram
{
    private const int InterruptLabel = 1;
    private const int TimerLabel = 2;
    private const int Rows = (CopyEngineServer.MaxSessions * (JobDesk.MostJobs + 1)) + Introduction.MostJobs;

    // A step with data takes a millisecond and more. Nobody waits for what a signal has the driver do; a client does for its answer, and whoever
    // has touched a page stands still.
    private const int Many = 8;
    private const int One = 1;
    private const int None = 0;

    private int _interrupt;
    private bool _hasFired;
    private CopyEngine? _engine;
    private CopyEngineServer? _server;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        env.Log("--- FPGA driver started ---");
        XmlNode root = ConfigReader.Open(env, out ConfigReader reader);
        var config = new FpgaDriverConfig(reader);
        config.Read(root);
        int spi = SpiSession.Open(env, config.Spi);
        if (!Check(env, env.LastError, "SPI device " + config.Spi))
        {
            env.Exit(1);
            return;
        }

        int crypto = env.Connect("Crypto");
        Check(env, env.LastError, "Crypto");
        int timer = env.Connect("Timer");
        Check(env, new TimerSession(env, timer).Sigh(env.Signal(TimerLabel)), "Timer");
        OpenInterrupt(env, config.Interrupt);
        var frames = new FrameBuffer(env, spi, crypto);
        if (!Check(env, frames.Open(), "memory for frames"))
        {
            env.Exit(1);
            return;
        }

        var jobs = new JobTable(Rows);
        _engine = new CopyEngine(env, config, frames, jobs, new Presence(env, timer, _interrupt != Selectors.Invalid));
        _server = new CopyEngineServer(env, config, _engine, new JobDesk(env, jobs, _engine));
        _engine.OnTimer();
        _engine.Settle(Many);
        Check(env, env.Announce(CopyEngineSession.Service, EngineSession.RecordSize), "announcement");
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        if (label == TimerLabel)
        {
            _engine!.OnTimer();
            _engine.Settle(Many);
        }
        else
        {
            _hasFired = true;
            _engine!.OnInterrupt();
            _engine.Settle(Many);
        }

        Acknowledge(env);
    }

    /// <inheritdoc/>
    public override Error OnOpen(Env env, int session, Message request)
    {
        Error error = _server!.Open(session, request);
        _engine!.Settle(One);
        return error;
    }

    /// <inheritdoc/>
    public override void OnClose(Env env, int session)
    {
        _server!.Close(session);
        _engine!.Settle(One);
    }

    /// <inheritdoc/>
    public override Error OnRequest(Env env, int label, Message request)
    {
        bool isFault = label < CopyEngine.FirstGate + Banks.MaxBanks;
        Error error = isFault ? _engine!.Pager.OnFault(label, request) : _server!.Request(label, request);
        _engine!.Settle(isFault ? None : One);
        return error;
    }

    /// <summary>The line may fire again once all that it told of was taken: what comes meanwhile waits at the line. That of a co-processor that is lost may
    /// stay high, and would fire for ever.</summary>
    private void Acknowledge(Env env)
    {
        if (_hasFired && _engine!.IsPresent)
        {
            _hasFired = false;
            new IrqSession(env, _interrupt).Acknowledge();
        }
    }

    private void OpenInterrupt(Env env, string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        int session = IrqSession.Open(env, name);
        if (Check(env, env.LastError, "interrupt " + name))
        {
            var interrupt = new IrqSession(env, session);
            Check(env, interrupt.Sigh(env.Signal(InterruptLabel)), "interrupt " + name);
            _interrupt = session;
        }
    }

    private static bool Check(Env env, Error error, string what)
    {
        if (error != Error.None)
        {
            env.Log("Error: " + what + ": " + Errors.Name(error));
        }

        return error == Error.None;
    }
}
