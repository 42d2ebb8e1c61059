using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

/// <summary>No <c>volatile</c>.</summary>
internal sealed class NoVolatile : Rule
{
    public override string Instead => "nanoFramework has no volatile: shared code has one thread, so a plain field does";

    public override IEnumerable<Violation> Check(TypeDefinition type) =>
        (from field in type.Fields
         where field.FieldType is RequiredModifierType { ModifierType.Name: "IsVolatile" }
         select new Violation(field, "is volatile"))
        .Concat(
            from code in Code(type)
            where code.Instruction.OpCode == OpCodes.Volatile
            select new Violation(code.Method, "reads or writes a volatile field"));
}
