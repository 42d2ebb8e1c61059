// In the emulator a board also hears what its programs do wrong.
namespace Tern.Kernel;

public partial interface IBoard
{
    /// <summary>Where it is told what programs do wrong, or <c>null</c> when nobody listens.</summary>
    IDiagnostics? Diagnostics => null;
}
