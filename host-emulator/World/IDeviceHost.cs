// What a device knows of the board that it sits on.
namespace Tern.HostEmulator;

/// <summary>The board as its devices see it.</summary>
public interface IDeviceHost
{
    /// <summary>The board's present world time; ahead of the world while the board is busy.</summary>
    long Now { get; }

    /// <summary>A device has queued something: the board is to poll at this world time, or as soon as it can.</summary>
    void Wake(long time);
}
