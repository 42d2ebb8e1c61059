// The board's diagnostic output.
namespace Tern.Kernel;

/// <summary>A line-wise console: a UART on a board, standard output or a log file in the emulator.</summary>
public interface IConsole
{
    /// <summary>Writes one line, without blocking the kernel's loop for longer than the device needs.</summary>
    /// <param name="line">The text, without a line end or another control character.</param>
    void WriteLine(string line);
}
