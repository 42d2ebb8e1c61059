// Core's Report service: structured status for tools outside the board.
namespace Tern.Kernel;

/// <summary>Core's side of a Report session.</summary>
internal sealed class ReportSessionServer : CoreSession
{
    internal ReportSessionServer(Core core, Task client, string label)
        : base(core, client, label)
    {
    }

    internal override Error Request(Task caller, Message message)
    {
        if (message.Opcode != ReportOperation.Submit)
        {
            return Error.UnknownOpcode;
        }

        Core.Board.Reports?.Report(Label, message.Text);
        return Error.None;
    }
}
