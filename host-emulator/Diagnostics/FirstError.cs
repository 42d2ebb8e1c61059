// Remembers the first error of all boards on its way to the log: mostly the line that explains a run that failed.
namespace Tern.HostEmulator;

internal sealed class FirstError(World world, ILogSink? next) : ILogSink
{
    /// <summary>The first error line, and when it was written.</summary>
    internal Complaint? Line { get; private set; }

    public void Write(LogLine line)
    {
        if (Line is null && line.Level == LogLevel.Error)
        {
            Line = new Complaint(world.Now, line);
        }

        next?.Write(line);
    }
}
