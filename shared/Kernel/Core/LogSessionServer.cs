// Core's LOG service: lines on the board's console, headed by who writes.
namespace Tern.Kernel;

/// <summary>Core's side of a LOG session.</summary>
internal sealed class LogSessionServer : CoreSession
{
    internal LogSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
    }

    internal override Error Request(Task caller, Message message)
    {
        if (message.Opcode != LogOperation.Write)
        {
            return Error.UnknownOpcode;
        }

        Core.Board.Console.WriteLine(ConsoleLine.Of(Label, message.Text));
        return Error.None;
    }
}
