// The client's side of core's RM service: managed dataspaces.
namespace Tern.Kernel;

/// <summary>An RM session.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct RmSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Makes a region map to be used as a dataspace.</summary>
    /// <param name="size">Bytes, rounded up to pages.</param>
    /// <param name="error">The outcome.</param>
    public int Create(int size, out Error error)
    {
        Message message = env.Compose(RmOperation.Create).Add(size);
        error = env.Call(session, message);
        return message.Capability(0);
    }

    /// <summary>Ends a region map.</summary>
    public Error Destroy(int map)
    {
        Error error = env.Call(session, env.Compose(RmOperation.Destroy).AddCapability(map));
        env.Release(map);
        return error;
    }
}
