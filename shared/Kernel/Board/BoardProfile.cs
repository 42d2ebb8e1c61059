// The declared limits of one kind of board (rule "limits are declared and checked").
// Every kernel table is allocated once, at boot, from these figures.
namespace Tern.Kernel;

/// <summary>What kind of board this is: its memory and the size of each kernel table.</summary>
public sealed class BoardProfile
{
    /// <summary>The kind's name, such as <c>esp32</c>.</summary>
    public string Kind = "generic";

    /// <summary>The board's own name, shown in logs of several boards.</summary>
    public string Name = "board";

    /// <summary>The MAC address in the low 48 bits.</summary>
    public long Mac;

    /// <summary>Bytes a page; a power of two from 256 to 65,536.</summary>
    public int PageSize = 4096;

    /// <summary>The size of each physical memory bank in bytes, multiples of <see cref="PageSize"/>.
    /// A dataspace lies within one bank; nanoFramework holds at most about 780 KB in one array.</summary>
    public int[] BankSizes = new int[] { 4 * 1024 * 1024 };

    /// <summary>Bytes of each component's address space, a multiple of <see cref="PageSize"/>. A page table costs up to 12 bytes
    /// of heap a page of it, as far up as something is attached, and that is charged to nobody.</summary>
    public int AddressSpaceSize = 256 * 1024 * 1024;

    /// <summary>Cores that affinities are about, 1 to 255. nanoFramework's interpreter runs managed code on one, whatever the chip has.</summary>
    public int Cores = 1;

    /// <summary>Nanoseconds of the period in which shares of the processor are counted.</summary>
    public long CpuPeriodNanoseconds = 100_000_000;

    /// <summary>Most tasks (protection domains), core's included.</summary>
    public int MaxTasks = 32;

    /// <summary>Most threads.</summary>
    public int MaxThreads = 40;

    /// <summary>Most threads of one component, so that none takes the table from the others.</summary>
    public int MaxThreadsPerTask = 8;

    /// <summary>Most kernel objects of all kinds.</summary>
    public int MaxObjects = 2048;

    /// <summary>Most IPC gates.</summary>
    public int MaxGates = 1024;

    /// <summary>Most Irq objects (signal contexts and interrupts).</summary>
    public int MaxIrqs = 512;

    /// <summary>Most dataspaces.</summary>
    public int MaxDataspaces = 512;

    /// <summary>Most region maps, address spaces included.</summary>
    public int MaxRegionMaps = 96;

    /// <summary>Most attached regions of all region maps together.</summary>
    public int MaxRegions = 1024;

    /// <summary>Most requests (sends) outstanding at once.</summary>
    public int MaxRequests = 128;

    /// <summary>Most requests that one component may have outstanding, so that none takes the table from the others.</summary>
    public int MaxRequestsPerTask = 32;

    /// <summary>Most sessions of core's services.</summary>
    public int MaxSessions = 256;

    /// <summary>Most selectors in one capability space.</summary>
    public int MaxSelectors = 4096;

    /// <summary>Capabilities that core gives to init at boot.</summary>
    public int Capabilities = 9239;

    /// <summary>Most nested calls, page-fault upcalls included.</summary>
    public int MaxCallDepth = 8;

    /// <summary>Longest time in nanoseconds that one handler may take; 0 for no limit.</summary>
    public long HandlerBudgetNanoseconds;

    /// <summary>All banks together, in bytes.</summary>
    public long MemorySize
    {
        get
        {
            long size = 0;
            for (int i = 0; i < BankSizes.Length; i++)
            {
                size += BankSizes[i];
            }

            return size;
        }
    }
}
