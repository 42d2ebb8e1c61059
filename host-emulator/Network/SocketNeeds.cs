// How many sockets the checkpoint management takes where each ECU has one component and all of them may move at once
// (docs/protocol.md has the same formulas; a test counts).
namespace Tern.HostEmulator;

/// <summary>Sockets by the number of ECUs that are not on the same board.</summary>
public static class SocketNeeds
{
    private const int Migrations = 4;
    private const int Stores = 4;
    private const int Questions = 3;

    /// <summary>A flow may still be closing when the next one is opened.</summary>
    private const int Closing = 1;

    /// <summary>A manager: its port; of each ECU a flow, a broker's port and a broker's flow; and what each migration asks at once.</summary>
    public static int OfManager(int ecus)
        => ecus == 0 ? 0 : 1 + (3 * ecus) + (Math.Min(Migrations, ecus) * Math.Min(Questions, ecus)) + Closing;

    /// <summary>An RTCR: two ports, two flows to its manager, and what each migration asks of it.</summary>
    public static int OfRtcr(int ecus) => 4 + Math.Min(Migrations, ecus) + Closing;

    /// <summary>A NAS: its port, and what stores and migrations of its managers ask.</summary>
    public static int OfNas(int ecus) => ecus == 0 ? 0 : 1 + Math.Min(Migrations + Stores, ecus) + Closing;
}
