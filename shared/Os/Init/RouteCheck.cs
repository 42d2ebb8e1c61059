// Judges a route when init starts. A route is a permission, so what is not understood in it refuses the child: a condition that
// init does not know would otherwise let more through than its author meant, and a target that init cannot serve would be passed over.

namespace Tern.Os;

/// <summary>Checks the form of routes.</summary>
internal static class RouteCheck
{
    private const string Conditions = "name label label_prefix label_suffix label_last";

    // These sessions a child has before it can ask: they come from core, whatever its route says.
    private const string Given = "PD CPU LOG";

    /// <summary>Tells what is wrong with a route.</summary>
    /// <param name="reader">Where complaints go; with one the child is not started.</param>
    /// <param name="route">The route; an invalid one says nothing.</param>
    /// <param name="hasConfig">Whether the start node contains the child's configuration.</param>
    internal static void Run(ConfigReader reader, XmlNode route, bool hasConfig)
    {
        reader.Know(route, "", "service any-service");
        for (XmlNode rule = route.FirstChild; rule.IsValid; rule = rule.Next)
        {
            bool any = rule.Is("any-service");
            reader.Know(rule, any ? "" : Conditions, "parent child any-child");
            if (!any && rule.Is("service"))
            {
                if (rule.Attribute("name", "").Length == 0)
                {
                    reader.Fault(rule, "<service> needs a name; for all services write <any-service>");
                }

                CheckGiven(reader, rule, hasConfig);
            }

            if (!rule.FirstChild.IsValid)
            {
                reader.Warn(rule, "<" + rule.Name + "> names no target, so it denies; write <parent/> or <child name=\"…\"/>");
            }

            for (XmlNode target = rule.FirstChild; target.IsValid; target = target.Next)
            {
                CheckTarget(reader, target);
            }
        }
    }

    /// <summary>Warns of children that a route names and init does not have, or that do not provide the service.</summary>
    internal static void WarnOfTargets(InitLog log, string who, XmlNode route, ChildTable children, ServiceTable services)
    {
        ConfigReader reader = log.Reader(who);
        for (XmlNode rule = route.FirstChild; rule.IsValid; rule = rule.Next)
        {
            for (XmlNode target = rule.Child("child"); target.IsValid; target = target.NextNamed("child"))
            {
                string name = target.Attribute("name", "");
                string service = rule.Attribute("name", "");
                int child = children.Find(name);
                if (child < 0)
                {
                    reader.Warn(target, "there is no start node \"" + name + "\"; its sessions will be denied");
                }
                else if (service.Length > 0 && services.Find(child, service) < 0)
                {
                    reader.Warn(target, "\"" + name + "\" has no <service name=\"" + service
                        + "\"/> in its <provides>; its sessions will be denied");
                }
            }
        }
    }

    /// <summary>Refuses a rule for a session that init gives by itself, unless it says what init does.</summary>
    private static void CheckGiven(ConfigReader reader, XmlNode rule, bool hasConfig)
    {
        string service = rule.Attribute("name", "");
        if (hasConfig && Router.IsForConfig(rule))
        {
            reader.Warn(rule, "the child's configuration is the <config> of its start node; this rule changes nothing");
        }

        XmlNode target = rule.FirstChild;
        bool isForAll = !rule.HasAttribute("label") && !rule.HasAttribute("label_prefix") && !rule.HasAttribute("label_suffix")
            && !rule.HasAttribute("label_last");
        if (isForAll && Words.Has(Given, service) && (!target.Is("parent") || target.HasAttribute("label")))
        {
            reader.Fault(rule, "a child gets its " + service + " session from core, under its own label, when it is started; "
                + "write <parent/>, or leave the rule out");
        }
    }

    private static void CheckTarget(ConfigReader reader, XmlNode target)
    {
        bool isChild = target.Is("child");
        reader.Know(target, isChild ? "name label" : target.Is("parent") ? "label" : "", "");
        if (isChild && target.Attribute("name", "").Length == 0)
        {
            reader.Fault(target, "<child> needs a name; for the one child that provides the service write <any-child/>");
        }
    }
}
