// Reads the boards of a bench file and sees that no two share a name, a MAC or an IP address.
using System.Globalization;
using System.Numerics;

namespace Tern.HostEmulator;

internal sealed class BoardReader(SourceText source, LinkModel usualLink)
{
    private const int Kilo = 1024;
    private const long MaxMemory = 4L * Kilo * Kilo * Kilo;
    private const long MaxStorage = 1L * Kilo * Kilo * Kilo;
    private static readonly string[] Kinds = [.. BoardKind.All.Select(kind => kind.Name)];

    private readonly List<BenchBoard> _boards = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _macs = [];
    private readonly Dictionary<int, string> _addresses = [];

    internal IReadOnlyList<BenchBoard> All => _boards;

    internal IReadOnlyCollection<string> Names => _names.Keys;

    internal void Read(BenchElement element)
    {
        string name = element.Required("name");
        if (name.Length > 0 && !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            element.Problem($"\"{BenchElement.Shown(name)}\" cannot be a board's name; use letters, digits, '-' and '_'", "name");
        }

        if (!_names.TryAdd(name, name))
        {
            element.Problem($"a board is called \"{BenchElement.Shown(name)}\" already; each needs a name of its own", "name");
        }

        BoardKind kind = BoardKind.Find(element.Choice("kind", "host", Kinds))!;
        int pageSize = ReadPageSize(element, kind);
        long memory = element.Scaled("memory", 0, 1, MaxMemory, Kilo);
        if (memory % pageSize != 0)
        {
            element.Problem($"\"memory\" is not a multiple of the page size, {pageSize} bytes", "memory");
        }

        int storageBlock = (int)element.Number("storage-block", 512, 512, 65536);
        long storage = element.Scaled("storage", 0, 0, MaxStorage, Kilo);
        if (!BitOperations.IsPow2(storageBlock) || storage % storageBlock != 0)
        {
            element.Problem("\"storage\" must be a multiple of \"storage-block\", which must be a power of two", "storage");
        }

        NetworkAddress address = ReadAddress(element, name);
        LinkModel link = BenchReader.ReadLink(element, usualLink);
        long start = element.Number("start-ms", -1, 0, 86_400_000);
        int capabilities = (int)element.Number("caps", 0, 1, 1_000_000);
        long budget = 1000 * element.Number("handler-budget-us", 0, 1, 60_000_000);
        int sockets = (int)element.Number("sockets", 0, 1, 4096);
        int interrupts = (int)element.Number("interrupts", 8, 0, 1024);
        element.End();

        string? config = null;
        (int Line, int Column) place = (1, 1);
        var roms = new Dictionary<string, string>(StringComparer.Ordinal);
        var wiring = new Dictionary<string, int>(StringComparer.Ordinal);
        var devices = new DeviceReader();
        foreach (BenchElement child in element.Children("config", "rom", "interrupt", "device"))
        {
            if (child.Name == "device")
            {
                devices.Read(child);
            }
            else if (child.Name == "rom")
            {
                ReadRom(child, roms);
            }
            else if (child.Name == "interrupt")
            {
                ReadWire(child, interrupts, wiring);
            }
            else if (config is not null)
            {
                child.Problem($"board \"{BenchElement.Shown(name)}\" has a <config> already");
            }
            else
            {
                config = source.Of(child.Position);
                place = (child.Position.LineNumber, child.Position.LinePosition - 1);
            }
        }

        devices.Check(wiring);
        if (config is null)
        {
            element.Problem($"board \"{BenchElement.Shown(name)}\" needs a <config>: the configuration of its init");
        }

        _boards.Add(new BenchBoard
        {
            Name = name,
            Kind = kind,
            Memory = memory,
            PageSize = pageSize,
            Capabilities = capabilities,
            Address = address,
            Link = link == usualLink ? null : link,
            Sockets = sockets,
            HandlerBudgetNanoseconds = budget,
            Storage = storage,
            StorageBlock = storageBlock,
            Interrupts = interrupts,
            Wiring = wiring,
            Counters = devices.Counters,
            Fpgas = devices.Fpgas,
            StartNanoseconds = start < 0 ? null : start * 1_000_000,
            Config = config ?? "",
            ConfigPlace = place,
            Roms = roms,
        });
    }

    private static int ReadPageSize(BenchElement element, BoardKind kind)
    {
        int pageSize = (int)element.Number("page-size", kind.PageSize, 256, 65536);
        if (BitOperations.IsPow2(pageSize))
        {
            return pageSize;
        }

        element.Problem($"\"page-size\" is {pageSize}; it must be a power of two, such as {(int)BitOperations.RoundUpToPowerOf2((uint)pageSize)}", "page-size");
        return kind.PageSize;
    }

