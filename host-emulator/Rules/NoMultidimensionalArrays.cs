using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No array of more than one dimension.</summary>
internal sealed class NoMultidimensionalArrays : Rule
{
    public override string Instead => "nanoFramework has arrays of one dimension only: use an array of arrays, or compute the index";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from mention in Metadata.TypesMentioned(type)
        where mention.Type is ArrayType { IsVector: false }
        select new Violation(mention.Where, $"uses {mention.Type.FullName}");
}
