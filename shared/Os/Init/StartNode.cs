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
        if (!new AttributeReader(log, "start").Name(node, "name", out string name))
        {
            return null;
        }

        var start = new StartNode(node, name);
        start.Read(log, config);
        return start;
    }

    private void Read(InitLog log, InitConfig config)
    {
        Vocabulary.Check(log, Who, _node, "name caps ram priority restart", "binary resource provides config route exit affinity");
        var reader = new AttributeReader(log, Who);
        int caps = config.Caps;
        long ram = config.Ram;
        int priority = Priority < config.MostUrgent ? Priority : config.MostUrgent;
        bool restart = false;
        ReadResources(log, reader, ref ram, ref caps);
        reader.Number(_node, "caps", 1, InitConfig.MaxCaps, ref caps);
        reader.Size(_node, "ram", ref ram);
        reader.Number(_node, "priority", 0, MostUrgent, ref priority);
        if (priority > config.MostUrgent)
        {
            reader.Fail(_node, "priority " + priority.ToString() + " is above this init's own; write at most "
                + config.MostUrgent.ToString() + ", or give this init a higher one");
        }

        reader.Truth(_node, "restart", ref restart);
        ReadBinary(log, reader);
        ReadProvides(log, reader);
        ReadExit(log, reader);
        ReadAffinity(log, reader, config.AffinitySpace);
        Caps = caps;
        Ram = (int)ram;
        Priority = priority;
        Restart = restart;
        if (ram == 0 && !reader.Failed)
        {
            reader.Fail(_node, "no RAM; write <resource name=\"RAM\" quantum=\"1M\"/> here, or <default ram=\"1M\"/> for all");
        }

        Route = _node.Child("route").IsValid ? _node.Child("route") : config.DefaultRoute;
        WarnOfSeconds(log);
        IsGood = RouteCheck.Run(log, Who, Route) && !reader.Failed;
    }

    private void ReadResources(InitLog log, AttributeReader reader, ref long ram, ref int caps)
    {
        for (XmlNode node = _node.Child("resource"); node.IsValid; node = node.NextNamed("resource"))
        {
            Vocabulary.Check(log, Who, node, "name quantum", "");
            string name = node.Attribute("name", "");
            bool isRam = name == "RAM";
            if (!isRam && name != "CAP" && name != "caps" && name != "CPU")
            {
                log.Warning(InitLog.At(Who, node) + "unknown resource \"" + name + "\"; init knows RAM, CAP and CPU; ignored");
            }
            else if (!node.HasAttribute("quantum"))
            {
                reader.Fail(node, "<resource> needs a quantum; write quantum=\"" + (isRam ? "1M" : "100") + "\"");
            }
            else if (name == "CPU")
            {
                int cpu = 0;
                reader.Number(node, "quantum", 1, 100, ref cpu);
                Cpu = cpu;
            }
            else if (_node.HasAttribute(isRam ? "ram" : "caps"))
            {
                log.Warning(InitLog.At(Who, node) + name + " is given twice; the attribute of <start> counts");
            }
            else if (isRam)
            {
                reader.Size(node, "quantum", ref ram);
            }
            else
            {
                reader.Number(node, "quantum", 1, InitConfig.MaxCaps, ref caps);
            }
        }
    }

    private void ReadBinary(InitLog log, AttributeReader reader)
    {
        XmlNode binary = _node.Child("binary");
        if (binary.IsValid)
        {
            Vocabulary.Check(log, Who, binary, "name", "");
            reader.Name(binary, "name", out string name);
            Binary = name;
        }
    }

    private void ReadProvides(InitLog log, AttributeReader reader)
    {
        Vocabulary.Check(log, Who, Provides, "", "service");
        for (XmlNode service = Provides.Child("service"); service.IsValid; service = service.NextNamed("service"))
        {
            Vocabulary.Check(log, Who, service, "name", "");
            reader.Name(service, "name", out _);
        }
    }

    private void ReadAffinity(InitLog log, AttributeReader reader, int space)
    {
        XmlNode affinity = _node.Child("affinity");
        if (!affinity.IsValid)
        {
            return;
        }

        Vocabulary.Check(log, Who, affinity, "xpos ypos width height", "");
        int x = 0;
        int y = 0;
        reader.Number(affinity, "xpos", 0, Affinity.Most, ref x);
        reader.Number(affinity, "ypos", 0, Affinity.Most, ref y);

        // Without a width or height it is all the rest.
        int width = Affinity.Width(space) > x ? Affinity.Width(space) - x : 1;
        int height = Affinity.Height(space) > y ? Affinity.Height(space) - y : 1;
        reader.Number(affinity, "width", 1, Affinity.Most, ref width);
        reader.Number(affinity, "height", 1, Affinity.Most, ref height);
        Location = Affinity.Location(x, y, width, height);
        AffinitySpace = space;
        if (Affinity.Check(space, Location) != Error.None && !reader.Failed)
        {
            reader.Fail(affinity, "the location " + width.ToString() + "x" + height.ToString() + " at " + x.ToString() + "," + y.ToString()
                + " is not in the affinity space of " + Affinity.Width(space).ToString() + "x" + Affinity.Height(space).ToString()
                + "; choose one that is, or give init a larger <affinity-space>");
        }
    }

    private void ReadExit(InitLog log, AttributeReader reader)
    {
        XmlNode exit = _node.Child("exit");
        Vocabulary.Check(log, Who, exit, "propagate restart", "");
        bool propagate = false;
        bool restart = false;
        reader.Truth(exit, "propagate", ref propagate);
        reader.Truth(exit, "restart", ref restart);
        if (propagate && restart)
        {
            reader.Fail(exit, "<exit> cannot both propagate and restart; choose one");
        }

        PropagateExit = propagate;
        RestartOnExit = restart;
    }

    private void WarnOfSeconds(InitLog log)
    {
        string[] once = new string[] { "binary", "provides", "config", "route", "exit", "affinity" };
        for (int i = 0; i < once.Length; i++)
        {
            XmlNode second = _node.Child(once[i]).NextNamed(once[i]);
            if (second.IsValid)
            {
                log.Warning(InitLog.At(Who, second) + "a second <" + once[i] + "> is ignored; put both into one");
            }
        }
    }
}
