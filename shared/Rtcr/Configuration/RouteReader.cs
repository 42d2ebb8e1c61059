// A target's <route>: whose services it gets, of those that other targets of the same RTCR serve.
// Invariant: what is not understood here refuses the target (see TargetConfig), since the rule behind a faulty one would let more through.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Reads routes.</summary>
internal static class RouteReader
{
    /// <summary>Reads a route node; an invalid one says nothing.</summary>
    internal static void Read(XmlNode node, TargetRoute route, ConfigReader reader)
    {
        reader.Know(node, "", "service any-service");
        for (XmlNode rule = node.FirstChild; rule.IsValid; rule = rule.Next)
        {
            if (rule.Is("service") || rule.Is("any-service"))
            {
                ReadRule(rule, route, reader);
            }
        }
    }

    private static void ReadRule(XmlNode rule, TargetRoute route, ConfigReader reader)
    {
        bool isAny = rule.Is("any-service");
        reader.Know(rule, isAny ? "" : "name", "parent child");
        string service = isAny ? TargetRoute.AnyService : reader.Required(rule, "name");
        XmlNode target = rule.FirstChild;
        reader.Know(target, target.Is("child") ? "name" : "", "");
        string server = target.Is("child") ? reader.Required(target, "name") : "";
        CheckRest(rule, reader);
        if (!route.Add(service, server))
        {
            reader.Fault(rule, "a target may have " + TargetRoute.Capacity.ToString() + " rules");
        }
    }

    /// <summary>After a child comes the parent in any case, and after the parent nobody: what names more would be passed over.</summary>
    private static void CheckRest(XmlNode rule, ConfigReader reader)
    {
        XmlNode first = rule.FirstChild;
        XmlNode rest = first.Next;
        reader.Know(rest, "", "");
        if (!first.IsValid || (rest.IsValid && (!first.Is("child") || !rest.Is("parent") || rest.Next.IsValid)))
        {
            reader.Fault(rule, "write one target: <child name=\"…\"/>, behind which the parent is asked, or <parent/>");
        }
    }
}
