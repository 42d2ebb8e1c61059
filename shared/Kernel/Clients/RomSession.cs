// The client's side of a ROM service: core's boot modules, or a configuration that a parent provides.
using System.Text;

namespace Tern.Kernel;

/// <summary>A ROM session: <c>new RomSession(env, env.Connect("ROM", "config", 0, 0, 0))</c>.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct RomSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>The module's dataspace.</summary>
    /// <param name="length">The module's length in bytes.</param>
    /// <param name="error">The outcome.</param>
    public int Dataspace(out int length, out Error error)
    {
        Message message = env.Compose(RomOperation.Dataspace);
        error = env.Call(session, message);
        length = message.Word(0);
        return message.Capability(0);
    }

    /// <summary>Reads a small text module whole.</summary>
    /// <param name="most">The longest module to accept, in bytes.</param>
    /// <returns>The text; empty when there is none or it is longer.</returns>
    public string ReadText(int most)
    {
        int dataspace = Dataspace(out int length, out Error error);
        if (error != Error.None)
        {
            return "";
        }

        string text = "";
        int address = length > most ? 0 : env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.Read);
        if (address != 0)
        {
            var bytes = new byte[length];
            env.Memory.Read(address, bytes, 0, length);
            text = Encoding.UTF8.GetString(bytes, 0, length);
            env.Detach(address);
        }

        env.Release(dataspace);
        return text;
    }
}
