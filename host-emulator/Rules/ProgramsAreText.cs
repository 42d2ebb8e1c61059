using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Tern.Rules;

/// <summary>A program that can be a target has no instance fields and no static ones but constants: its state is its memory.</summary>
internal sealed class ProgramsAreText : RuleForBothTargets
{
    /// <summary>What every program derives from.</summary>
    public const string Program = "Tern.Kernel.Program";

    /// <summary>What those derive from that stay on their board.</summary>
    public const string PinnedProgram = "Tern.Kernel.PinnedProgram";

    public override string Instead =>
        "a component's state must be in its checkpoint: keep it in the component's memory (a view on a record), or derive from PinnedProgram if it never moves";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        var lineage = Metadata.Lineage(type).Select(ancestor => ancestor.FullName).ToList();
        return
            from field in type.Fields
            where lineage.Contains(Program) && !lineage.Contains(PinnedProgram) && !field.IsLiteral && !(field.IsStatic && Immutable.IsHeldBy(field))
            select new Violation(field, field.IsStatic ? "is a static field that can change" : "is a program's instance field");
    }
}
