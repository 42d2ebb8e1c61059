// The IO_MEM session (Genode's io_mem_session.h): a device's register window as a dataspace.
namespace Tern.Kernel;

/// <summary>Operations of an IO_MEM session. The window's name is the last part of the session's label. The session's arguments: 0 the
/// first byte in the window, a multiple of the page size; 1 how many bytes, 0 for all the rest. No byte belongs to two sessions.</summary>
public static class IoMemOperation
{
    /// <summary>Answer: word 0 the bytes that are registers; capability 0 the dataspace, whole pages. It is attached like any other,
    /// but each access goes to the device, and only typed accesses of 8, 16 and 32 bits do, aligned to their width.</summary>
    public const int Dataspace = 1;
}
