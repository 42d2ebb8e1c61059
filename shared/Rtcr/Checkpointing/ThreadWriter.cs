// The section of threads: what each is between two of its handlers. Its events are the section of requests.
// Invariant: threads stand in the order in which they would be dispatched, so that starting them in this order brings
// their turns back; those that are not ready follow in the order of their entries.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes the threads of all domains of a target.</summary>
internal sealed class ThreadWriter
{
    private const int NotReady = 1 << 20;
    private const int MostTurns = 1 << 12;

    private readonly Env _env;
    private readonly ImageWriter _image;
    private readonly int[] _entry;
    private readonly int[] _turn;
    private ThreadState _state;

    internal ThreadWriter(Env env, ImageWriter image, int threads)
    {
        _entry = new int[threads];
        _turn = new int[threads];
        _env = env;
        _image = image;
    }

    /// <summary>Writes the section.</summary>
    /// <returns>TableFull when there are more threads than RTCR's limits say; BadData when one has more pauses than an image holds.</returns>
    internal Error Write(Target target)
    {
        int count = 0;
        for (int entry = 0; entry < target.Storage.Count; entry++)
        {
            if (TargetThreads.IsThread(_env, target, entry))
            {
                if (count == _entry.Length)
                {
                    return Error.TableFull;
                }

                Insert(entry, TurnOf(target, entry), count++);
            }
        }

        _image.BeginSection(Section.Threads, count);
        Error error = Error.None;
        for (int i = 0; i < count && error == Error.None; i++)
        {
            error = WriteThread(target, _entry[i]);
        }

        return error;
    }

    private Error WriteThread(Target target, int entry)
    {
        TargetThreads.Read(_env, target, entry, ref _state);
        _image.UInt16(entry);
        _image.Byte((_state.IsRunning ? ImageFormat.ThreadRuns : 0) | (_state.IsFresh ? ImageFormat.ThreadIsFresh : 0)
            | (_state.Pauses > 0 && _state.Turn != 0 ? ImageFormat.ThreadHasTurn : 0));
        _image.Byte(_state.Pauses);
        _image.Byte(_state.Priority);
        new CpuSession(_env, target.Child!.Cpu).ReadAffinity(target.Storage.Selector(entry), out int space, out int location);
        _image.Int32(space);
        _image.Int32(location);
        return (uint)_state.Pauses > ImageFormat.MaxPauses ? Error.BadData : Error.None;
    }

    private int TurnOf(Target target, int entry)
    {
        TargetThreads.Read(_env, target, entry, ref _state);

        // The queue keeps what was ready when it came in, and finds out at its turn that it is paused or has nothing to do any more.
        bool isReady = _state.Turn > 0 && _state.IsRunning && _state.Pauses == 0 && (_state.IsFresh || _state.Events > 0);
        return !isReady ? NotReady : ((Priorities.Count - _state.Priority) * MostTurns) + _state.Turn;
    }

    private void Insert(int entry, int turn, int count)
    {
        int at = count;
        for (; at > 0 && _turn[at - 1] > turn; at--)
        {
            _entry[at] = _entry[at - 1];
            _turn[at] = _turn[at - 1];
        }

        _entry[at] = entry;
        _turn[at] = turn;
    }
}
