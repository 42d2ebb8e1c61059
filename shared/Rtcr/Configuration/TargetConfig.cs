// A target that an RTCR starts, as its configuration's <start> describes it.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>A target to be started.</summary>
internal sealed class TargetConfig
{
    private const int DefaultRam = 1024 * 1024;
    private const int MostCaps = 1_000_000;

    internal string Name = "";
    internal string Binary = "";
    internal string Config = "<config/>";
    internal int Ram = DefaultRam;
    internal int Caps = 50;
    internal int Priority = Priorities.Default;
    internal TargetRules Rules = new TargetRules();

    /// <summary>Which other targets' services it may have.</summary>
    internal TargetRoute Route = new TargetRoute();

    /// <summary>Reads a start node.</summary>
    /// <param name="start">The node.</param>
    /// <param name="defaults">The rules that hold unless it says otherwise.</param>
    /// <param name="reader">Where complaints go.</param>
    /// <param name="mostUrgent">The highest priority that RTCR may give.</param>
    internal static TargetConfig Read(XmlNode start, TargetRules defaults, ConfigReader reader, int mostUrgent)
    {
        var target = new TargetConfig();
        target.Priority = target.Priority < mostUrgent ? target.Priority : mostUrgent;
        reader.Know(start, " name caps priority ");
        target.Name = start.Attribute("name", "");
        target.Binary = start.Child("binary").Attribute("name", target.Name);
        target.Ram = reader.Size(start.Child("resource"), "quantum", 1, int.MaxValue, target.Ram);
        target.Caps = reader.Number(start, "caps", 1, MostCaps, target.Caps);
        target.Priority = reader.Number(start, "priority", 0, mostUrgent, target.Priority);
        target.Rules = defaults.Copy();
        target.Rules.Read(start, reader);
        RouteReader.Read(start.Child("route"), target.Route, reader);
        XmlNode own = start.Child("config");
        target.Config = own.IsValid ? own.Raw : target.Config;
        return target;
    }
}
