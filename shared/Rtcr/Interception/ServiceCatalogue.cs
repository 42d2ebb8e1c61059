// The services that RTCR knows more of than their names. Any other service is intercepted too: its calls are passed on,
// and capabilities that its answers bring are made again by the same calls.
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Descriptions of core's services.</summary>
public static class ServiceCatalogue
{
    private static readonly int[] None = new int[0];

    /// <summary>The description of a domain's native interface, which comes beside its PD session.</summary>
    public static ServiceDescription Native() => new ServiceDescription(new[] { NativePdOperation.Load, NativePdOperation.FaultSignal }, None)
    {
        Delegates = NativePdOperation.Install,
    };

    /// <summary>The description of a service; of an unknown one, that of a service without lasting state of its own.</summary>
    public static ServiceDescription Find(string service) => service switch
    {
        "PD" => new ServiceDescription(None, new[] { PdOperation.FreeDataspace, PdOperation.FreeGate, PdOperation.FreeSignal })
        {
            RoundsSize = PdOperation.AllocateDataspace,
        },
        "CPU" => new ServiceDescription(new[] { CpuOperation.ExceptionSigh }, new[] { CpuOperation.Kill })
        {
            KeepsOrder = CpuOperation.CreateThread,
        },
        "RM" => new ServiceDescription(None, new[] { RmOperation.Destroy }) { RoundsSize = RmOperation.Create },
        "ROM" => new ServiceDescription(new[] { RomOperation.Sigh }, None)
        {
            ObjectsLiveOn = true,
            ReadState = RomOperation.Version,
            WriteState = RomOperation.Compare,
            IsVersioned = true,
        },
        "Timer" => new ServiceDescription(new[] { TimerOperation.Sigh }, None)
        {
            ReadState = TimerOperation.Remaining,
            WriteState = TimerOperation.Rearm,
            OrderAt = 4,
        },
        "Nic" => new ServiceDescription(None, None) { HasFlows = true },
        "Power" => new ServiceDescription(new[] { PowerOperation.Sigh }, None),
        "IRQ" => new ServiceDescription(new[] { IrqOperation.Sigh }, None)
        {
            ReadState = IrqOperation.Info,
            WriteState = IrqOperation.SetState,
            SkippedWords = 1,
        },

        // Their calls give a dataspace and set nothing: taken for unknown, what went over the bus or to the disk would go again.
        "SPI" or "Block" => new ServiceDescription(None, None),
        _ => new ServiceDescription(None, None) { IsUnknown = true },
    };
}
