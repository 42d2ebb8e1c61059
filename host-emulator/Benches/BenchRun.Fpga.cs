// How a run makes the co-processors of its boards, and what happens to them.
namespace Tern.HostEmulator;

public sealed partial class BenchRun
{
    private readonly Dictionary<string, List<FpgaDevice>> _fpgas = new(StringComparer.Ordinal);

    /// <summary>The co-processors of a board, in the order of its file.</summary>
    public IReadOnlyList<FpgaDevice> Fpgas(string board) => _fpgas.TryGetValue(board, out List<FpgaDevice>? fpgas) ? fpgas : [];

    private SpiBus? NewBus(VirtualBoard board, BenchBoard description)
    {
        if (description.Fpgas.Count == 0)
        {
            return null;
        }

        var bus = new SpiBus(board);
        var devices = new List<FpgaDevice>();
        foreach (BenchFpga fpga in description.Fpgas)
        {
            IFpgaCore core = (_options.FpgaCores ?? FpgaCores.Create)(_options.FpgaCore ?? fpga.Core, fpga.Memory);
            var lines = fpga.Interrupt is null ? null : (InterruptLines)board.Interrupts!;
            int line = fpga.Interrupt is null ? 0 : description.Wiring[fpga.Interrupt];
            var device = new FpgaDevice(World, core, lines, line) { Name = description.Name + "/" + fpga.Spi };
            bus.Add(fpga.Spi, device, fpga.ClockHz);
            devices.Add(device);
            _owned.Add(device);
        }

        _fpgas.Add(description.Name, devices);
        return bus;
    }

    private void ApplyToFpgas(string board, FaultKind kind)
    {
        foreach (FpgaDevice device in _fpgas[board])
        {
            switch (kind)
            {
                case FaultKind.FpgaUnplug:
                    device.Unplug();
                    break;
                case FaultKind.FpgaPlug:
                    device.Plug();
                    break;
                default:
                    device.Reset();
                    break;
            }
        }
    }
}
