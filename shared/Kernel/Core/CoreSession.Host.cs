// A session's service by its name.
namespace Tern.Kernel;

internal abstract partial class CoreSession
{
    /// <summary>Such as <c>Timer</c> for a TimerSessionServer.</summary>
    internal string ServiceName
    {
        get
        {
            string name = GetType().Name;
            int end = name.IndexOf(name.Contains("SessionServer") ? "SessionServer" : "Server", System.StringComparison.Ordinal);
            return end < 0 ? name : name.Substring(0, end);
        }
    }
}
