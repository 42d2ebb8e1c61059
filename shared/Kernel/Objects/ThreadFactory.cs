// Makes threads, a row, an identity, a thread, and takes them out of their tasks again.
// Invariant: a task's threads are linked in the order of their making, which is the same on every board.
namespace Tern.Kernel;

/// <summary>Makes threads.</summary>
internal static class ThreadFactory
{
    /// <summary>Makes a thread that does not run yet; <c>null</c> when a table is full or the task has as many as it may.</summary>
    internal static Thread? Create(Microkernel kernel, Task task, string name, int priority, int label)
    {
        int row = task.ThreadCount < kernel.Profile.MaxThreadsPerTask ? FindFree(kernel) : -1;
        int id = row < 0 ? 0 : kernel.Objects.Create(ObjectType.Thread, row, task.Index);
        if (id == 0)
        {
            return null;
        }

        var thread = new Thread(task, name, priority, label);
        thread.Identity = id;
        kernel.Threads[row] = thread;
        task.FirstThread ??= thread;
        Link(task, thread);
        if (kernel.Tracer.IsOn)
        {
            kernel.Tracer.Made(thread);
        }

        return thread;
    }

    /// <summary>Takes a thread that ends out of its task and its row.</summary>
    internal static void Remove(Microkernel kernel, Thread thread, int row)
    {
        if (kernel.Tracer.IsOn)
        {
            kernel.Tracer.Ended(thread);
        }

        Task task = thread.Task;
        Thread? previous = null;
        for (Thread? other = task.Threads; other != thread; other = other!.NextOfTask)
        {
            previous = other;
        }

        if (previous == null)
        {
            task.Threads = thread.NextOfTask;
        }
        else
        {
            previous.NextOfTask = thread.NextOfTask;
        }

        task.ThreadCount--;
        kernel.Shares.Release(thread.Cpu?.Share);
        task.FirstThread = task.FirstThread == thread ? null : task.FirstThread;
        kernel.Threads[row] = null;
        kernel.LowestFreeThread = row < kernel.LowestFreeThread ? row : kernel.LowestFreeThread;
    }

    private static void Link(Task task, Thread thread)
    {
        Thread? last = task.Threads;
        while (last?.NextOfTask != null)
        {
            last = last.NextOfTask;
        }

        if (last == null)
        {
            task.Threads = thread;
        }
        else
        {
            last.NextOfTask = thread;
        }

        task.ThreadCount++;
    }

    private static int FindFree(Microkernel kernel)
    {
        int row = kernel.LowestFreeThread;
        while (row < kernel.Threads.Length && kernel.Threads[row] != null)
        {
            row++;
        }

        kernel.LowestFreeThread = row;
        return row < kernel.Threads.Length ? row : -1;
    }
}
