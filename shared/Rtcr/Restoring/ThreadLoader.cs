// The section of threads, the last one: from here on the target may run.
// Invariants: threads are started in the order in which they would have been dispatched; none gets above the ceiling of the CPU session
// that it was made with, which an image cannot move.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Gives a target's threads the states that they had.</summary>
internal sealed class ThreadLoader
{
    private readonly Env _env;
    private readonly ImageReader _image;

    internal ThreadLoader(Env env, ImageReader image)
    {
        _env = env;
        _image = image;
    }

    /// <summary>Loads the section.</summary>
    internal Error Load(Target target)
    {
        _image.BeginSection(Section.Threads, ImageFormat.MaxThreads);
        int count = _image.Count;
        for (int i = 0; i < count; i++)
        {
            int entry = _image.Entry();
            int flags = _image.Byte();
            int pauses = _image.Byte();
            int priority = _image.Byte();
            int space = _image.Int32();
            int location = _image.Int32();
            _image.Check(target.Storage.Has(entry) && TargetThreads.IsThread(_env, target, entry));
            _image.Check(flags <= ImageFormat.ThreadFlags && priority < Priorities.Count);
            if (_image.IsBad)
            {
                break;
            }

            var cpu = new CpuSession(_env, target.Child!.Cpu);
            int thread = target.Storage.Selector(entry);
            Error error = space == 0 && location == 0 ? Error.None : cpu.SetAffinity(thread, space, location);
            error = error == Error.None ? Write(cpu, thread, flags, pauses, priority) : error;
            if (error == Error.NotPermitted)
            {
                _env.Log("Error: target \"" + target.Name + "\": thread \"" + cpu.NameOf(thread) + "\" with priority " + priority
                    + " is above what its CPU session allows");
            }

            if (error != Error.None)
            {
                return error;
            }
        }

        // A target may have ended its initial thread; its child was made with one.
        bool hasInitial = target.Storage.Find(ObjectKind.Thread) >= 0;
        return _image.IsBad || hasInitial ? _image.Verdict : new CpuSession(_env, target.Child!.Cpu).Kill(target.Child.Thread);
    }

    /// <summary>A thread that has its turn is started before it is paused: so it waits in its place, where it is passed over.</summary>
    private static Error Write(CpuSession cpu, int thread, int flags, int pauses, int priority)
    {
        bool hasTurn = (flags & ImageFormat.ThreadHasTurn) != 0;
        Error error = cpu.SetPriority(thread, priority);
        error = error == Error.None && hasTurn ? Start(cpu, thread, flags) : error;
        for (int i = pauses; i > 0 && error == Error.None; i--)
        {
            error = cpu.Pause(thread);
        }

        return error == Error.None && !hasTurn ? Start(cpu, thread, flags) : error;
    }

    private static Error Start(CpuSession cpu, int thread, int flags)
        => (flags & ImageFormat.ThreadRuns) != 0 ? cpu.Start(thread, (flags & ImageFormat.ThreadIsFresh) != 0) : Error.None;
}
