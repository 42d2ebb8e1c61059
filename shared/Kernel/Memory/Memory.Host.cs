// On the host, accesses are counted so that a modelled clock can charge for them.
namespace Tern.Kernel;

public sealed partial class Memory
{
    partial void CountAccess() => _kernel.Accesses++;
}
