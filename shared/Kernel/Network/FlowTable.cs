// The memory that the two sides of a Nic or Uplink session share: a header, a slot for each flow, and two rings of bytes
// for each flow. The user opens flows, the provider carries them out; on a Nic session the client is the user, on an
// Uplink session the server is.
// Everything in it is a level, nothing a message: whoever looks late sees the same as whoever looked at once, so signals
// may coalesce, nothing overflows, and one flow that nobody reads holds up no other.
// Invariants: each word has one side that writes it; a slot is used again only after both sides let go of it; a flow that
// either side uses has that side's bit in the header, so that a walk after a signal passes over what nobody uses.
namespace Tern.Kernel;

/// <summary>A view on a session's shared memory; <see cref="FlowUser"/> and <see cref="FlowProvider"/> are the two ways to use it.</summary>
/// <param name="memory">The address space of whoever looks.</param>
/// <param name="address">Where it shows the session's dataspace.</param>
/// <param name="flows">How many flows there are; see <see cref="IsGeometry"/>.</param>
/// <param name="ringSize">The bytes of each ring.</param>
public readonly struct FlowTable(Memory memory, int address, int flows, int ringSize)
{
    /// <summary>Flows of a session that asks for no number.</summary>
    public const int DefaultFlows = 24;

    /// <summary>Bytes a ring of a session that asks for no size.</summary>
    public const int DefaultRingSize = 2048;

    /// <summary>Most flows of a session.</summary>
    public const int MaxFlows = 64;

    /// <summary>The longest ring.</summary>
    public const int MaxRingSize = 64 * 1024;

    private const int MinRingSize = 64;
    private const int HeaderSize = 64;
    private const int SlotSize = 68;

    /// <summary>Flows are numbered from 1 to this. The lower half is the user's to open, the upper half the provider's, for accepted streams.</summary>
    public int Flows => flows;

    /// <summary>The bytes of each ring.</summary>
    public int RingSize => ringSize;

    internal Memory Memory => memory;

    /// <summary>Whether a session can have so many flows (an even number) and so long rings (a power of two).</summary>
    public static bool IsGeometry(int flows, int ringSize)
        => flows is >= 2 and <= MaxFlows && (flows & 1) == 0
            && ringSize is >= MinRingSize and <= MaxRingSize && (ringSize & (ringSize - 1)) == 0;

    /// <summary>The bytes that a session's dataspace needs.</summary>
    public static int SizeOf(int flows, int ringSize) => HeaderSize + (flows * (SlotSize + (2 * ringSize)));

    /// <summary>The next flow that either side uses.</summary>
    /// <param name="flow">The one before; 0 to begin.</param>
    /// <returns>Its number; 0 when there are no more.</returns>
    public int NextUsed(int flow)
    {
        // Flow 1 has the lowest bit.
        for (int bit = flow; bit < flows; bit = (bit | 31) + 1)
        {
            int word = 4 * (bit >> 5);
            uint used = (uint)(Header(HeaderWord.UserUses + word) | Header(HeaderWord.ProviderUses + word)) >> (bit & 31);
            if (used != 0)
            {
                for (; (used & 1) == 0; used >>= 1)
                {
                    bit++;
                }

                return bit < flows ? bit + 1 : 0;
            }
        }

        return 0;
    }

    /// <summary>Whether a number is that of a flow that the user opens.</summary>
    public bool IsUsers(int flow) => flow > 0 && flow <= flows / 2;

    /// <summary>Whether a number is that of a flow.</summary>
    public bool IsFlow(int flow) => flow > 0 && flow <= flows;

    /// <summary>What the user sends.</summary>
    public ByteRing Out(int flow) => new ByteRing(memory, Ring(flow), ringSize, Slot(flow) + SlotWord.OutHead, Slot(flow) + SlotWord.OutTail);

    /// <summary>What the user receives.</summary>
    public ByteRing In(int flow)
        => new ByteRing(memory, Ring(flow) + ringSize, ringSize, Slot(flow) + SlotWord.InHead, Slot(flow) + SlotWord.InTail);

    internal int Header(int word) => memory.ReadInt32(address + word);

    internal void SetHeader(int word, int value) => memory.WriteInt32(address + word, value);

    internal int Get(int flow, int word) => memory.ReadInt32(Slot(flow) + word);

    internal void Set(int flow, int word, int value) => memory.WriteInt32(Slot(flow) + word, value);

    /// <summary>Notes whether a side uses a flow.</summary>
    internal void SetUse(int uses, int flow, bool isUsed)
    {
        int word = uses + (4 * ((flow - 1) >> 5));
        int bit = 1 << ((flow - 1) & 31);
        SetHeader(word, isUsed ? Header(word) | bit : Header(word) & ~bit);
    }

    private int Slot(int flow) => address + HeaderSize + ((flow - 1) * SlotSize);

    private int Ring(int flow) => address + HeaderSize + (flows * SlotSize) + ((flow - 1) * 2 * ringSize);
}

/// <summary>Where the words of the header are.</summary>
internal static class HeaderWord
{
    // Written by the provider.
    internal const int Link = 0;
    internal const int Address = 4;
    internal const int Netmask = 8;
    internal const int Gateway = 12;
    internal const int MacLow = 16;
    internal const int MacHigh = 20;

    // Changes whenever one of the words above does.
    internal const int LinkVersion = 24;

    // Written by the user.
    internal const int SeenLink = 32;

    // What of a session that was opened anew its user has still to learn: 2 that the link was down, 1 which flows were lost and
    // that it is up again, 0 nothing.
    internal const int Lost = 36;

    // A bit for each flow that the user has commanded and not let go of; two words.
    internal const int UserUses = 40;

    // Written by whichever side ends the session.
    internal const int Fault = 48;

    // Written by the provider: a bit for each flow that it has not freed; two words.
    internal const int ProviderUses = 52;
}

/// <summary>Where the words of a flow's slot are.</summary>
internal static class SlotWord
{
    // Written by the user.
    internal const int Command = 0;
    internal const int Address = 4;
    internal const int Port = 8;
    internal const int Seen = 12;

    // A value of Seen: the flow was lost with an earlier session, and its Closed event is due.
    internal const int SeenLost = 2;
    internal const int OutHead = 16;
    internal const int InTail = 20;
    internal const int UserWantsRoom = 24;

    // The last generation of an accepted stream that the user let go of.
    internal const int Released = 28;

    // Written by the provider.
    internal const int State = 32;
    internal const int Reason = 36;
    internal const int PeerAddress = 40;
    internal const int PeerPort = 44;
    internal const int LocalPort = 48;
    internal const int OutTail = 52;
    internal const int InHead = 56;
    internal const int ProviderWantsRoom = 60;

    // Counts the streams that were accepted under this number.
    internal const int Generation = 64;
}
