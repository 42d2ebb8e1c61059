using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>A portable test's data rows hold what a board reads back from an attribute: numbers and strings, in order.</summary>
internal sealed class PlainDataRows : Rule
{
    public override string Instead => "nanoFramework does not read that back from an attribute: give a number or a string, and derive the rest in the test";

    public override bool HoldsForHostCode => false;

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from method in type.Methods
        from attribute in method.CustomAttributes
        where attribute.AttributeType.Name == "DataRowAttribute"
        from problem in Problems(attribute)
        select new Violation(method, $"has a data row with {problem}");

    private static IEnumerable<string> Problems(CustomAttribute attribute)
    {
        foreach (var named in attribute.Properties.Concat(attribute.Fields))
        {
            yield return $"the named argument {named.Name}";
        }

        foreach (var type in attribute.ConstructorArguments.SelectMany(Leaves))
        {
            if (type.MetadataType == MetadataType.Boolean || type.FullName == "System.Type" || Metadata.IsEnum(type))
            {
                yield return $"a {type.Name}";
            }
        }
    }

    private static IEnumerable<TypeReference> Leaves(CustomAttributeArgument argument) => argument.Value switch
    {
        CustomAttributeArgument boxed => Leaves(boxed),
        CustomAttributeArgument[] many => many.SelectMany(Leaves),
        _ => [argument.Type],
    };
}
