// Which of the services that targets of one RTCR serve another target may have: <route> in its <start>.
namespace Tern.Rtcr;

/// <summary>A target's route. Without a rule for a service, whichever target serves it does.</summary>
public sealed class TargetRoute
{
    /// <summary>Most rules of one target.</summary>
    public const int Capacity = 8;

    /// <summary>Any service, where a rule names one.</summary>
    public const string AnyService = "";

    private readonly string[] _service = new string[Capacity];
    private readonly string[] _server = new string[Capacity];
    private int _count;

    /// <summary>Adds a rule; the first that fits a service decides.</summary>
    /// <param name="service">The service; <see cref="AnyService"/> for all.</param>
    /// <param name="server">The target that may serve it; empty for RTCR's parent.</param>
    /// <returns>Whether there was room.</returns>
    public bool Add(string service, string server)
    {
        if (_count == Capacity)
        {
            return false;
        }

        _service[_count] = service;
        _server[_count++] = server;
        return true;
    }

    /// <summary>Whether a target may serve a service.</summary>
    public bool Allows(string service, string server)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_service[i] == AnyService || _service[i] == service)
            {
                return _server[i] == server;
            }
        }

        return true;
    }
}
