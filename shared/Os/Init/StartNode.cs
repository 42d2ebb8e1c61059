// What the configuration says about one child. See docs/init.md for the reference.
// Invariant: a start node that could not be read is refused whole; its name stays known, so that a route to it is
// answered with "service denied" and not with somebody else's service.
using Tern.Kernel;

namespace Tern.Os;

/// <summary>A <c>&lt;start&gt;</c> element.</summary>
internal sealed class StartNode
{
    // init itself runs at Count - 2; its children stay below, so that none keeps it from its duties.
    private const int MostUrgent = Priorities.Count - 3;

    private readonly XmlNode _node;

    private StartNode(XmlNode node, string name)
    {
        _node = node;
        Name = name;
        Binary = name;
    }

    /// <summary>The child's name; unique among its siblings.</summary>
    internal string Name { get; }

    /// <summary>The program.</summary>
    internal string Binary { get; private set; }

    /// <summary>RAM in bytes.</summary>
    internal int Ram { get; private set; }

    /// <summary>Capabilities.</summary>
    internal int Caps { get; private set; }

    /// <summary>The thread's priority, above which no other of the child's threads gets, nor of its children's.</summary>
    internal int Priority { get; private set; } = Priorities.Default;

    /// <summary>Percent of init's processor time; 0 for no limit.</summary>
    internal int Cpu { get; private set; }

    /// <summary>Where the child may run, in <see cref="InitConfig.AffinitySpace"/>; 0 for everywhere.</summary>
    internal int Location { get; private set; }

    /// <summary>The space that the location is in; 0 for none.</summary>
    internal int AffinitySpace { get; private set; }

    /// <summary>Whether the child is started again after a fault.</summary>
    internal bool Restart { get; private set; }

    /// <summary>Whether the child is started again after an exit.</summary>
    internal bool RestartOnExit { get; private set; }

    /// <summary>Whether init exits as the child does.</summary>
    internal bool PropagateExit { get; private set; }

    /// <summary>Where its sessions go; invalid when the configuration does not say.</summary>
    internal XmlNode Route { get; private set; }

    /// <summary>The child's own configuration; invalid when it has none.</summary>
    internal XmlNode Config => _node.Child("config");

    /// <summary>The list of services that the child may announce; invalid when it has none.</summary>
    internal XmlNode Provides => _node.Child("provides");

    /// <summary>Whether the child can be started.</summary>
    internal bool IsGood { get; private set; }

    /// <summary>Where complaints about the child begin.</summary>
    internal string Place => InitLog.At(Who, _node);

    /// <summary>Whose configuration it is: <c>start "nas"</c>.</summary>
    internal string Who => "start \"" + Name + "\"";

    /// <summary>Reads a start node; <c>null</c>, and the reason in the log, when it has no name.</summary>
    internal static StartNode? Read(InitLog log, InitConfig config, XmlNode node)
    {
        string name = Names.Read(log.Reader("start"), node, "name");
        if (name.Length == 0)
        {
            return null;
        }

        var start = new StartNode(node, name);
        start.Read(log.Reader(start.Who), config);
        return start;
    }

    private void Read(ConfigReader reader, InitConfig config)
    {
        reader.Know(_node, "name caps ram priority restart", "binary resource provides config route exit affinity",
            "version managing_system heartbeat");
        reader.Once(_node, "binary provides config route exit affinity");
        Caps = config.Caps;
        Ram = config.Ram;
        ReadResources(reader);
        Caps = reader.Number(_node, "caps", 1, InitConfig.MaxCaps, Caps);
        Ram = reader.Size(_node, "ram", 1, int.MaxValue, Ram);
        Priority = reader.Number(_node, "priority", 0, MostUrgent, Priority < config.MostUrgent ? Priority : config.MostUrgent);
        if (Priority > config.MostUrgent)
        {
            reader.Fault(_node, "priority", "priority " + Priority.ToString() + " is above this init's own; write at most "
                + config.MostUrgent.ToString() + ", or give this init a higher one");
        }

        Restart = reader.Truth(_node, "restart", Restart);
        ReadBinary(reader);
        ReadProvides(reader);
        ReadExit(reader);
        ReadAffinity(reader, config.AffinitySpace);
        if (Ram == 0 && reader.Faults == reader.Unknowns)
        {
            reader.Fault(_node, "no RAM; write <resource name=\"RAM\" quantum=\"1M\"/> here, or <default ram=\"1M\"/> for all");
        }

        XmlNode own = _node.Child("route");
        Route = own.IsValid ? own : config.DefaultRoute;
        // A name that is not known keeps the child from nothing; in a route it could be a condition.
        int unknowns = reader.Unknowns;
        if (own.IsValid)
        {
            RouteCheck.Run(reader, own, Config.IsValid);
        }
        else if (!config.DefaultRouteIsGood)
        {
            reader.Fault(_node, "not started: the <default-route> is not understood; mend it, or give this child a <route>");
        }

        IsGood = reader.Faults == unknowns;
    }