    private static void ReadRom(BenchElement element, Dictionary<string, string> roms)
    {
        string name = element.Required("name");
        element.EndLeafOfText();
        if (name == "config" || !roms.TryAdd(name, element.Content))
        {
            element.Problem($"the board has a module \"{BenchElement.Shown(name)}\" already", "name");
        }
    }

    private static void ReadWire(BenchElement element, int lines, Dictionary<string, int> wiring)
    {
        string? name = element.Text("name");
        long number = element.Number("number", -1, 0, int.MaxValue);
        int line = (int)element.Number("line", -1, 0, Math.Max(lines - 1, 0));
        element.EndLeaf();
        if (line < 0 && lines > 0 && element.Text("line") is not null)
        {
            return;         // told already
        }

        if (string.IsNullOrEmpty(name) == (number < 0) || line < 0 || lines == 0)
        {
            element.Problem(lines == 0
                ? "the board has no interrupt lines; give it some with \"interrupts\""
                : "an interrupt has a \"name\" or a \"number\" that components know it by, and a \"line\" that it is wired to");
            return;
        }

        string interrupt = string.IsNullOrEmpty(name) ? number.ToString(CultureInfo.InvariantCulture) : name;
        if (wiring.ContainsValue(line) || !wiring.TryAdd(interrupt, line))
        {
            element.Problem(wiring.ContainsKey(interrupt) ? $"interrupt \"{BenchElement.Shown(interrupt)}\" is wired already" : $"line {line} has another interrupt already", "line");
        }
    }

    private NetworkAddress ReadAddress(BenchElement element, string name)
    {
        string? ip = element.Text("ip");
        string? netmask = element.Text("netmask");
        string? gateway = element.Text("gateway");
        long mac = ReadMac(element);
        if (!_macs.TryAdd(mac, name))
        {
            element.Problem($"board \"{BenchElement.Shown(_macs[mac])}\" has this MAC already; each needs one of its own", "mac");
        }

        if (ip is null)
        {
            if (netmask is not null || gateway is not null)
            {
                element.Problem($"\"{(netmask is null ? "gateway" : "netmask")}\" without \"ip\"", netmask is null ? "gateway" : "netmask");
            }

            return new NetworkAddress(0, 0, 0, mac);
        }

        int address = ReadIp(element, "ip", ip);
        int mask = netmask is null ? unchecked((int)0xFFFFFF00) : ReadIp(element, "netmask", netmask);
        if (!BitOperations.IsPow2(~(uint)mask + 1UL) || mask == 0)
        {
            element.Problem($"\"{BenchElement.Shown(netmask ?? "")}\" is not a netmask, such as 255.255.255.0", "netmask");
        }

        if (address == 0 && ip == "0.0.0.0")
        {
            element.Problem("0.0.0.0 is nobody's address; leave \"ip\" out for a board without network", "ip");
        }

        if (!_addresses.TryAdd(address, name))
        {
            element.Problem($"board \"{BenchElement.Shown(_addresses[address])}\" has this address already; each needs one of its own", "ip");
        }

        return new NetworkAddress(address, mask, gateway is null ? 0 : ReadIp(element, "gateway", gateway), mac);
    }

    private static int ReadIp(BenchElement element, string attribute, string text)
    {
        string[] parts = text.Split('.');
        int address = 0;
        foreach (string part in parts)
        {
            if (parts.Length != 4 || part.Length is 0 or > 3 || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            {
                element.Problem($"\"{attribute}\" is \"{BenchElement.Shown(text)}\"; write an address such as 10.0.0.2", attribute);
                return 0;
            }

            address = (address << 8) | octet;
        }

        return address;
    }

    private long ReadMac(BenchElement element)
    {
        string? text = element.Text("mac");
        if (text is null)
        {
            return 0x02_00_00_00_00_00 + _boards.Count + 1;         // locally administered
        }

        string[] parts = text.Split(':');
        if (parts.Length != 6 || parts.Any(part => part.Length != 2 || !part.All(char.IsAsciiHexDigit)))
        {
            element.Problem($"\"mac\" is \"{BenchElement.Shown(text)}\"; write six pairs of hexadecimal digits, such as 52:54:00:12:34:56", "mac");
            return -1 - _boards.Count;
        }

        return Convert.ToInt64(string.Concat(parts), 16);
    }
}
