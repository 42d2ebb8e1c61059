// A configuration as a ROM session, served by a parent to its child: by init to its children, by RTCR to its targets.
// Invariants: the memory belongs to the parent's protection domain; the text does not change while the session exists,
// unless the child itself writes to it, so whoever starts a child anew makes a new one.
using System.Text;
using Tern.Kernel;

namespace Tern.Os;

/// <summary>One text module, and the gate under which a child reads it with <see cref="RomSession"/>.</summary>
public sealed class ConfigRom
{
    private readonly Env _env;
    private readonly int _dataspace;
    private readonly int _length;

    private ConfigRom(Env env, int dataspace, int length, int gate)
    {
        _env = env;
        _dataspace = dataspace;
        _length = length;
        Gate = gate;
    }

    /// <summary>The session's capability: what the child gets for its request.</summary>
    public int Gate { get; private set; }

    /// <summary>Makes a session over a copy of a text.</summary>
    /// <param name="env">The parent's environment; its budget pays.</param>
    /// <param name="text">The module's content, not empty.</param>
    /// <param name="label">The gate's label, more than 0. The parent hands requests with it to <see cref="Request"/>.</param>
    /// <param name="rom">The session.</param>
    public static Error Create(Env env, byte[] text, int label, out ConfigRom? rom)
    {
        rom = null;
        var pd = new PdSession(env, Selectors.Pd);
        int dataspace = pd.AllocateDataspace(text.Length, out Error error);
        if (error != Error.None)
        {
            return error;
        }

        error = Fill(env, dataspace, text);
        int gate = error == Error.None ? pd.AllocateGate(label, out error) : Selectors.Invalid;
        if (error != Error.None)
        {
            pd.FreeDataspace(dataspace);
            return error;
        }

        rom = new ConfigRom(env, dataspace, text.Length, gate);
        return Error.None;
    }

    /// <summary>Makes a session over an element as it is written, with its place;
    /// without one, over an empty <c>&lt;config/&gt;</c>.</summary>
    public static Error Create(Env env, XmlNode config, int label, out ConfigRom? rom)
    {
        if (!config.IsValid)
        {
            return Create(env, Encoding.UTF8.GetBytes("<config/>"), label, out rom);
        }

        return Create(env, config.Excerpt(), label, out rom);
    }

    /// <summary>Answers a request of the child.</summary>
    public Error Request(Message request) => Answer(request, _length, _dataspace);

    /// <summary>Answers a request for a module that stays as it is.</summary>
    /// <param name="request">A request of a ROM session.</param>
    /// <param name="length">The module's length in bytes.</param>
    /// <param name="dataspace">Its dataspace.</param>
    public static Error Answer(Message request, int length, int dataspace)
    {
        switch (request.Opcode)
        {
            case RomOperation.Dataspace:
                request.Add(length).AddCapability(dataspace);
                return Error.None;
            case RomOperation.Sigh:
                // It stays as it is, so nobody will ever be signalled.
                return Error.None;
            case RomOperation.Update:
                request.Add(1);
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }

    /// <summary>Ends the session and frees its memory.</summary>
    public void Destroy()
    {
        if (Gate != Selectors.Invalid)
        {
            var pd = new PdSession(_env, Selectors.Pd);
            pd.FreeGate(Gate);
            pd.FreeDataspace(_dataspace);
            Gate = Selectors.Invalid;
        }
    }

    private static Error Fill(Env env, int dataspace, byte[] text)
    {
        int address = env.Attach(dataspace);
        if (address == 0)
        {
            return env.LastError;
        }

        env.Memory.Write(address, text, 0, text.Length);
        return env.Detach(address);
    }
}
