// What configurations get wrong, said with line and column.
namespace Tern.Os;

internal sealed partial class RouterConfig
{
    private Domain? DomainNamedBy(XmlNode node)
    {
        XmlAttr attribute = node.Attribute("domain");
        Domain? domain = FindDomain(attribute.Value);
        if (domain == null && attribute.IsValid)
        {
            Complain(attribute, "there is no domain " + attribute.Value);
        }
        else if (domain == null)
        {
            Complain(node, "<" + node.Name + "> needs a domain");
        }

        return domain;
    }

    private void CheckAttributes(XmlNode node, string first, string second, string third, string fourth)
    {
        for (XmlAttr attribute = node.FirstAttribute; attribute.IsValid; attribute = attribute.Next)
        {
            if (!attribute.Is(first) && !attribute.Is(second) && !attribute.Is(third) && !attribute.Is(fourth))
            {
                Complain(attribute, "<" + node.Name + "> has no attribute " + attribute.Name);
            }
        }
    }

    private void Complain(XmlNode node, string text) => Complain(node.Line, node.Column, text);

    private void Complain(XmlAttr attribute, string text) => Complain(attribute.Line, attribute.Column, text);

    private void Complain(int line, int column, string text)
    {
        Faults++;
        _env.Log("config: line " + line + ", column " + column + ": " + text);
    }

    private void ComplainAbout(XmlNode node, XmlAttr attribute, string text)
    {
        if (attribute.IsValid)
        {
            Complain(attribute, text);
        }
        else
        {
            Complain(node, text);
        }
    }
}
