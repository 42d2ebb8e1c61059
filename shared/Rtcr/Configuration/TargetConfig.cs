// A target that an RTCR starts, as its configuration's <start> describes it.
// Invariant: a start node with a fault is refused whole, as init's is; a name that is not known keeps the target from nothing, except in
// its route. Its rules stay known by its name, for a target of that name that comes from another board.
using System.Text;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>A target to be started.</summary>
internal sealed class TargetConfig
{
    private const int DefaultRam = 1024 * 1024;
    private const int MostCaps = 1_000_000;
    private const string Elements = "binary resource config route " + TargetRules.Elements;

    internal string Name = "";
    internal string Binary = "";

    /// <summary>What the target reads as its module <c>config</c>: its element with its place, so that complaints name the right line.</summary>
    internal byte[] Config = Encoding.UTF8.GetBytes("<config/>");
    internal int Ram = DefaultRam;
    internal int Caps = 50;
    internal int Priority = Priorities.Default;
    internal TargetRules Rules = new TargetRules();

    /// <summary>Which other targets' services it may have.</summary>
    internal TargetRoute Route = new TargetRoute();

    /// <summary>Whether it can be started.</summary>
    internal bool IsGood = true;

    /// <summary>Reads a start node.</summary>
    /// <param name="start">The node.</param>
    /// <param name="defaults">The rules that hold unless it says otherwise.</param>
    /// <param name="reader">Where complaints go.</param>
    /// <param name="mostUrgent">The highest priority that RTCR may give.</param>
    internal static TargetConfig Read(XmlNode start, TargetRules defaults, ConfigReader reader, int mostUrgent)
    {
        int faults = reader.Faults - reader.Unknowns;
        var target = new TargetConfig();
        target.Priority = target.Priority < mostUrgent ? target.Priority : mostUrgent;
        reader.Know(start, "name caps priority", Elements, "provides");
        reader.Once(start, "binary config route " + TargetRules.Elements);
        target.Name = start.Attribute("name", "");
        target.Binary = target.Name;
        XmlNode binary = start.Child("binary");
        if (binary.IsValid)
        {
            reader.Know(binary, "name", "");
            target.Binary = reader.Required(binary, "name");
        }

        target.Caps = reader.Number(start, "caps", 1, MostCaps, target.Caps);
        target.Priority = reader.Number(start, "priority", 0, mostUrgent, target.Priority);
        target.ReadResources(start, reader);
        target.Rules = defaults.Copy();
        target.Rules.Read(start, reader);
        XmlNode own = start.Child("config");
        target.Config = own.IsValid ? own.Excerpt() : target.Config;
        target.IsGood = reader.Faults - reader.Unknowns == faults;

        // In a route a name that is not known could be a condition.
        faults = reader.Faults;
        RouteReader.Read(start.Child("route"), target.Route, reader);
        target.IsGood &= reader.Faults == faults;
        return target;
    }

    private void ReadResources(XmlNode start, ConfigReader reader)
    {
        bool hasRam = false;
        bool hasCaps = false;
        for (XmlNode node = start.Child("resource"); node.IsValid; node = node.NextNamed("resource"))
        {
            reader.Know(node, "name quantum", "");
            string name = node.Attribute("name", "");
            bool isCaps = name == "CAP" || name == "caps";
            if (name != "RAM" && !isCaps)
            {
                reader.Fault(node, "name", name == "CPU" ? "a target has no CPU quota of its own; give it to RTCR"
                    : "unknown resource \"" + name + "\"; a target has RAM and CAP");
            }
            else if (isCaps ? hasCaps : hasRam)
            {
                reader.Fault(node, "a second <resource> of " + name + "; put both into one");
            }
            else if (!node.HasAttribute("quantum"))
            {
                reader.Needs(node, "quantum", isCaps ? "100" : "1M");
            }
            else if (isCaps && start.HasAttribute("caps"))
            {
                reader.Warn(node, "caps is given twice; the attribute of <start> counts");
            }
            else if (isCaps)
            {
                Caps = reader.Number(node, "quantum", 1, MostCaps, Caps);
            }
            else
            {
                Ram = reader.Size(node, "quantum", 1, int.MaxValue, Ram);
            }

            hasCaps |= isCaps;
            hasRam |= name == "RAM";
        }
    }
}
