// What the CMS knows of a checkpoint; nearly every frame's payload begins with it. 52 bytes:
//   0 MAC (48 bits in 8 bytes)   8 IP   12 offset   16 size   20 commit   24 epoch   28 claim   32 ticket   36 CRC-32
//  40 RAM that the component needs (8 bytes)   48 capabilities that it needs
// Invariant: what Read accepts has no negative number but in the IP, the ticket and the checksum.
namespace Tern.Cms;

/// <summary>A checkpoint's key (MAC and offset), what is known of its image, and who may run it.</summary>
public struct Checkpoint
{
    /// <summary>Bytes in a payload.</summary>
    public const int Length = 52;

    internal const long MaxMac = 0xFFFF_FFFF_FFFF;

    /// <summary>The ECU's MAC address: the first half of the key.</summary>
    public long Mac;

    /// <summary>The ECU's IPv4 address in host byte order.</summary>
    public int Ip;

    /// <summary>Where the checkpoint is in the ECU's DSM: the second half of the key.</summary>
    public int Offset;

    /// <summary>The image's bytes.</summary>
    public int Size;

    /// <summary>Counts the commits of this key.</summary>
    public int Commit;

    /// <summary>Whose checkpoint it is, of all components that had this key; 0 from a component that is new there.</summary>
    public int Epoch;

    /// <summary>The number of the claim that is being restored; 0 for none.</summary>
    public int Claim;

    /// <summary>A random number that says whose claim it is, and later which restoration a component comes from; 0 for none.</summary>
    public int Ticket;

    /// <summary>The image's CRC-32.</summary>
    public int Crc;

    /// <summary>RAM that the component needs, in bytes.</summary>
    public long NeedRam;

    /// <summary>Capabilities that the component needs.</summary>
    public int NeedCaps;

    /// <summary>Bytes of a payload with one word behind the checkpoint. A word that is not there would read as 0, and 0 says something everywhere.</summary>
    internal const int LengthWithWord = Length + 4;

    /// <summary>Bytes of a payload with a key behind the checkpoint: MAC and offset.</summary>
    internal const int LengthWithKey = Length + 12;

    /// <summary>Whether it has this key.</summary>
    public readonly bool Is(long mac, int offset) => Mac == mac && Offset == offset;

    /// <summary>Reads the beginning of a payload.</summary>
    /// <returns><c>false</c> when it is too short or says what cannot be.</returns>
    public bool Read(Frame frame)
    {
        Mac = frame.Get64(0);
        Ip = frame.Get(8);
        Offset = frame.Get(12);
        Size = frame.Get(16);
        Commit = frame.Get(20);
        Epoch = frame.Get(24);
        Claim = frame.Get(28);
        Ticket = frame.Get(32);
        Crc = frame.Get(36);
        NeedRam = frame.Get64(40);
        NeedCaps = frame.Get(48);
        bool key = frame.Length >= Length && Mac >= 0 && Mac <= MaxMac && Offset >= 0;
        return key && (Size | Commit | Epoch | Claim | NeedCaps) >= 0 && NeedRam >= 0 && Offset <= int.MaxValue - Size;
    }

    /// <summary>Appends it to an empty payload.</summary>
    public readonly Frame Write(Frame frame)
        => frame.Put64(Mac).Put(Ip).Put(Offset).Put(Size).Put(Commit).Put(Epoch).Put(Claim).Put(Ticket).Put(Crc)
            .Put64(NeedRam).Put(NeedCaps);
}
