// Judges a route when init starts. A route is a permission, so what is not understood in it is an error and not a warning:
// a condition that init does not know would otherwise let more through than its author meant.
namespace Tern.Os;

/// <summary>Checks the form of routes.</summary>
internal static class RouteCheck
{
    private const string Conditions = "name label label_prefix label_suffix label_last";

    /// <summary>Whether a route is understood as a whole; complaints go to the log.</summary>
    internal static bool Run(InitLog log, string who, XmlNode route)
    {
        bool good = Known(log, who, route, "", "service any-service");
        for (XmlNode rule = route.FirstChild; rule.IsValid && good; rule = rule.Next)
        {
            bool any = rule.Is("any-service");
            good = Known(log, who, rule, any ? "" : Conditions, "parent child any-child");
            if (good && !any && rule.Attribute("name", "").Length == 0)
            {
                log.Error(InitLog.At(who, rule) + "<service> needs a name; for all services write <any-service>");
                good = false;
            }

            if (good && !rule.FirstChild.IsValid)
            {
                log.Warning(InitLog.At(who, rule) + "<" + rule.Name
                    + "> names no target, so it denies; write <parent/> or <child name=\"…\"/>");
            }

            for (XmlNode target = rule.FirstChild; target.IsValid && good; target = target.Next)
            {
                good = TargetIsGood(log, who, target);
            }
        }

        return good;
    }

    /// <summary>Warns of children that a route names and nobody knows, or that do not provide the service.</summary>
    internal static void WarnOfTargets(InitLog log, string who, XmlNode route, ChildTable children, ServiceTable services)
    {
        for (XmlNode rule = route.FirstChild; rule.IsValid; rule = rule.Next)
        {
            for (XmlNode target = rule.Child("child"); target.IsValid; target = target.NextNamed("child"))
            {
                string name = target.Attribute("name", "");
                string service = rule.Attribute("name", "");
                int child = children.Find(name);
                if (child < 0)
                {
                    log.Warning(InitLog.At(who, target) + "there is no start node \"" + name + "\"; its sessions will be denied");
                }
                else if (service.Length > 0 && services.Find(child, service) < 0)
                {
                    log.Warning(InitLog.At(who, target) + "\"" + name + "\" has no <service name=\"" + service
                        + "\"/> in its <provides>; its sessions will be denied");
                }
            }
        }
    }

    private static bool TargetIsGood(InitLog log, string who, XmlNode target)
    {
        bool child = target.Is("child");
        bool good = Known(log, who, target, child ? "name label" : target.Is("parent") ? "label" : "", "");
        if (good && child && target.Attribute("name", "").Length == 0)
        {
            log.Error(InitLog.At(who, target) + "<child> needs a name; for whoever provides the service write <any-child/>");
            good = false;
        }

        return good;
    }

    private static bool Known(InitLog log, string who, XmlNode node, string attributes, string elements)
    {
        string complaint = Vocabulary.UnknownAttribute(who, node, attributes);
        complaint = complaint.Length == 0 ? Vocabulary.UnknownElement(who, node, elements) : complaint;
        if (complaint.Length > 0)
        {
            log.Error(complaint);
        }

        return complaint.Length == 0;
    }
}
