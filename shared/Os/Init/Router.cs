// Where a session request goes: the first rule of the child's route that matches, and in it the first target that provides
// the service. A <service> that matches decides; an <any-service> none of whose targets provides it lets the next rule try.
// Invariant: a child is reached through <any-child> only if exactly one provides the service, and never by itself.
namespace Tern.Os;

/// <summary>Finds the server of a session request.</summary>
internal sealed class Router
{
    /// <summary>The parent serves.</summary>
    internal const int Parent = -1;

    /// <summary>Nobody does.</summary>
    internal const int Nobody = -2;

    private readonly InitLog _log;
    private readonly InitConfig _config;
    private readonly ChildTable _children;
    private readonly ServiceTable _services;

    internal Router(InitLog log, InitConfig config, ChildTable children, ServiceTable services)
    {
        _log = log;
        _config = config;
        _children = children;
        _services = services;
    }

    /// <summary>Decides about a request.</summary>
    /// <param name="client">The number of the child that asks.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="label">The label as the child said it.</param>
    /// <param name="serverLabel">The label for the server.</param>
    /// <returns>The number of the child that serves, <see cref="Parent"/> or <see cref="Nobody"/>.</returns>
    internal int Find(int client, string service, string label, out string serverLabel)
    {
        StartNode start = _children.Start(client);
        serverLabel = Labels.Prefixed(start.Name, label);
        if (!start.Route.IsValid)
        {
            return _config.ParentProvides(service) ? Parent : AnyChild(client, service);
        }

        for (XmlNode rule = start.Route.FirstChild; rule.IsValid; rule = rule.Next)
        {
            if (!Matches(rule, service, label))
            {
                continue;
            }

            int server = FirstTarget(rule, client, service, ref serverLabel);
            if (server != Nobody || !rule.Is("any-service"))
            {
                return server;
            }
        }

        return Nobody;
    }

    /// <summary>Whether a rule is about a child's configuration by name: only such a rule has it come from elsewhere.</summary>
    internal static bool IsForConfig(XmlNode rule)
        => rule.Attribute("name", "") == "ROM"
            && (rule.Attribute("label", "") == Init.ConfigModule || rule.Attribute("label_last", "") == Init.ConfigModule);

    /// <summary>Whether a child's configuration comes from where its route says.</summary>
    internal bool RoutesConfig(int client)
    {
        StartNode start = _children.Start(client);
        XmlNode rule = start.Config.IsValid ? default : start.Route.FirstChild;
        while (rule.IsValid && !IsForConfig(rule))
        {
            rule = rule.Next;
        }

        return rule.IsValid;
    }

    private static bool Matches(XmlNode rule, string service, string label)
    {
        if (rule.Is("any-service"))
        {
            return true;
        }

        if (rule.Attribute("name", "") != service)
        {
            return false;
        }

        XmlAttr whole = rule.Attribute("label");
        XmlAttr prefix = rule.Attribute("label_prefix");
        XmlAttr suffix = rule.Attribute("label_suffix");
        XmlAttr last = rule.Attribute("label_last");
        return (!whole.IsValid || whole.Value == label)
            && (!prefix.IsValid || Labels.StartsWith(label, prefix.Value))
            && (!suffix.IsValid || Labels.EndsWith(label, suffix.Value))
            && (!last.IsValid || last.Value == Labels.Last(label));
    }

    private int FirstTarget(XmlNode rule, int client, string service, ref string serverLabel)
    {
        for (XmlNode target = rule.FirstChild; target.IsValid; target = target.Next)
        {
            int server = Server(target, client, service);
            if (server != Nobody)
            {
                serverLabel = target.Attribute("label", serverLabel);
                return server;
            }
        }

        return Nobody;
    }

    private int Server(XmlNode target, int client, string service)
    {
        if (target.Is("parent"))
        {
            return _config.ParentProvides(service) ? Parent : Nobody;
        }

        if (target.Is("any-child"))
        {
            return AnyChild(client, service);
        }

        int child = _children.Find(target.Attribute("name", ""));
        return child >= 0 && _children.CanServe(child) && _services.Find(child, service) >= 0 ? child : Nobody;
    }

    private int AnyChild(int client, string service)
    {
        int found = Nobody;
        for (int child = 0; child < _children.Count; child++)
        {
            if (child == client || !_children.CanServe(child) || _services.Find(child, service) < 0)
            {
                continue;
            }

            if (found != Nobody)
            {
                _log.Error(_children.Start(client).Place + "several children provide \"" + service
                    + "\"; say which: <service name=\"" + service + "\"> <child name=\"" + _children.Start(found).Name + "\"/> </service>");
                return Nobody;
            }

            found = child;
        }

        return found;
    }
}
