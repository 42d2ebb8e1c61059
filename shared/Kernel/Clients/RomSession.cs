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

    /// <summary>Sets who is signalled when the module has become another one, as it may on another board.</summary>
    public Error Sigh(int signal) => env.Call(session, env.Compose(RomOperation.Sigh).AddCapability(signal));

    /// <summary>Says that the change was noticed.</summary>
    /// <returns>Whether the dataspace shows the newest module; otherwise it has to be asked for again.</returns>
    public bool Update()
    {
        Message message = env.Compose(RomOperation.Update);
        return env.Call(session, message) == Error.None && message.Word(0) != 0;
    }

    /// <summary>Reads a small text module whole, for whoever goes on without it whatever the reason.</summary>
    /// <param name="most">The longest module to accept, in bytes.</param>
    /// <returns>The text; empty when there is none or it is longer.</returns>
    public string ReadText(int most) => ReadText(most, out Error _);

    /// <summary>Reads a small text module whole.</summary>
    /// <param name="most">The longest module to accept, in bytes.</param>
    /// <param name="error">The outcome; Full when the module is longer than that.</param>
    /// <returns>The text; empty on an error.</returns>
    public string ReadText(int most, out Error error)
    {
        byte[] bytes = Read(most, out error);
        return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
    }

    /// <summary>Reads a small module whole.</summary>
    /// <param name="most">The longest module to accept, in bytes.</param>
    /// <param name="error">The outcome; Full when the module is longer than that.</param>
    /// <returns>Its bytes; none on an error.</returns>
    public byte[] Read(int most, out Error error)
    {
        int dataspace = Dataspace(out int length, out error);
        if (error != Error.None)
        {
            return new byte[0];
        }

        error = length > most ? Error.Full : Error.None;
        int address = length > most ? 0 : env.AttachAt(Selectors.AddressSpace, dataspace, 0, 0, -1, Rights.Read);
        error = error == Error.None && address == 0 ? env.LastError : error;
        var bytes = new byte[error == Error.None ? length : 0];
        if (error == Error.None)
        {
            env.Memory.Read(address, bytes, 0, length);
            env.Detach(address);
        }

        env.Release(dataspace);
        return bytes;
    }
}
