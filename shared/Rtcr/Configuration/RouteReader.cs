// A target's <route>: whose services it gets, of those that other targets of the same RTCR serve.
using Tern.Os;

namespace Tern.Rtcr;

/// <summary>Reads routes.</summary>
internal static class RouteReader
{
    /// <summary>Reads a route node; an invalid one says nothing.</summary>
    internal static void Read(XmlNode node, TargetRoute route, ConfigReader reader)
    {
        reader.Know(node, "");
        for (XmlNode rule = node.FirstChild; rule.IsValid; rule = rule.Next)
        {
            bool isAny = rule.Name == "any-service";
            reader.Know(rule, isAny ? "" : " name ");
            string service = isAny ? TargetRoute.AnyService : rule.Attribute("name", "");
            XmlNode child = rule.Child("child");
            string server = child.IsValid ? child.Attribute("name", "") : "";
            bool isRule = (isAny || (rule.Name == "service" && service.Length > 0))
                && (child.IsValid ? server.Length > 0 : rule.Child("parent").IsValid);
            if (!isRule)
            {
                reader.Complain(rule, "write <service name=\"...\"> or <any-service>, and in it <child name=\"...\"/> or <parent/>");
            }
            else if (!route.Add(service, server))
            {
                reader.Complain(rule, "a target may have " + TargetRoute.Capacity + " rules");
            }
        }
    }
}
