// Programs of the system's own that stay on their board.
namespace Tern.Kernel;

/// <summary>
/// A program that is never a target: init, nic_router, RTCR, manager, NAS. It may keep fixed tables in fields;
/// capabilities are still all it has.
/// </summary>
public abstract class PinnedProgram : Program
{
}
