// What the pager of the banks needs of the co-processor.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>Memory beside the co-processor, a page's bytes at a time and at once: a page fault cannot wait for an event.</summary>
internal interface IPageStore
{
    /// <summary>Reads from the co-processor's memory, behind every job that was given to it before.</summary>
    /// <param name="address">The co-processor's own address.</param>
    /// <param name="dataspace">Where the bytes go.</param>
    /// <param name="offset">The first byte's place in it.</param>
    /// <param name="length">1 to 4096 bytes.</param>
    /// <returns>None, or why not: then the content is lost, or this page of it cannot be read.</returns>
    Error ReadPage(int address, int dataspace, int offset, int length);

    /// <summary>Writes to the co-processor's memory, before every job that is given to it afterwards.</summary>
    /// <param name="address">The co-processor's own address.</param>
    /// <param name="dataspace">Where the bytes come from.</param>
    /// <param name="offset">The first byte's place in it.</param>
    /// <param name="length">1 to 4096 bytes.</param>
    /// <returns>None, or why not: then the content is lost, or this page of it cannot be written.</returns>
    Error WritePage(int address, int dataspace, int offset, int length);
}
