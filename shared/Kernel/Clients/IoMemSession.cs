// The client's side of core's IO_MEM service (Genode's io_mem_session.h).
namespace Tern.Kernel;

/// <summary>An IO_MEM session.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct IoMemSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Opens a session of a whole window.</summary>
    /// <param name="env">The client's environment.</param>
    /// <param name="window">The window's name.</param>
    /// <returns>The session's selector; 0 with <see cref="Env.LastError"/>: NoDevice when the board has no such window, Exists
    /// when somebody else has it.</returns>
    public static int Open(Env env, string window) => env.Connect("IO_MEM", window, 0, 0, 0);

    /// <summary>The window's dataspace.</summary>
    /// <param name="size">Bytes of it that are registers.</param>
    /// <param name="error">Why there is none.</param>
    /// <returns>Its selector; 0 on an error.</returns>
    public int Dataspace(out int size, out Error error)
    {
        Message message = env.Compose(IoMemOperation.Dataspace);
        error = env.Call(session, message);
        size = message.Word(0);
        return error == Error.None ? message.Capability(0) : Selectors.Invalid;
    }
}