    private void ReadResources(ConfigReader reader)
    {
        string seen = "";
        for (XmlNode node = _node.Child("resource"); node.IsValid; node = node.NextNamed("resource"))
        {
            reader.Know(node, "name quantum", "");
            string name = node.Attribute("name", "");
            name = name == "CAP" ? "caps" : name;
            if (name != "RAM" && name != "caps" && name != "CPU")
            {
                reader.Fault(node, "name", "unknown resource \"" + name + "\"; init knows RAM, CAP and CPU");
            }
            else if (Words.Has(seen, name))
            {
                reader.Fault(node, "a second <resource> of " + name + "; put both into one");
            }
            else if (!node.HasAttribute("quantum"))
            {
                reader.Needs(node, "quantum", name == "RAM" ? "1M" : "100");
            }
            else
            {
                ReadResource(reader, node, name);
            }

            seen = seen + name + " ";
        }
    }

    private void ReadResource(ConfigReader reader, XmlNode node, string name)
    {
        if (name == "CPU")
        {
            Cpu = reader.Number(node, "quantum", 1, 100, Cpu);
        }
        else if (_node.HasAttribute(name == "RAM" ? "ram" : "caps"))
        {
            reader.Warn(node, name + " is given twice; the attribute of <start> counts");
        }
        else if (name == "RAM")
        {
            Ram = reader.Size(node, "quantum", 1, int.MaxValue, Ram);
        }
        else
        {
            Caps = reader.Number(node, "quantum", 1, InitConfig.MaxCaps, Caps);
        }
    }

    private void ReadBinary(ConfigReader reader)
    {
        XmlNode binary = _node.Child("binary");
        if (binary.IsValid)
        {
            reader.Know(binary, "name", "");
            Binary = Names.Read(reader, binary, "name");
        }
    }

    private void ReadProvides(ConfigReader reader)
    {
        reader.Know(Provides, "", "service");
        for (XmlNode service = Provides.Child("service"); service.IsValid; service = service.NextNamed("service"))
        {
            reader.Know(service, "name", "");
            Names.Read(reader, service, "name");
        }
    }

    private void ReadAffinity(ConfigReader reader, int space)
    {
        XmlNode affinity = _node.Child("affinity");
        if (!affinity.IsValid)
        {
            return;
        }

        int faults = reader.Faults;
        reader.Know(affinity, "xpos ypos width height", "");
        int x = reader.Number(affinity, "xpos", 0, Affinity.Most, 0);
        int y = reader.Number(affinity, "ypos", 0, Affinity.Most, 0);

        // Without a width or height it is all the rest.
        int width = Affinity.Width(space) > x ? Affinity.Width(space) - x : 1;
        int height = Affinity.Height(space) > y ? Affinity.Height(space) - y : 1;
        width = reader.Number(affinity, "width", 1, Affinity.Most, width);
        height = reader.Number(affinity, "height", 1, Affinity.Most, height);
        Location = Affinity.Location(x, y, width, height);
        AffinitySpace = space;
        if (Affinity.Check(space, Location) != Error.None && reader.Faults == faults)
        {
            reader.Fault(affinity, "the location " + width.ToString() + "x" + height.ToString() + " at " + x.ToString() + "," + y.ToString()
                + " is not in the affinity space of " + Affinity.Width(space).ToString() + "x" + Affinity.Height(space).ToString()
                + "; choose one that is, or give init a larger <affinity-space>");
        }
    }

    private void ReadExit(ConfigReader reader)
    {
        XmlNode exit = _node.Child("exit");
        reader.Know(exit, "propagate restart", "");
        PropagateExit = reader.Truth(exit, "propagate", PropagateExit);
        RestartOnExit = reader.Truth(exit, "restart", RestartOnExit);
        if (PropagateExit && RestartOnExit)
        {
            reader.Fault(exit, "<exit> cannot both propagate and restart; choose one");
        }
    }
}
