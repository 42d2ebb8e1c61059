// Which board, component and handler is at work, for whoever has to end it.
namespace Tern.HostEmulator;

internal static class Whereabouts
{
    /// <summary>Such as <c>board ecu1: init -> wheel, OnSignal(label 1)</c>.</summary>
    internal static string Of(World world)
    {
        VirtualBoard? board = world.RunningBoard;
        if (board is null)
        {
            return "";
        }

        return (board.Machine as KernelMachine)?.Running is { } place
            ? $"board {board.Name}: {place.Component}, {HandlerText.Of(place)}"
            : $"board {board.Name}: its kernel";
    }
}
