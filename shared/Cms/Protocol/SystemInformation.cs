// What an RTCR tells of its board, on its information port. 16 bytes: 0 free RAM (8 bytes), 8 free capabilities, 12 load.
namespace Tern.Cms;

/// <summary>How much room a board has.</summary>
public struct SystemInformation
{
    /// <summary>Bytes in a payload.</summary>
    public const int Length = 16;

    /// <summary>Bytes of RAM that a component could get.</summary>
    public long FreeRam;

    /// <summary>Capabilities that a component could get.</summary>
    public int FreeCaps;

    /// <summary>How busy the processor is, in thousandths.</summary>
    public int LoadPermille;

    /// <summary>Reads a payload.</summary>
    /// <returns><c>false</c> when it is too short or says what cannot be.</returns>
    public bool Read(Frame frame)
    {
        FreeRam = frame.Get64(0);
        FreeCaps = frame.Get(8);
        LoadPermille = frame.Get(12);
        return frame.Length >= Length && FreeRam >= 0 && FreeCaps >= 0 && LoadPermille is >= 0 and <= 1000;
    }

    /// <summary>Appends it to an empty payload.</summary>
    public readonly Frame Write(Frame frame) => frame.Put64(FreeRam).Put(FreeCaps).Put(LoadPermille);
}
