// init's own configuration: the part that concerns all children. The parts about one child: StartNode, Route.
// Invariants: read once, when init starts; what is wrong is said with line and column, and never stops the other children.
namespace Tern.Os;

/// <summary>A <c>&lt;config&gt;</c> of init.</summary>
internal sealed class InitConfig
{
    /// <summary>Most start nodes.</summary>
    internal const int MaxStarts = 32;

    /// <summary>Capabilities of a child, unless the configuration says otherwise.</summary>
    internal const int DefaultCaps = 100;

    /// <summary>Most capabilities that a configuration can give to a child.</summary>
    internal const int MaxCaps = 1000000;

    // What the parent is taken to provide when the configuration has no <parent-provides>: the services of core.
    private const string CoreServices = " PD CPU RM ROM LOG Report Timer IRQ IO_MEM SPI TRACE Block Nic Crypto Power ";

    private readonly XmlNode _root;

    private InitConfig(XmlNode root, int space, int mostUrgent)
    {
        AffinitySpace = space;
        MostUrgent = mostUrgent;
        _root = root;
    }

    /// <summary>Whether init tells what it does.</summary>
    internal bool Verbose { get; private set; }

    /// <summary>Capabilities of a child that names none.</summary>
    internal int Caps { get; private set; } = DefaultCaps;

    /// <summary>RAM in bytes of a child that names none; 0 when there is no default.</summary>
    internal int Ram { get; private set; }

    /// <summary>The affinity space in which start nodes name locations.</summary>
    internal int AffinitySpace { get; private set; }

    /// <summary>The highest priority that init itself may have, and so its children.</summary>
    internal int MostUrgent { get; }

    /// <summary>The route of children without one of their own; invalid when there is none.</summary>
    internal XmlNode DefaultRoute => _root.Child("default-route");

    /// <summary>Whether that route is understood; a child that has it is not started otherwise.</summary>
    internal bool DefaultRouteIsGood { get; private set; }

    /// <summary>The first start node; the others follow by <see cref="XmlNode.NextNamed"/>.</summary>
    internal XmlNode FirstStart => _root.Child("start");

    /// <summary>Reads a configuration.</summary>
    /// <param name="reader">Reads the part that concerns all children.</param>
    /// <param name="root">The configuration.</param>
    /// <param name="space">The affinity space that init itself has.</param>
    /// <param name="mostUrgent">The highest priority that init itself may have.</param>
    internal static InitConfig Read(ConfigReader reader, XmlNode root, int space, int mostUrgent)
    {
        var config = new InitConfig(root, space, mostUrgent);
        config.ReadRoot(reader);
        return config;
    }

    /// <summary>Whether the parent provides a service.</summary>
    internal bool ParentProvides(string service)
    {
        XmlNode list = _root.Child("parent-provides");
        if (!list.IsValid)
        {
            return Labels.Contains(CoreServices, " " + service + " ");
        }

        XmlNode entry = list.Child("service");
        while (entry.IsValid && entry.Attribute("name", "") != service)
        {
            entry = entry.NextNamed("service");
        }

        return entry.IsValid;
    }

    private void ReadRoot(ConfigReader reader)
    {
        reader.Know(_root, "verbose", "parent-provides default default-route start affinity-space", "prio_levels report heartbeat");
        reader.Once(_root, "parent-provides default default-route affinity-space");
        Verbose = reader.Truth(_root, "verbose", Verbose);

        XmlNode provides = _root.Child("parent-provides");
        reader.Know(provides, "", "service");
        for (XmlNode service = provides.Child("service"); service.IsValid; service = service.NextNamed("service"))
        {
            reader.Know(service, "name", "");
            Names.Read(reader, service, "name");
        }

        XmlNode defaults = _root.Child("default");
        reader.Know(defaults, "caps ram", "");
        Caps = reader.Number(defaults, "caps", 1, MaxCaps, Caps);
        Ram = reader.Size(defaults, "ram", 1, int.MaxValue, Ram);
        ReadAffinitySpace(reader);

        int faults = reader.Faults;
        RouteCheck.Run(reader, DefaultRoute, false);
        DefaultRouteIsGood = reader.Faults == faults;
    }

    private void ReadAffinitySpace(ConfigReader reader)
    {
        XmlNode space = _root.Child("affinity-space");
        if (space.IsValid)
        {
            reader.Know(space, "width height", "");
            int width = reader.Number(space, "width", 1, Kernel.Affinity.Most, 1);
            int height = reader.Number(space, "height", 1, Kernel.Affinity.Most, 1);
            AffinitySpace = Kernel.Affinity.Space(width, height);
        }
    }
}
