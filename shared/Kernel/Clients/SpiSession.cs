// The client's side of core's SPI service.
namespace Tern.Kernel;

/// <summary>An SPI session: one device on the board's SPI bus.</summary>
/// <param name="env">The client's environment.</param>
/// <param name="session">The session's selector.</param>
public readonly struct SpiSession(Env env, int session)
{
    /// <summary>The session's selector.</summary>
    public int Selector => session;

    /// <summary>Opens a session of a device.</summary>
    /// <param name="env">The client's environment.</param>
    /// <param name="device">The device's name.</param>
    /// <returns>The session's selector; 0 with <see cref="Env.LastError"/>: NoDevice when the board has no such device, Exists
    /// when somebody else has it.</returns>
    public static int Open(Env env, string device) => env.Connect("SPI", device, 0, 0, 0);

    /// <summary>Reads what the bus does with the device.</summary>
    /// <param name="clockHz">The rate at which bits are clocked, in Hz.</param>
    /// <param name="longest">Most bytes of one transfer.</param>
    public Error Info(out int clockHz, out int longest)
    {
        Message message = env.Compose(SpiOperation.Info);
        Error error = env.Call(session, message);
        clockHz = message.Word(0);
        longest = message.Word(1);
        return error;
    }

    /// <summary>Selects the device once, and lets as many bytes out as in. The ranges are the same or apart.</summary>
    /// <param name="dataspace">The dataspace that has both.</param>
    /// <param name="outAt">Where the bytes that go out stand.</param>
    /// <param name="inAt">Where those that come in go.</param>
    /// <param name="length">How many.</param>
    /// <returns>BadArgument: no or too many bytes, not in the dataspace, or ranges that overlap otherwise. NotPermitted: read-only.
    /// BadRegion: not one piece of memory. DeviceFailed: the bus failed. A device that is not there is no error of the bus.</returns>
    public Error Transfer(int dataspace, int outAt, int inAt, int length)
        => env.Call(session, env.Compose(SpiOperation.Transfer).Add(outAt).Add(inAt).Add(length).AddCapability(dataspace));
}
