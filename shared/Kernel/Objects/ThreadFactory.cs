// Makes threads: a row, an identity, a thread.
namespace Tern.Kernel;

/// <summary>Makes threads.</summary>
internal static class ThreadFactory
{
    /// <summary>Makes a thread that does not run yet; <c>null</c> when a table is full.</summary>
    internal static Thread? Create(Microkernel kernel, Task task, string name, int priority)
    {
        for (int i = 0; i < kernel.Threads.Length; i++)
        {
            if (kernel.Threads[i] == null)
            {
                int id = kernel.Objects.Create(ObjectType.Thread, i, task.Index);
                if (id == 0)
                {
                    return null;
                }

                var thread = new Thread(task, name, priority);
                thread.Identity = id;
                kernel.Threads[i] = thread;
                task.FirstThread ??= thread;
                return thread;
            }
        }

        return null;
    }
}
