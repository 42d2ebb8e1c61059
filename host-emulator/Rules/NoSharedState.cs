using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>No static field that can change: every board of a bench lives in one process, and would share it.</summary>
internal sealed class NoSharedState : RuleForBothTargets
{
    public override string Instead =>
        "all boards of a bench share a static field, and no checkpoint has it: make it a const, a private static readonly table that is only read, or a field of an object that one board owns";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        from field in type.Fields
        where field.IsStatic && !field.IsLiteral && !Metadata.IsGenerated(type) && !Immutable.IsHeldBy(field)
        select new Violation(field, "is a static field that can change");
}
