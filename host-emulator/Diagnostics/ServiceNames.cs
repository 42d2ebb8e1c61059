// Which services there are on a board, as far as its configuration tells: what its children provide and what core has.
using System.Xml;
using System.Xml.Linq;

namespace Tern.HostEmulator;

internal sealed class ServiceNames
{
    private static readonly string[] Core =
        ["Block", "CPU", "Crypto", "IO_MEM", "IRQ", "LOG", "Nic", "PD", "Power", "RM", "ROM", "Report", "SPI", "TRACE", "Timer"];

    private readonly SortedSet<string> _names = new(Core, StringComparer.Ordinal);
    private readonly HashSet<string> _provided = new(StringComparer.Ordinal);

    /// <summary>Reads the names out of init's configuration.</summary>
    /// <param name="config">As it stands in the bench file; what cannot be read there init tells of.</param>
    internal ServiceNames(string config)
    {
        XElement root;
        try
        {
            root = XElement.Parse(config);
        }
        catch (XmlException)
        {
            return;
        }

        foreach (XElement service in root.Descendants().Where(element => element.Name.LocalName is "provides" or "serve" or "parent-provides")
                     .SelectMany(element => element.Elements("service")))
        {
            if (service.Attribute("name")?.Value is { Length: > 0 } name)
            {
                _names.Add(name);
                _ = service.Parent!.Name.LocalName != "parent-provides" && _provided.Add(name);
            }
        }
    }

    internal bool Has(string service) => _names.Contains(service);

    /// <summary>Whether a component of the board provides it, and not core.</summary>
    internal bool IsProvided(string service) => _provided.Contains(service);

    /// <summary>The name that may have been meant, as a sentence's end.</summary>
    internal string DidYouMean(string service) => Spelling.DidYouMean(service, _names);

    internal string All => string.Join(", ", _names);
}
