// Devices that suffer when the power goes.
namespace Tern.HostEmulator;

/// <summary>A device that a power cut changes.</summary>
public interface IPowerCut
{
    /// <summary>The power was cut: whatever was not yet durable may be lost, as the seed decides.</summary>
    void CutPower(SeededRandom random);
}
