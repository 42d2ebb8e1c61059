// A capability space as text, in the form of the IRQ-session report: four selectors a row, empty rows left out.
using System.Text;

namespace Tern.Kernel;

/// <summary>Renders capability spaces.</summary>
internal static class CapabilityDump
{
    private const int Columns = 4;

    internal static string Render(Microkernel kernel, Task task)
    {
        var text = new StringBuilder(16, int.MaxValue);
        for (int row = 0; row < task.Capabilities.Size; row += Columns)
        {
            bool filled = row == 0;
            for (int i = 0; i < Columns; i++)
            {
                filled |= task.Capabilities.Lookup(row + i) != 0;
            }

            if (filled)
            {
                AppendRow(text, kernel, task, row);
            }
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, Microkernel kernel, Task task, int row)
    {
        text.Append(Hex.Format(row, 6));
        for (int i = 0; i < Columns; i++)
        {
            int id = task.Capabilities.Lookup(row + i);
            text.Append('\t');
            text.Append(id == 0 ? "-" : Hex.Format(kernel.Objects.Badge(id), 5) + "-SW " + Name(kernel.Objects.Type(id)));
        }

        text.Append('\n');
    }

    private static string Name(ObjectType type) => type switch
    {
        ObjectType.Task => "Task",
        ObjectType.Thread => "Thread",
        ObjectType.Gate => "Gate",
        ObjectType.Irq => "IRQ",
        ObjectType.Dataspace => "Dataspace",
        ObjectType.RegionMap => "RegionMap",
        _ => "?",
    };
}
