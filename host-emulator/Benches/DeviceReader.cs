// Reads the devices of one board of a bench file.
// Invariant: no two of them have the same register window, the same place on the SPI bus or the same interrupt.
using System.Numerics;

namespace Tern.HostEmulator;

internal sealed class DeviceReader
{
    private const string Counter = "pulse-counter";
    private const string Fpga = "fpga";
    private const int Kilo = 1000;
    private const int KiloBytes = 1024;
    private const long LeastClock = 10_000;
    private const long MostClock = 80_000_000;
    private const long UsualClock = 26_000_000;
    private const long LeastMemory = 4096;
    private const long MostMemory = 256L * 1024 * 1024;
    private const long UsualMemory = 1024 * 1024;

    private readonly Dictionary<string, string> _counters = new(StringComparer.Ordinal);
    private readonly List<BenchFpga> _fpgas = [];
    private readonly List<(BenchElement Element, string Interrupt)> _interrupts = [];

    internal IReadOnlyDictionary<string, string> Counters => _counters;

    internal IReadOnlyList<BenchFpga> Fpgas => _fpgas;

    internal void Read(BenchElement element)
    {
        string kind = element.Choice("kind", Counter, [Fpga, Counter]);
        if (element.Text("kind", Counter) != kind)
        {
            return;         // told already
        }

        if (kind == Fpga)
        {
            ReadFpga(element);
        }
        else
        {
            ReadCounter(element);
        }
    }

    /// <summary>Sees that the board wires each interrupt that a device wants, when all of the board has been read.</summary>
    internal void Check(IReadOnlyDictionary<string, int> wiring)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach ((BenchElement element, string interrupt) in _interrupts)
        {
            if (!wiring.ContainsKey(interrupt))
            {
                string hint = Spelling.DidYouMean(interrupt, wiring.Keys);
                element.Problem(
                    $"the board does not wire an interrupt \"{BenchElement.Shown(interrupt)}\"{(hint.Length > 0 ? hint : $"; add <interrupt name=\"{BenchElement.Shown(interrupt)}\" line=\"…\"/>")}", "interrupt");
            }
            else if (!taken.Add(interrupt))
            {
                element.Problem($"interrupt \"{BenchElement.Shown(interrupt)}\" has another device already", "interrupt");
            }
        }
    }

    private void ReadCounter(BenchElement element)
    {
        string window = element.Required("window");
        string interrupt = element.Required("counts");
        element.EndLeaf();
        if (!_counters.TryAdd(window, interrupt))
        {
            element.Problem($"the board has a register window \"{BenchElement.Shown(window)}\" already", "window");
        }
    }

    private void ReadFpga(BenchElement element)
    {
        string spi = element.Required("spi");
        string? interrupt = element.Optional("interrupt");
        long clock = element.Scaled("clock", UsualClock, 0, MostClock, Kilo);
        long memory = element.Scaled("memory", UsualMemory, 0, MostMemory, KiloBytes);
        int core = Array.IndexOf(BenchFpga.CoreWords, element.Choice("core", BenchFpga.CoreWords[0], BenchFpga.CoreWords));
        element.EndLeaf();
        if (clock < LeastClock)
        {
            element.Problem("\"clock\" is the rate of the SPI bus in Hz; it must be from 10K to 80M", "clock");
        }

        if (memory < LeastMemory || !BitOperations.IsPow2(memory))
        {
            element.Problem("\"memory\" must be a power of two from 4K to 256M", "memory");
        }

        if (_fpgas.Exists(other => other.Spi == spi))
        {
            element.Problem($"the SPI bus has a device \"{BenchElement.Shown(spi)}\" already", "spi");
        }

        if (interrupt is not null)
        {
            _interrupts.Add((element, interrupt));
        }

        _fpgas.Add(new BenchFpga(spi, interrupt, (int)clock, (int)memory, (FpgaCoreKind)core));
    }
}
