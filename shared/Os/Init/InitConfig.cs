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

    private const string Who = "config";

    // What the parent is taken to provide when the configuration has no <parent-provides>: the services of core.
    private const string CoreServices = " PD CPU RM ROM LOG Report Timer IRQ IO_MEM SPI TRACE Block Nic Crypto Power ";

    private readonly InitLog _log;
    private readonly XmlNode _root;

    private InitConfig(InitLog log, XmlNode root, int space, int mostUrgent)
    {
        AffinitySpace = space;
        MostUrgent = mostUrgent;
        _log = log;
        _root = root;
    }

    /// <summary>Whether init tells what it does.</summary>
    internal bool Verbose { get; private set; }

    /// <summary>Capabilities of a child that names none.</summary>
    internal int Caps { get; private set; } = DefaultCaps;

    /// <summary>RAM in bytes of a child that names none; 0 when there is no default.</summary>
    internal long Ram { get; private set; }

    /// <summary>The affinity space in which start nodes name locations.</summary>
    internal int AffinitySpace { get; private set; }

    /// <summary>The highest priority that init itself may have, and so its children.</summary>
    internal int MostUrgent { get; }

    /// <summary>The route of children without one of their own; invalid when there is none.</summary>
    internal XmlNode DefaultRoute => _root.Child("default-route");

    /// <summary>The first start node; the others follow by <see cref="XmlNode.NextNamed"/>.</summary>
    internal XmlNode FirstStart => _root.Child("start");

    /// <summary>Reads a configuration; <c>null</c>, and the reason in the log, when it is none.</summary>
    /// <param name="log">Where complaints go.</param>
    /// <param name="text">The configuration.</param>
    /// <param name="space">The affinity space that init itself has.</param>
    /// <param name="mostUrgent">The highest priority that init itself may have.</param>
    internal static InitConfig? Read(InitLog log, string text, int space, int mostUrgent)
    {
        if (!XmlNode.TryParse(text, out XmlNode root, out XmlFault fault))
        {
            log.Error(Who + " " + fault.ToString());
            return null;
        }

        if (!root.Is(Who))
        {
            log.Error(InitLog.At(Who, root) + "the root element is <" + root.Name + ">; write <config>");
            return null;
        }

        var config = new InitConfig(log, root, space, mostUrgent);
        config.ReadRoot();
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

    private void ReadRoot()
    {
        Vocabulary.Check(_log, Who, _root, "verbose", "parent-provides default default-route start affinity-space");
        bool verbose = false;
        var reader = new AttributeReader(_log, Who);
        reader.Truth(_root, "verbose", ref verbose);
        Verbose = verbose;

        XmlNode provides = _root.Child("parent-provides");
        Vocabulary.Check(_log, Who, provides, "", "service");
        for (XmlNode service = provides.Child("service"); service.IsValid; service = service.NextNamed("service"))
        {
            Vocabulary.Check(_log, Who, service, "name", "");
            reader.Name(service, "name", out _);
        }

        XmlNode defaults = _root.Child("default");
        Vocabulary.Check(_log, Who, defaults, "caps ram", "");
        int caps = Caps;
        long ram = Ram;
        reader.Number(defaults, "caps", 1, MaxCaps, ref caps);
        reader.Size(defaults, "ram", ref ram);
        Caps = caps;
        Ram = ram;
        ReadAffinitySpace(reader);
        WarnOfSecond("affinity-space");
        WarnOfSecond("parent-provides");
        WarnOfSecond("default");
        WarnOfSecond("default-route");
    }

    private void ReadAffinitySpace(AttributeReader reader)
    {
        XmlNode space = _root.Child("affinity-space");
        if (space.IsValid)
        {
            Vocabulary.Check(_log, Who, space, "width height", "");
            int width = 1;
            int height = 1;
            reader.Number(space, "width", 1, Kernel.Affinity.Most, ref width);
            reader.Number(space, "height", 1, Kernel.Affinity.Most, ref height);
            AffinitySpace = Kernel.Affinity.Space(width, height);
        }
    }

    private void WarnOfSecond(string name)
    {
        XmlNode second = _root.Child(name).NextNamed(name);
        if (second.IsValid)
        {
            _log.Warning(InitLog.At(Who, second) + "a second <" + name + "> is ignored; put both into one");
        }
    }
}
