// A target's threads together: the initial one, and those that it made, for itself or for its children.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Pauses, resumes and describes all threads of a target.</summary>
internal static class TargetThreads
{
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

    /// <summary>Reads a thread's state, without RTCR's own pauses.</summary>
    internal static void Read(Env env, Target target, int entry, ref ThreadState state)
    {
        new CpuSession(env, target.Child!.Cpu).ReadState(target.Storage.Selector(entry), ref state);
        state.Pauses -= target.State == TargetState.Held ? 2 : 1;
    }

    /// <summary>Whether an entry is a thread, of whichever domain.</summary>
    internal static bool IsThread(Env env, Target target, int entry)
    {
        ObjectKind kind = target.Storage.Kind(entry);
        return kind == ObjectKind.Thread
            || (kind == ObjectKind.Made && env.TypeOf(target.Storage.Selector(entry)) == ObjectType.Thread);
    }
}
