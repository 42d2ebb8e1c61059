// How often a child is started again: a child that faults at once must not keep the board busy.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Counts restarts of each child in a window of time.</summary>
internal sealed class RestartLimit
{
    /// <summary>Most restarts of one child in <see cref="WindowSeconds"/>.</summary>
    internal const int Most = 5;

    /// <summary>The window's length.</summary>
    internal const int WindowSeconds = 60;

    private const long Window = WindowSeconds * 1000000000L;

    private readonly Env _env;
    private readonly int[] _count = new int[InitConfig.MaxStarts];
    private readonly long[] _begin = new long[InitConfig.MaxStarts];
    private int _timer;

    internal RestartLimit(Env env)
    {
        _env = env;
    }

    /// <summary>Whether a child may be started once more now; if so, counts it.</summary>
    internal bool Allows(int child)
    {
        long now = Now();
        if (_count[child] == 0 || now - _begin[child] >= Window)
        {
            _count[child] = 0;
            _begin[child] = now;
        }

        if (_count[child] == Most)
        {
            return false;
        }

        _count[child]++;
        return true;
    }

    /// <summary>The time; 0 where there is no timer, so that the window never ends.</summary>
    private long Now()
    {
        if (_timer == Selectors.Invalid)
        {
            _timer = _env.Connect("Timer");
        }

        Message message = _env.Compose(TimerOperation.Elapsed);
        return _timer != Selectors.Invalid && _env.Call(_timer, message) == Error.None ? message.Word64(0) : 0;
    }
}
