// A piece of memory for the tests of rings and flows, without components around it.
using Tern.Kernel;

namespace Tern.Tests.Network;

/// <summary>An address space with one dataspace in it.</summary>
internal sealed class SharedMemory
{
    internal SharedMemory(int size)
    {
        var kernel = new Microkernel(new TestBoard());
        Task task = kernel.Lifecycle.CreateTask(null, "test")!;
        int dataspace = kernel.Memory.CreateDataspace(task, kernel.Memory.RoundUp(size), true, out Error _);
        kernel.Memory.Attach(task.AddressSpaceIdentity, dataspace, 0, 0, -1, Rights.ReadWrite, out int address);
        Memory = task.Env.Memory;
        Address = address;
    }

    internal Memory Memory { get; }

    internal int Address { get; }
}
