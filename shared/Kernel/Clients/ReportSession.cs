// The client's side of core's Report service.
namespace Tern.Kernel;

/// <summary>A Report session.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct ReportSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Submits a report: a word and <c>key=value</c> pairs, separated by one space.</summary>
    public Error Submit(string text) => env.Call(session, env.Compose(ReportOperation.Submit).AddText(text));
}
