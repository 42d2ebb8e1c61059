// Ends a run one of whose events does not end: a handler with an endless loop would keep the emulator for ever. The run is over
// then: to go on after an end that a clock of this machine decided would end determinism.
// Invariants: what is counted are checks, not a clock's difference, so a machine that was suspended counts nothing; between
// events nothing is counted, so waiting for real time is no work; with the watchdog or without, a run that ends by itself is the same.
using System.Diagnostics;
using System.Runtime;

namespace Tern.HostEmulator;

internal sealed class Watchdog(World world, TimeSpan limit, bool interrupts, TimeProvider time, Func<string> whereAbouts) : IDisposable
{
    private const int Checks = 10;
    private const int StackBytes = 16 * 1024 * 1024;

    private readonly CancellationTokenSource _abort = new();
    private readonly ManualResetEventSlim _over = new();
    private long _event;
    private int _unchanged;
    private int _thread;
    private StackTrace? _stack;
    private Exception? _failure;
    private string _place = "";
    private volatile bool _isOverdue;

    /// <summary>Does the work of a run.</summary>
    /// <exception cref="WatchdogException">One event took longer than the limit.</exception>
    internal void Run(Action work)
    {
        if (limit <= TimeSpan.Zero)
        {
            work();
            return;
        }

        var runner = new Thread(() => RunGuarded(work), StackBytes) { IsBackground = true, Name = "world" };
        if (interrupts)
        {
            AppDomain.CurrentDomain.FirstChanceException += OnException;
        }

        try
        {
            using ITimer timer = time.CreateTimer(_ => Check(), null, limit / Checks, limit / Checks);
            runner.Start();
            _over.Wait();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= OnException;
        }

        if (_isOverdue)
        {
            throw new WatchdogException(Explain());
        }

        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _abort.Dispose();
        _over.Dispose();
    }

    private void RunGuarded(Action work)
    {
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            if (!interrupts)
            {
                work();
                return;
            }

#pragma warning disable SYSLIB0046 // The world is not used again after an abort.
            ControlledExecution.Run(work, _abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception e)
        {
            _failure = e;
        }
        finally
        {
            // Behind all that the waiting thread reads: it goes on now.
            _over.Set();
        }
    }

    private void Check()
    {
        long now = world.Busy;
        if (now == 0 || now != _event)
        {
            _event = now;
            _unchanged = 0;
        }
        else if (++_unchanged == Checks)
        {
            _isOverdue = true;
            _place = whereAbouts();
            world.Stop();
            if (!interrupts)
            {
                _over.Set();
                return;
            }

            // From another thread: cancelling waits for the abort, which native code or a finally block may put off.
            ThreadPool.QueueUserWorkItem(_ => _abort.Cancel());
        }
        else if (_unchanged == 2 * Checks)
        {
            _over.Set();        // it cannot be ended: the thread is left behind, and ends with the process
        }
    }

    // The only place that sees the stack as it was when the abort came.
    private void OnException(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e)
    {
        if (_stack is null && e.Exception is ThreadAbortException && Environment.CurrentManagedThreadId == _thread)
        {
            _stack = new StackTrace(1, fNeedFileInfo: true);
        }
    }

    private string Explain()
    {
        string place = _place.Length > 0 ? _place : "a board";
        string stack = !interrupts ? "" : _stack is null ? "; it could not be interrupted" : "; at " + CompactStack.Of(_stack);
        return $"{place} has not come back for {Quantity.Time((long)limit.TotalNanoseconds)} of real time, "
            + $"at {Quantity.Time(world.Now)} of the run, which ends here{stack}. "
            + "An endless loop? --watchdog-seconds gives handlers longer; 0 waits for ever.";
    }
}
