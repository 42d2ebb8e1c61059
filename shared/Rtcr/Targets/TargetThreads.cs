// A target's threads together: the initial one, and those that it made itself.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Pauses, resumes and describes all threads of a target.</summary>
internal static class TargetThreads
{
    /// <summary>More pauses than these nobody can restore.</summary>
    internal const int MostPauses = 255;

    private const int Running = 1;
    private const int Fresh = 2;
    private const int PauseShift = 2;

    /// <summary>Pauses every thread once more.</summary>
    internal static void Pause(Env env, Target target)
    {
        for (int entry = 0; entry < target.Storage.Count; entry++)
        {
            if (IsThread(env, target, entry))
            {
                new CpuSession(env, target.Child!.Cpu).Pause(target.Storage.Selector(entry));
            }
        }
    }

    /// <summary>Takes one pause of every thread back.</summary>
    internal static void Resume(Env env, Target target)
    {
        for (int entry = 0; entry < target.Storage.Count; entry++)
        {
            if (IsThread(env, target, entry))
            {
                new CpuSession(env, target.Child!.Cpu).Resume(target.Storage.Selector(entry));
            }
        }
    }

    /// <summary>A thread's state as one number: whether it was started, whether it has not constructed the component yet,
    /// and its pauses.</summary>
    /// <param name="env">RTCR's environment.</param>
    /// <param name="target">The target.</param>
    /// <param name="entry">The thread's entry.</param>
    /// <param name="ownPauses">How many of its pauses are RTCR's.</param>
    /// <returns>−1 when it has more pauses than an image holds.</returns>
    internal static int Read(Env env, Target target, int entry, int ownPauses)
    {
        Message message = env.Compose(CpuOperation.State).AddCapability(target.Storage.Selector(entry));
        env.Call(target.Child!.Cpu, message);
        int pauses = message.Word(1) - ownPauses;
        return (uint)pauses > MostPauses
            ? -1
            : (message.Word(0) != 0 ? Running : 0) | (message.Word(3) != 0 ? Fresh : 0) | (pauses << PauseShift);
    }

    /// <summary>Whether a number can be a thread's state.</summary>
    internal static bool IsValid(int state) => state >= 0 && state >> PauseShift <= MostPauses;

    /// <summary>Gives a thread the state that <see cref="Read"/> told; it may run from then on.</summary>
    internal static Error Write(Env env, Target target, int entry, int state)
    {
        var cpu = new CpuSession(env, target.Child!.Cpu);
        int thread = target.Storage.Selector(entry);
        Error error = Error.None;
        for (int i = state >> PauseShift; i > 0 && error == Error.None; i--)
        {
            error = cpu.Pause(thread);
        }

        return error == Error.None && (state & Running) != 0 ? cpu.Start(thread, (state & Fresh) != 0) : error;
    }

    private static bool IsThread(Env env, Target target, int entry)
    {
        ObjectKind kind = target.Storage.Kind(entry);
        return kind == ObjectKind.Thread
            || (kind == ObjectKind.Made && env.TypeOf(target.Storage.Selector(entry)) == ObjectType.Thread);
    }
}
