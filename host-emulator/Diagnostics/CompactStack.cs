// A managed stack in one line, from where it happened outward to the program's handler: what lies beneath is the kernel's loop.
// Invariant: no path of this machine is in it, so the same run gives the same line anywhere.
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Tern.Kernel;

namespace Tern.HostEmulator;

internal static class CompactStack
{
    private const int MostFrames = 12;

    /// <summary>Such as <c>Ledger.Add (Ledger.cs:31) &lt;- Meadow.OnRequest (Meadow.cs:20)</c>.</summary>
    internal static string Of(StackTrace trace)
    {
        var frames = new List<string>();
        bool isInProgram = false;
        foreach (StackFrame frame in trace.GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            if (method?.DeclaringType is not { } type || type.FullName is "System.Runtime.EH")
            {
                continue;
            }

            bool isProgram = type.Assembly != typeof(Microkernel).Assembly && type.Assembly != typeof(object).Assembly;
            if (isInProgram && type.Assembly == typeof(Microkernel).Assembly)
            {
                break;      // from here on it is the kernel that enters handlers
            }

            if (!isProgram && !isInProgram)
            {
                frames.Clear();     // of what the program called, how it was called is enough
            }

            isInProgram |= isProgram;
            frames.Add(Describe(frame, method, type));
        }

        // Of an endless recursion the handler's own end tells more than the thousandth frame.
        if (frames.Count > MostFrames)
        {
            frames.RemoveRange(MostFrames / 2, frames.Count - MostFrames);
            frames.Insert(MostFrames / 2, "…");
        }

        return string.Join(" <- ", frames);
    }

    private static string Describe(StackFrame frame, MethodBase method, Type type)
    {
        string file = Path.GetFileName(frame.GetFileName() ?? "");
        string place = file.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({file}:{frame.GetFileLineNumber()})");
        return $"{type.Name}.{method.Name}{place}";
    }
}
